"""Who must leave the room for an item, and why.

An interest is found from facts (see queries.ties) or declared. It holds until a second person has set it aside. Found
ones are asked for anew each time, so that a post given five minutes ago counts at once; the rows written when an item
opens keep what was true then. Whatever comes out of an item (actions, matters sent up, notices) is closed with it: lists
leave out `closed_items`, one thing asks `fact`, notices go to those `not_recused`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, School, SchoolTrust
from core import together
from core.once import once_a_page
from core.prepared import prepared
from meetings import sources
from meetings.models import AgendaItem, Interest, ItemSchool, Meeting
from meetings.queries import ties

Kind = Interest.Kind
OWN, TRUST = ties.OWN, ties.TRUST


@dataclass(frozen=True, slots=True)
class Fact:
    """Why somebody must not read an item. `sentence` is said to that person, `reason` to everybody else."""

    item_id: int
    kind: str
    school: str = ""

    @property
    def sentence(self) -> str:
        about = f"this item is about {self.school}, " if self.school else "this item is about "
        why = {
            Kind.OWN_SCHOOL: f"{about}your school",
            Kind.SAME_TRUST: f"{about}a school in the same trust as yours",
            Kind.JOINT: "your school is part of this joint request",
            Kind.DECLARED: "you declared an interest",
        }[Kind(self.kind)]
        return f"You are recused: {why}."

    @property
    def reason(self) -> str:
        return REASONS[Kind(self.kind)]


REASONS = {
    Kind.OWN_SCHOOL: "it is about their school",
    Kind.SAME_TRUST: "it is about a school in the same trust",
    Kind.JOINT: "their school is part of the request",
    Kind.DECLARED: "they declared an interest",
}


def is_recused(person: User, item: AgendaItem) -> bool:
    """Whether the person must leave the room for this item."""
    return fact(person, item) is not None


@once_a_page
def fact(person: User, item: AgendaItem) -> Fact | None:
    """Why the person must leave the room for this item; None when they may stay. Looks at the matter itself too."""
    return _facts(person, item.meeting, item).get(item.pk)


@once_a_page
def facts(person: User, meeting: Meeting) -> dict[int, Fact]:
    """Every item of a meeting for which the person must leave the room, with the reason; one query however many."""
    return _facts(person, meeting)


def closed_to(person: User, meeting: Meeting) -> set[int]:
    """Primary keys of the meeting's items the person is recused from; one query for a whole agenda."""
    return set(facts(person, meeting))


@once_a_page
def closed_items(person: User) -> frozenset[int]:
    """Primary keys of the items of every meeting from which the person is recused, from what is stored; one query."""
    past, declared = ties.Past(person), Interest.objects.filter(person=person)
    together.fetch(*past.lists, declared)
    set_aside = {(row.item_id, row.kind) for row in declared if row.dismissed_at}
    live = {row.item_id for row in declared if not row.dismissed_at}
    return frozenset(live | {item for item, _kind in past.found(timezone.localdate()) - set_aside})


def fact_about(person: User, *, key: str, schools: set[int]) -> Fact | None:
    """Why a matter is closed to the person wherever it is read: by its newest item, or by its schools while it has none."""
    return _fact_about(person, key, frozenset(schools))


@once_a_page
def _fact_about(person: User, key: str, schools: frozenset[int]) -> Fact | None:
    if item := next(iter(_newest_item(key)), None):
        return fact(person, item)
    near, asked = _near(person), School.objects.filter(pk__in=schools).values_list("pk", "name")
    together.fetch(*near.lists, asked)
    kinds = near.on([timezone.localdate()])
    found = [(kinds[school], name) for school, name in asked if school in kinds]
    return next((Fact(0, kind, name) for kind, name in sorted(found)), None)  # their own school comes first


def not_recused(people: Iterable[User], item: AgendaItem | None) -> list[User]:
    """Those of the people who may hear of what comes out of this item; all of them when it comes out of none."""
    shut = recused_ids(item) if item else set()
    return [person for person in people if person.pk not in shut]


