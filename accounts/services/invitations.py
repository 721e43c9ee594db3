"""People come in by invitation only. The caller has asked whether `by` may invite (communities.permissions)."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import tokens
from accounts.models import Delivery, Invitation, User
from accounts.services.notices import TOPIC, notify
from core import audit, outbox

LASTS = timedelta(days=14)
Ending = Invitation.Ending


class AlreadyHere(Exception):
    """The address belongs to somebody who signs in already, or who has an open invitation."""


class NoLongerOpen(Exception):
    """The link was used, withdrawn, sent anew or has run out."""

    def __init__(self) -> None:
        super().__init__("This invitation no longer works.")


@transaction.atomic
def invite(*, email: str, name: str, by: User, now: datetime) -> Invitation:
    """Add the person (who cannot sign in yet, but may be given posts) and promise the email. Raises AlreadyHere."""
    person = _person(email.strip().lower(), name.strip())
    invitation = Invitation.objects.create(person=person, invited_by=by, invited_at=now, expires_at=now + LASTS)
    audit.record(action="account.invited", target=invitation, by=by, at=now, person=person.pk)
    _promise(invitation, now)
    return invitation


def _person(email: str, name: str) -> User:
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        return User.objects.create_user(email, name)
    if person.has_password:
        raise AlreadyHere(f"{person.name} already signs in with this address.")
    if person.account_invitations.filter(ended_at=None).exists():
        raise AlreadyHere(f"{person.name} was invited already. Send the invitation again from the list of invitations.")
    person.name, person.is_active = name, True
    person.save(update_fields=["name", "is_active"])
    return person


@transaction.atomic
def resend(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """A new link for another fourteen days; the old one stops working. Raises NoLongerOpen when it has ended."""
    invitation = _locked(invitation_id)
    invitation.round += 1
    invitation.expires_at = now + LASTS
    invitation.save(update_fields=["round", "expires_at"])
    audit.record(action="account.invited_again", target=invitation, by=by, at=now, round=invitation.round)
    _promise(invitation, now)
    return invitation


@transaction.atomic
def withdraw(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """The link stops working. The person stays on the register without a way in. Raises NoLongerOpen."""
    invitation = _locked(invitation_id)
    _end(invitation, Ending.WITHDRAWN, by=by, now=now)
    audit.record(action="account.invitation_withdrawn", target=invitation, by=by, at=now)
    return invitation


@transaction.atomic
def accept(*, token: str, password: str, now: datetime) -> User:
    """Set the password; the address is proven by the link. Raises NoLongerOpen."""
    invitation = _locked_by_token(token, now)
    person = invitation.person
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    _end(invitation, Ending.ACCEPTED, by=person, now=now)
    audit.record(action="account.invitation_accepted", target=invitation, by=person, at=now)
    return person


@transaction.atomic
def disown(*, token: str, now: datetime) -> None:
    """Whoever got the email says that it is not theirs: nothing more is sent to that address. Raises NoLongerOpen."""
    invitation = _locked_by_token(token, now)
    person = invitation.person
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end(invitation, Ending.DISOWNED, by=None, now=now)
    audit.record(action="account.invitation_disowned", target=invitation, by=None, at=now)
    notify(
        [invitation.invited_by],
        subject="An invitation reached the wrong person",
        text=f"Whoever reads {person.email} says that they are not {person.name}. Invite {person.name} again with the "
        "right address.",
        link="/county/people/invitations/",
        key=f"account.disowned:{invitation.pk}",
        now=now,
    )


def _promise(invitation: Invitation, now: datetime) -> None:
    delivery = Delivery.objects.create(invitation=invitation, round=invitation.round, created_at=now)
    outbox.promise(topic=TOPIC, key=str(delivery.pk), payload={"id": delivery.pk})


def _locked(invitation_id: int) -> Invitation:
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation_id)
    if invitation.ended_at is not None:
        raise NoLongerOpen
    return invitation


def _locked_by_token(token: str, now: datetime) -> Invitation:
    found = tokens.read(token)
    if found is None:
        raise NoLongerOpen
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person", "invited_by")
        .filter(pk=found[0], round=found[1])
        .first()
    )
    if invitation is None or not invitation.is_open(now):
        raise NoLongerOpen
    return invitation


def _end(invitation: Invitation, ending: str, *, by: User | None, now: datetime) -> None:
    invitation.ending, invitation.ended_at, invitation.ended_by = ending, now, by
    invitation.save(update_fields=["ending", "ended_at", "ended_by"])
