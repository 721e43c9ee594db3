"""Reads that start from a person or a community. Out of scope means not found, never forbidden."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from communities import powers
from communities.models import Appointment, Area, Community, School

SCOPES = ("community", "school", "service", "area", "county")


def posts_of(person: User, *, on: date) -> list[Appointment]:
    """The person's live posts, the longest held first."""
    return list(
        Appointment.objects.live_on(on).filter(person=person).select_related(*SCOPES).order_by("starts_on", "pk")
    )


def held(person: User, power: str, label: str) -> set[int]:
    """Primary keys of the things of one kind ("communities.school") on which the person holds a power today."""
    return {pk for (kind, pk), held_here in powers.grants(person).items() if kind == label and power in held_here}


def sees_every_community(person: User) -> bool:
    """County posts see every community (its existence and registers; money and texts ask further)."""
    return powers.holds_anywhere(person, "view_county")


def communities_for(person: User) -> "QuerySet[Community]":
    """Every community the person may know of: their own, those of their board's area, all for county posts."""
    if sees_every_community(person):
        return Community.objects.all()
    return Community.objects.filter(
        Q(pk__in=held(person, "view_community", "communities.community"))
        | Q(area_id__in=held(person, "view_area", "communities.area"))
    )


def schools_for(person: User) -> "QuerySet[School]":
    """Schools in which the person holds a post today."""
    return School.objects.filter(pk__in=held(person, "view_school", "communities.school"))


def areas_for(person: User) -> "QuerySet[Area]":
    """Areas on whose board the person sits; every area for county posts."""
    if sees_every_community(person):
        return Area.objects.all()
    return Area.objects.filter(pk__in=held(person, "view_area", "communities.area"))


def people_with(role: str, *, on: date, **scope: object) -> "QuerySet[User]":
    """People who hold a post on a day: people_with("chair", on=today, community=community)."""
    posts = Appointment.objects.live_on(on).filter(role=role, **scope)
    return User.objects.filter(pk__in=posts.values("person_id"), is_active=True)


def community_of(school: School, *, on: date) -> Community | None:
    """The community the school is a full member of on that day; None when it belongs to none."""
    return Community.objects.filter(
        Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on),
        memberships__school=school,
        memberships__kind="full",
        memberships__starts_on__lte=on,
    ).first()


def member_schools(community: Community, *, on: date) -> "QuerySet[School]":
    """Full and associate member schools on a day, by name."""
    return School.objects.filter(
        Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on),
        memberships__community=community,
        memberships__kind__in=["full", "associate"],
        memberships__starts_on__lte=on,
    ).order_by("name")


def members_of(community: Community, *, on: date) -> "QuerySet[User]":
    """The chair and everybody who holds a post at a member school on that day."""
    at_schools = Q(appointments__school__in=member_schools(community, on=on).values("pk"))
    chairs = Q(appointments__community=community)
    live = Q(appointments__ends_on=None) | Q(appointments__ends_on__gte=on)
    return User.objects.filter(at_schools | chairs, live, appointments__starts_on__lte=on, is_active=True).distinct()
