"""The administrator lets people in, and looks after their accounts: the power is asked here, the act is accounts'."""

from datetime import datetime

from accounts.models import Invitation, User
from accounts.services import invitations, people
from communities import permissions
from core.verdicts import require


def invite_again(*, person_id: int, by: User, now: datetime) -> Invitation:
    """Invite somebody on the register who has no way in: a withdrawn or misdirected invitation. Raises AlreadyHere."""
    require(permissions.may_administer(by))
    person = User.objects.get(pk=person_id)
    return invitations.invite(email=person.email, name=person.name, by=by, now=now)


def resend(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """A new link by a new email. Raises invitations.NoLongerOpen."""
    require(permissions.may_administer(by))
    return invitations.resend(invitation_id=invitation_id, by=by, now=now)


def withdraw(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """The link stops working. Raises invitations.NoLongerOpen."""
    require(permissions.may_administer(by))
    return invitations.withdraw(invitation_id=invitation_id, by=by, now=now)


def change(*, person_id: int, name: str, email: str, by: User, now: datetime) -> User:
    """Correct a name or an address. Raises people.AddressTaken."""
    require(permissions.may_administer(by))
    return people.change(person_id=person_id, name=name, email=email, by=by, now=now)


def close(*, person_id: int, by: User, now: datetime) -> User:
    """The person can no longer sign in. Raises people.NotYourself."""
    require(permissions.may_administer(by))
    return people.close(person_id=person_id, by=by, now=now)


def reopen(*, person_id: int, by: User, now: datetime) -> User:
    """The person can sign in again."""
    require(permissions.may_administer(by))
    return people.reopen(person_id=person_id, by=by, now=now)


def reset_second_factor(*, person_id: int, by: User, now: datetime) -> User:
    """The person sets up a new second step at the next sign-in."""
    require(permissions.may_administer(by))
    return people.reset_second_factor(person_id=person_id, by=by, now=now)
