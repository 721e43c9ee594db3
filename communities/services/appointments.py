"""Appoint people and end appointments. The one place where a post begins or ends."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.services import invitations
from accounts.services.notices import notify
from communities import permissions, powers, ties
from communities.models import Appointment, Area, Community, County, Role, School, Service
from communities.models.appointment import AREA_ROLES, COMMUNITY_ROLES, COUNTY_ROLES, SCHOOL_ROLES
from core import audit
from core.verdicts import require


class NotOutside(Exception):
    """The chair comes from outside the community (founding page of the county): a post at a member school refuses."""


class NeedsReason(Exception):
    """There is a tie which an administrator may allow, with a written reason that everybody can read."""


class AlreadyInPost(Exception):
    """The person holds this very post on one of those days."""


@dataclass(frozen=True, slots=True)
class Post:
    """What to appoint somebody to. `scope_id` is of the community, school, service or area; None for the county.

    `ends_on` None means until further notice. `reason` is the administrator's, needed only where there is a tie.
    """

    role: Role
    scope_id: int | None
    starts_on: date
    ends_on: date | None = None
    kind: str = Appointment.Kind.SUBSTANTIVE
    reason: str = ""


@transaction.atomic
def appoint(*, person_id: int, post: Post, by: User, now: datetime) -> Appointment:
    """Give somebody a post. Raises Refused, NotOutside, NeedsReason or AlreadyInPost, each with its sentence."""
    require(permissions.may_administer(by))
    person = User.objects.select_for_update().get(pk=person_id)
    appointment = _appointment(person, post, by, now)
    _refuse_twice(appointment)
    _refuse_ties(appointment)

    appointment.save()
    powers.forget([person.pk])

    audit.record(
        action="communities.appointed", target=appointment, by=by, at=now, person=person.pk, role=post.role,
        scope=appointment.scope._meta.label_lower, scope_id=appointment.scope.pk, tie=appointment.tie,
        override_reason=appointment.override_reason, starts_on=str(post.starts_on), ends_on=str(post.ends_on or ""),
    )  # fmt: skip
    notify(
        [person],
        subject=f"You are now {appointment.title}",
        text=f"Your post as {appointment.title} starts on {post.starts_on:%-d %B %Y}.",
        link="/",
        key=f"appointed:{appointment.pk}",
        now=now,
    )
    return appointment


@transaction.atomic
def invite_and_appoint(*, name: str, email: str, post: Post, by: User, now: datetime) -> Appointment:
    """Invite somebody new and give them their first post, together or not at all.

    Raises invitations.AlreadyHere, and everything `appoint` raises.
    """
    require(permissions.may_administer(by))
    invitation = invitations.invite(email=email, name=name, by=by, now=now)
    return appoint(person_id=invitation.person_id, post=post, by=by, now=now)


@transaction.atomic
def end(*, appointment_id: int, ends_on: date, by: User, now: datetime) -> Appointment:
    """Set the last day of a post: today or later takes effect the day after; a post not begun yet is taken back whole.

    Raises Refused with its sentence.
    """
    require(permissions.may_administer(by))
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment_id)
    require(permissions.may_end(appointment, ends_on=ends_on))
    before = appointment.ends_on
    appointment.ends_on = max(ends_on, appointment.starts_on)
    appointment.save(update_fields=["ends_on"])
    powers.forget([appointment.person_id])

    audit.record(
        action="communities.appointment_ended", target=appointment, by=by, at=now,
        before=str(before or ""), ends_on=str(appointment.ends_on),
    )  # fmt: skip
    notify(
        [appointment.person],
        subject=f"Your post as {appointment.title} ends",
        text=f"Your last day as {appointment.title} is {appointment.ends_on:%-d %B %Y}.",
        link="/",
        key=f"appointment-ended:{appointment.pk}:{appointment.ends_on}",
        now=now,
    )
    return appointment


def _appointment(person: User, post: Post, by: User, now: datetime) -> Appointment:
    appointment = Appointment(
        person=person, role=post.role, kind=post.kind, starts_on=post.starts_on, ends_on=post.ends_on,
        override_reason=post.reason.strip(), appointed_by=by, appointed_at=now,
    )  # fmt: skip
    scope_id = post.scope_id or 0
    if post.role in COUNTY_ROLES:
        appointment.county = County.objects.get()
    elif post.role in COMMUNITY_ROLES:
        appointment.community = Community.objects.get(pk=scope_id)
    elif post.role in SCHOOL_ROLES:
        appointment.school = School.objects.get(pk=scope_id)
    elif post.role in AREA_ROLES:
        appointment.area = Area.objects.get(pk=scope_id)
    else:
        appointment.service = Service.objects.get(pk=scope_id)
    return appointment


def _refuse_twice(new: Appointment) -> None:
    same = Appointment.objects.filter(
        person=new.person, role=new.role, community=new.community, school=new.school, service=new.service,
        area=new.area, county=new.county,
    )  # fmt: skip
    if any(ties.overlap(old, new) for old in same):
        raise AlreadyInPost(f"{new.person.name} already holds this post on some of those days.")


def _refuse_ties(new: Appointment) -> None:
    """The chair rule, asked from both sides: a chair's new school post is looked at like a new chair's old one."""
    for chair, school_post in ties.pairs(new):
        raise NotOutside(
            f"{new.person.name} holds a post at {school_post.scope.name}, a member of {chair.scope.name}. "
            "A chair comes from outside the community."
        )
    if new.role != Role.CHAIR:
        return
    new.tie = ties.softer_ties(new)
    if new.tie and not new.override_reason:
        raise NeedsReason(
            f"{new.tie} You can still appoint them if you give a written reason. "
            "The tie and your reason are shown on the community’s page."
        )
    if not new.tie:
        new.override_reason = ""
