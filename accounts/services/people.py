"""What an administrator does about somebody's account. The caller has asked whether `by` may (communities.permissions)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.models import User
from accounts.services.invitations import Ending
from accounts.services.notices import notify
from core import audit


class AddressTaken(Exception):
    """Somebody else signs in with this address."""


class NotYourself(Exception):
    """Nobody closes the door behind themselves."""


@transaction.atomic
def change(*, person_id: int, name: str, email: str, by: User, now: datetime) -> User:
    """Correct a name, or the address somebody signs in with; the administrator vouches for it. Raises AddressTaken."""
    person = User.objects.select_for_update().get(pk=person_id)
    email, before = email.strip().lower(), person.email
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise AddressTaken("Somebody else already signs in with this address.")
    person.name, person.email = name.strip(), email
    person.save(update_fields=["name", "email"])
    if email != before:
        _readdress(person)
    audit.record(action="account.changed", target=person, by=by, at=now, email_changed=email != before)
    return person


def _readdress(person: User) -> None:
    """allauth keeps the addresses that may sign in; there is never more than the one."""
    proven = EmailAddress.objects.filter(user=person)
    if proven.exists():
        proven.delete()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@transaction.atomic
def close(*, person_id: int, by: User, now: datetime) -> User:
    """The person can no longer sign in and is signed out everywhere; what they did stays. Raises NotYourself."""
    if person_id == by.pk:
        raise NotYourself("You cannot close your own account. Ask another administrator.")
    person = User.objects.select_for_update().get(pk=person_id)
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.account_invitations.filter(ended_at=None).update(ending=Ending.WITHDRAWN, ended_at=now, ended_by=by)
    _sign_out_everywhere(person)
    audit.record(action="account.closed", target=person, by=by, at=now)
    return person


@transaction.atomic
def reopen(*, person_id: int, by: User, now: datetime) -> User:
    """The person can sign in again, with what they had."""
    person = User.objects.select_for_update().get(pk=person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(action="account.reopened", target=person, by=by, at=now)
    return person


@transaction.atomic
def reset_second_factor(*, person_id: int, by: User, now: datetime) -> User:
    """For whoever lost phone, passkey and recovery codes: they set up a new second step when they sign in next."""
    person = User.objects.select_for_update().get(pk=person_id)
    Authenticator.objects.filter(user=person).delete()
    _sign_out_everywhere(person)
    audit.record(action="account.second_factor_reset", target=person, by=by, at=now)
    notify(
        [person],
        subject="Your second step was taken away",
        text=f"{by.name} took away your authenticator app, passkeys and recovery codes, so that you can set up new ones "
        "when you sign in. If you did not ask for this, tell the county at once.",
        link="/account/",
        key=f"account.second_factor_reset:{person.pk}:{now.isoformat()}",
        now=now,
    )
    return person


def _sign_out_everywhere(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()