def recused_ids(item: AgendaItem) -> set[int]:
    """Primary keys of everybody who must leave the room for this item, whether they attend or not."""
    return {person for person, _kind in interests(item)}


@once_a_page
def interests(item: AgendaItem) -> ties.Ties:
    """(person, kind) of everything that keeps somebody out of this item. Looks at the matter itself too; one query."""
    (of, matter), days = sources.matter_of(item), ties.days_that_count(item.meeting)
    schools, declared = _schools(item, matter, of=of), _declared(item)
    links, posts = _links(item, matter, days, of=of), _posts(item, matter, days, of=of)
    together.fetch(schools, links, posts, declared)
    held: ties.Ties = set().union(*ties.tied({pk for pk, _name in schools}, links, posts).values())
    for row in declared:
        (held.discard if row.dismissed_at else held.add)((row.person_id, row.kind))
    return held


def _about(item: AgendaItem, matter: int, of: sources.SchoolsOf) -> "QuerySet[Any, Any]":
    """Primary keys of the schools an item is about: those stored, and those of the matter itself."""
    return ItemSchool.objects.filter(item=item).order_by().values_list("school").union(of(matter).order_by())


@prepared
def _schools(item: AgendaItem, matter: int, *, of: sources.SchoolsOf) -> "QuerySet[School, tuple[int, str]]":
    return School.objects.filter(pk__in=_about(item, matter, of)).values_list("pk", "name")


def _schools_of(item: AgendaItem) -> "QuerySet[School, tuple[int, str]]":
    of, matter = sources.matter_of(item)
    return _schools(item, matter, of=of)


@prepared
def _links(
    item: AgendaItem, matter: int, days: ties.Days, *, of: sources.SchoolsOf
) -> "QuerySet[SchoolTrust, ties.Pair]":
    return ties.links_around(_about(item, matter, of), days)


@prepared
def _posts(
    item: AgendaItem, matter: int, days: ties.Days, *, of: sources.SchoolsOf
) -> "QuerySet[Appointment, ties.Pair]":
    return ties.posts_around(_about(item, matter, of), days)


@prepared
def _declared(item: AgendaItem) -> "QuerySet[Interest]":
    return Interest.objects.filter(item=item).order_by("declared_at", "pk")


@prepared
def _declared_by(person: User, meeting: Meeting) -> "QuerySet[Interest]":
    return Interest.objects.filter(item__meeting=meeting, person=person).order_by("declared_at", "pk")


@prepared
def _stored(meeting: Meeting) -> "QuerySet[ItemSchool, tuple[int, int, str]]":
    return ItemSchool.objects.filter(item__meeting=meeting).values_list("item_id", "school_id", "school__name")


@prepared
def _newest_item(key: str) -> "QuerySet[AgendaItem]":
    rows = AgendaItem.objects.filter(source_key=key).select_related("meeting__community", "meeting__area")
    return rows.order_by("-pk")[:1]


@once_a_page
def _near(person: User) -> ties.Near:
    """Read with the first list that needs it."""
    return ties.Near(person)


def _facts(person: User, meeting: Meeting, item: AgendaItem | None = None) -> dict[int, Fact]:
    """What is stored, for the whole meeting; for the item, if one is named, the schools of its matter too."""
    near, declared, stored = _near(person), _declared_by(person, meeting), _stored(meeting)
    own = _schools_of(item) if item else School.objects.none().values_list("pk", "name")
    together.fetch(*near.lists, stored, own, declared)
    kinds, about = near.on(ties.days_that_count(meeting)), list(stored)
    about += [(item.pk, school, name) for school, name in own] if item else []
    found = {(number, kinds[school]): name for number, school, name in about if school in kinds}
    for row in declared:
        key = (row.item_id, row.kind)
        if row.dismissed_at:
            found.pop(key, None)
        else:
            found.setdefault(key, "")
    first_own = sorted(found.items(), key=lambda entry: (entry[0][1] != OWN, entry[0]))
    out: dict[int, Fact] = {}
    for (number, kind), name in first_own:
        out.setdefault(number, Fact(number, kind, name))
    return out
