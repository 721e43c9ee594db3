"""What is agreed at an item, on the spot: an action, a word to the board, who takes the minutes. A double click is one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.formats import long_date
from core.idempotency import claim
from core.verdicts import require
from meetings.models import Action, Escalation, MinuteTaker
from meetings.permissions import live as permissions
from meetings.queries import seats
from meetings.services import actions, escalations
from meetings.services.pulse import beat, beat_item


class NoPlace(Exception):
    """The person has no place at this meeting; the text is what the reader sees."""


@transaction.atomic
def agree(*, key: UUID, item_id: int, title: str, owner_id: int, due_on: date, by: User, now: datetime) -> Action:
    """Agree an action at an item. The same form sent twice makes one. Raises Refused, NotAMember, KeyReused."""
    body = {"item": item_id, "title": title, "owner": owner_id, "due_on": due_on}
    claimed = claim(key=key, purpose="meetings.action", by=by, body=body)
    if claimed.answer:
        return Action.objects.get(pk=claimed.answer["action"])
    item = beat_item(item_id)
    require(permissions.may_write_item(by, item))
    action = actions.create(title=title, owner_id=owner_id, due_on=due_on, item_id=item_id, by=by, now=now)
    claimed.settle(action=action.pk)
    return action


@transaction.atomic
def tell_board(*, key: UUID, item_id: int, kind: str, title: str, text: str, by: User, now: datetime) -> Escalation:
    """Send something of this item up to the board. The same form sent twice sends one. Raises Refused, KeyReused."""
    claimed = claim(key=key, purpose="meetings.tell_board", by=by, body={"item": item_id, "kind": kind, "title": title})
    if claimed.answer:
        return Escalation.objects.get(pk=claimed.answer["escalation"])
    item = beat_item(item_id)
    require(permissions.may_write_item(by, item))
    escalation = escalations.escalate(item_id=item_id, kind=kind, title=title, text=text, by=by, now=now)
    claimed.settle(escalation=escalation.pk)
    return escalation


@transaction.atomic
def name_minute_taker(*, meeting_id: int, person_id: int, by: User, now: datetime) -> MinuteTaker:
    """Ask somebody with a place at this meeting to take its minutes; they are told. Asking twice is asking once.

    Raises Refused, NoPlace.
    """
    meeting = beat(meeting_id)
    require(permissions.may_name_minute_taker(by, meeting))
    person = User.objects.get(pk=person_id)
    if not seats.attends(person, meeting):
        raise NoPlace(f"{person.name} has no place at this meeting. Invite them first.")
    taker, made = MinuteTaker.objects.get_or_create(
        meeting=meeting, person=person, ended_at=None, defaults={"given_at": now, "given_by": by}
    )
    if made:
        audit.record(action="minute_taker.named", target=meeting, by=by, at=now, person=person_id)
        notify(
            [person],
            subject=f"Please take the minutes of {meeting.body.name}",
            text=f"{by.name} asks you to take the minutes on {long_date(meeting.on)}.",
            link=meeting.get_absolute_url(),
            key=f"meetings.minute_taker:{taker.pk}",
            now=now,
        )
    return taker


@transaction.atomic
def end_minute_taker(*, meeting_id: int, person_id: int, by: User, now: datetime) -> None:
    """They no longer take the minutes; what they typed stays. Raises Refused."""
    meeting = beat(meeting_id)
    require(permissions.may_name_minute_taker(by, meeting))
    rows = MinuteTaker.objects.filter(meeting=meeting, person_id=person_id, ended_at=None)
    if rows.update(ended_at=now, ended_by=by):
        audit.record(action="minute_taker.ended", target=meeting, by=by, at=now, person=person_id)
