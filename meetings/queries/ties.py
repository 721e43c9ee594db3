"""Who is tied to a school: posts there, and posts at schools of the same trust, on the days that count."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, SchoolTrust
from core.prepared import prepared
from meetings.models import Interest, ItemSchool, Meeting

OWN, TRUST = str(Interest.Kind.OWN_SCHOOL), str(Interest.Kind.SAME_TRUST)
Pair = tuple[int, int]
Days = tuple[date, ...]  # no day twice
Ties = set[tuple[int, str]]  # person, kind of interest


def days_that_count(meeting: Meeting) -> Days:
    """A post counts when it was held on the day of the meeting, and when it is held today."""
    return tuple(sorted({meeting.on, timezone.localdate()}))


def links_around(schools: "QuerySet[Any, Any]", days: Days) -> "QuerySet[SchoolTrust, Pair]":
    """(trust, school) of every school in a trust of one of these."""
    return _kin(schools, days).values_list("trust_id", "school_id")


def posts_around(schools: "QuerySet[Any, Any]", days: Days) -> "QuerySet[Appointment, Pair]":
    """(school, person) of the posts at these schools, and at every school in a trust of one of them."""
    near = schools.union(_kin(schools, days).values_list("school_id"))
    return Appointment.objects.filter(_live(days)).filter(school_id__in=near).values_list("school_id", "person_id")


def tied(schools: set[int], links: "Iterable[Pair]", posts: "Iterable[Pair]") -> dict[int, Ties]:
    """For each school, who has an interest in what is about it, from what `around` found."""
    near, there = _schools_of_same_trust(schools, links), defaultdict(set)
    for school, person in posts:
        there[school].add(person)
    return {
        school: {(person, OWN) for person in there[school]}
        | {(person, TRUST) for other in near[school] for person in there[other] - there[school]}
        for school in schools
    }


class Near:
    """The schools of one person and those of the same trusts, as flat lists with their dates: joined in the database they
    take longer to plan than to read. Read them with `together.fetch(*near.lists)`.
    """

    def __init__(self, person: User) -> None:
        self.posts, self.links = _own_posts(person), _own_links(person)

    @property
    def lists(self) -> tuple[QuerySet[Any, Any], ...]:
        return self.posts, self.links

    def on(self, days: Iterable[date]) -> dict[int, str]:
        """Each school near the person on one of these days, with the kind of interest."""
        counted = set(days)
        own = {school for school, *dates in self.posts if _holds(dates, counted)}
        links = [(school, trust) for school, *dates, trust in self.links if _holds(dates, counted)]
        trusts = {trust for school, trust in links if school in own}
        return {school: TRUST for school, trust in links if trust in trusts} | dict.fromkeys(own, OWN)


class Past(Near):
    """The same, and the items of every meeting that are about these schools."""

    def __init__(self, person: User) -> None:
        super().__init__(person)
        self.subjects = _subjects_near(person)

    @property
    def lists(self) -> tuple[QuerySet[Any, Any], ...]:
        return *super().lists, self.subjects

    def found(self, today: date) -> Ties:
        """(item, kind of interest) wherever a post was held on the day of the item's meeting, or is held today."""
        near = {on: self.on([on, today]) for on in {on for _item, _school, on in self.subjects}}
        return {(item, near[on][school]) for item, school, on in self.subjects if school in near[on]}


def _holds(dates: list[date | None], days: set[date]) -> bool:
    starts_on, ends_on = dates
    return any((starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day) for day in days)


def _schools_of_same_trust(schools: set[int], links: "Iterable[Pair]") -> dict[int, set[int]]:
    members: dict[int, set[int]] = defaultdict(set)
    for trust, school in links:
        members[trust].add(school)
    kin = {school: set().union(*(group for group in members.values() if school in group)) for school in schools}
    return {school: others | {school} for school, others in kin.items()}


def _at_schools(person: User) -> "QuerySet[Appointment]":
    return Appointment.objects.filter(person=person, school__isnull=False)


def _in_their_trusts(person: User) -> "QuerySet[SchoolTrust]":
    trusts = SchoolTrust.objects.filter(school__in=_at_schools(person).values("school")).values("trust")
    return SchoolTrust.objects.filter(trust__in=trusts)


@prepared
def _own_posts(person: User) -> "QuerySet[Appointment, Any]":
    return _at_schools(person).values_list("school_id", "starts_on", "ends_on")


@prepared
def _own_links(person: User) -> "QuerySet[SchoolTrust, Any]":
    return _in_their_trusts(person).values_list("school_id", "starts_on", "ends_on", "trust_id")


@prepared
def _subjects_near(person: User) -> "QuerySet[ItemSchool, Any]":
    near = _at_schools(person).values("school").union(_in_their_trusts(person).values("school"))
    return ItemSchool.objects.filter(school__in=near).values_list("item_id", "school_id", "item__meeting__on")


def _kin(schools: "QuerySet[Any, Any]", days: Days) -> "QuerySet[SchoolTrust]":
    trusts = SchoolTrust.objects.filter(_live(days)).filter(school_id__in=schools).values("trust_id")
    return SchoolTrust.objects.filter(_live(days)).filter(trust_id__in=trusts)


def _live(days: Days) -> Q:
    out = Q()
    for day in days:
        out |= Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return out
