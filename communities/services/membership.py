"""Schools join, leave and move between communities by date; past decisions stay where they were taken."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import User
from communities import permissions, powers, ties
from communities.models import Appointment, Community, CommunityMembership, CommunityPCN, Role, School
from core import audit
from core.verdicts import require


class Overlaps(Exception):
    """The school is a full member of a community, or a member of this one, on some of those days."""


class ChairWorksHere(Exception):
    """The chair of the community holds a post at the school: it cannot join while they chair."""


@transaction.atomic
def join(
    *, community_id: int, school_id: int, kind: str, starts_on: date, ends_on: date | None, by: User, now: datetime
) -> CommunityMembership:
    """Make a school a member from a day on. Raises Refused, Overlaps or ChairWorksHere."""
    require(permissions.may_administer(by))
    community = Community.objects.select_for_update().get(pk=community_id)
    school = School.objects.get(pk=school_id)
    membership = CommunityMembership(
        community=community, school=school, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    refuse_chair_of(membership)
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        raise Overlaps(_who_overlaps(membership)) from error
    powers.forget_school(school.pk)
    audit.record(
        action="communities.school_joined", target=membership, by=by, at=now,
        community=community.pk, school=school.pk, kind=kind, starts_on=str(starts_on), ends_on=str(ends_on or ""),
    )  # fmt: skip
    return membership


@transaction.atomic
def leave(*, membership_id: int, ends_on: date, by: User, now: datetime) -> CommunityMembership:
    """Set the last day of a membership. Raises Refused."""
    require(permissions.may_administer(by))
    membership = CommunityMembership.objects.select_for_update().get(pk=membership_id)
    before = membership.ends_on
    membership.ends_on = max(ends_on, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    powers.forget_school(membership.school_id)
    audit.record(
        action="communities.school_left", target=membership, by=by, at=now,
        before=str(before or ""), ends_on=str(membership.ends_on),
    )  # fmt: skip
    return membership


@transaction.atomic
def move(*, membership_id: int, to_community_id: int, on: date, by: User, now: datetime) -> CommunityMembership:
    """End the membership on the day before and begin one in the other community. Raises as `join` does."""
    old = leave(membership_id=membership_id, ends_on=on - timedelta(days=1), by=by, now=now)
    return join(
        community_id=to_community_id, school_id=old.school_id, kind=old.kind, starts_on=on, ends_on=None, by=by, now=now
    )


@transaction.atomic
def link_pcn(
    *, community_id: int, pcn_id: int, starts_on: date, ends_on: date | None, by: User, now: datetime
) -> CommunityPCN:
    """Say that a community is aligned with a network from a day on. Raises Refused or Overlaps."""
    require(permissions.may_administer(by))
    try:
        with transaction.atomic():
            link = CommunityPCN.objects.create(
                community_id=community_id, pcn_id=pcn_id, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Overlaps("The community is already linked with this network on some of those days.") from error
    audit.record(action="communities.pcn_linked", target=link, by=by, at=now, community=community_id, pcn=pcn_id)
    return link


@transaction.atomic
def unlink_pcn(*, link_id: int, ends_on: date, by: User, now: datetime) -> CommunityPCN:
    """Set the last day of a link. Raises Refused."""
    require(permissions.may_administer(by))
    link = CommunityPCN.objects.select_for_update().get(pk=link_id)
    link.ends_on = max(ends_on, link.starts_on)
    link.save(update_fields=["ends_on"])
    audit.record(action="communities.pcn_unlinked", target=link, by=by, at=now, ends_on=str(link.ends_on))
    return link


def refuse_chair_of(membership: CommunityMembership) -> None:
    """A school cannot join a community whose chair works there (design 4.3). Raises ChairWorksHere."""
    if membership.kind == CommunityMembership.Kind.PROVIDER:
        return
    chairs = Appointment.objects.filter(role=Role.CHAIR, community=membership.community).select_related("person")
    for chair in chairs:
        posts = Appointment.objects.filter(person=chair.person, school=membership.school)
        if ties.overlap(chair, membership) and any(
            ties.overlap(post, chair) and ties.overlap(post, membership) for post in posts
        ):
            raise ChairWorksHere(
                f"{chair.person.name} chairs {membership.community.name} and holds a post at {membership.school.name}. "
                "A chair comes from outside the community: end one of the posts first."
            )


def _who_overlaps(membership: CommunityMembership) -> str:
    others = CommunityMembership.objects.filter(school=membership.school).select_related("community")
    for other in others:
        if ties.overlap(other, membership):
            until = f"until {other.ends_on:%-d %B %Y}" if other.ends_on else "until further notice"
            return (
                f"{membership.school.name} is {other.get_kind_display().lower()} of {other.community.name} "
                f"from {other.starts_on:%-d %B %Y} {until}."
            )
    return "These dates overlap another membership of the school."
