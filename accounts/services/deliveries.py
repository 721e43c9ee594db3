"""Send a notice's email: claim it, hand it over, note the answer. Plain SMTP cannot be asked afterwards whether it took
a message, so one whose worker died in between is never sent again unasked: a person is shown it and decides.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audiences, letters
from accounts.models import Delivery, Notice, User
from accounts.services.notices import TOPIC
from core import audit, mail, outbox

PATIENCE = timedelta(days=1)
PAUSE = timedelta(minutes=2)
State = Delivery.State


class AlreadySettled(Exception):
    """Somebody else, or the mail server, was quicker."""

    def __init__(self) -> None:
        super().__init__("This email has been dealt with already.")


def deliver(*, delivery_id: int, now: datetime) -> None:
    """Send one email if it still waits and is still wanted. Runs in no transaction: the claim is committed first.

    Raises outbox.NotYet while the mail server is away, for a day at most.
    """
    delivery = _claim(delivery_id, now=now)
    if delivery is None:
        return
    try:
        mail.hand_over(letters.write(delivery))
    except mail.Away as trouble:
        _put_back(delivery, str(trouble), now)
    except mail.Refused as trouble:
        _note(delivery, state=State.FAILED, error=f"The mail server refused it ({trouble}).")
    except mail.Uncertain as trouble:
        _note(delivery, state=State.UNCERTAIN, error=f"The mail server stopped answering ({trouble}).")
    else:
        _note(delivery, state=State.SENT, sent_at=now, error="")


@transaction.atomic(durable=True)
def _claim(delivery_id: int, *, now: datetime) -> Delivery | None:
    """The row, now claimed by us; None when there is nothing to send."""
    rows = Delivery.objects.select_related("notice__person", "invitation__person").select_for_update(of=("self",))
    delivery = rows.get(pk=delivery_id)
    if delivery.state == State.CLAIMED:
        delivery.state, delivery.error = State.UNCERTAIN, "The worker stopped while it was sending this."
    elif delivery.state == State.WAITING and (reason := _why_not(delivery, now)):
        delivery.state, delivery.error = State.WITHHELD, reason
    elif delivery.state == State.WAITING:
        delivery.state, delivery.claimed_at = State.CLAIMED, now
        delivery.attempts += 1
    else:
        return None
    delivery.save(update_fields=["state", "error", "claimed_at", "attempts"])
    return delivery if delivery.state == State.CLAIMED else None


def _why_not(delivery: Delivery, now: datetime) -> str:
    """Why nothing should be sent after all; empty when it should."""
    if not delivery.person.is_active:
        return "The person's account has been closed."
    if delivery.invitation is not None:
        still_open = delivery.invitation.is_open(now) and delivery.invitation.round == delivery.round
        return "" if still_open else "The invitation had ended, or was sent anew."
    return _why_not_about(delivery.notice)  # type: ignore[arg-type]  # a CHECK says so


def _why_not_about(notice: Notice) -> str:
    if not audiences.still_meant_for(notice.person, notice.audience):
        return "The person no longer belongs to those it was meant for."
    if notice.for_information and notice.person.email_volume == User.EmailVolume.NEEDED:
        return "The person asked for email only where something is needed from them."
    return ""


def _put_back(delivery: Delivery, trouble: str, now: datetime) -> None:
    if now - delivery.created_at > PATIENCE:
        _note(delivery, state=State.FAILED, error=f"The mail server could not be reached for a day ({trouble}).")
        return
    _note(delivery, state=State.WAITING, error=f"The mail server cannot be reached ({trouble}).")
    raise outbox.NotYet(trouble, after=PAUSE)


def _note(delivery: Delivery, **outcome: object) -> None:
    """Write the answer, unless a person has had it sent again meanwhile (`attempts` moved on)."""
    ours = Delivery.objects.filter(
        pk=delivery.pk,
        attempts=delivery.attempts,
        state__in=[State.CLAIMED, State.UNCERTAIN],
        settled_at=delivery.settled_at,
    )
    ours.update(**outcome)


@transaction.atomic
def send_again(*, delivery_id: int, by: User, now: datetime) -> Delivery:
    """A person decides that it did not arrive. Raises AlreadySettled."""
    delivery = _unsettled(delivery_id)
    _settle(delivery, state=State.WAITING, by=by, now=now)
    audit.record(action="delivery.sent_again", target=delivery, by=by, at=now)
    outbox.promise(topic=TOPIC, key=f"{delivery.pk}:{delivery.attempts}", payload={"id": delivery.pk})
    return delivery


@transaction.atomic
def it_arrived(*, delivery_id: int, by: User, now: datetime) -> Delivery:
    """A person knows that it arrived (they asked). Raises AlreadySettled."""
    delivery = _unsettled(delivery_id)
    delivery.sent_at = delivery.claimed_at or now
    _settle(delivery, state=State.SENT, by=by, now=now)
    audit.record(action="delivery.arrived", target=delivery, by=by, at=now)
    return delivery


@transaction.atomic
def leave_it(*, delivery_id: int, by: User, now: datetime) -> Delivery:
    """A person decides that it need not be sent any more. Raises AlreadySettled."""
    delivery = _unsettled(delivery_id)
    _settle(delivery, state=State.WITHHELD, by=by, now=now)
    audit.record(action="delivery.left", target=delivery, by=by, at=now)
    return delivery


def _unsettled(delivery_id: int) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.state not in (State.UNCERTAIN, State.FAILED):
        raise AlreadySettled
    return delivery


def _settle(delivery: Delivery, *, state: str, by: User, now: datetime) -> None:
    delivery.state, delivery.settled_by, delivery.settled_at = state, by, now
    delivery.save(update_fields=["state", "sent_at", "settled_by", "settled_at"])
