"""Who must leave the room for an item, and why.

An interest is found from facts (see queries.ties) or declared. It holds until a second person has set it aside. Found
ones are asked for anew each time, so that a post given five minutes ago counts at once; the rows written when an item
opens keep what was true then. Whatever comes out of an item (actions, matters sent up, notices) is closed with it: lists
leave out `closed_items`, one thing asks `fact`, notices go to those `not_recused`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from meetings import sources
from meetings.models import AgendaItem, Interest, ItemSchool, Meeting
from meetings.queries import ties

Kind = Interest.Kind
OWN, TRUST = ties.OWN, ties.TRUST
Items = list[int] | QuerySet[AgendaItem, Any]


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


def fact(person: User, item: AgendaItem) -> Fact | None:
    """Why the person must leave the room for this item; None when they may stay. Looks at the matter itself too."""
    return _facts(person, item.meeting, [item.pk], also=sources.schools_about(item)).get(item.pk)


def facts(person: User, meeting: Meeting) -> dict[int, Fact]:
    """Every item of a meeting for which the person must leave the room, with the reason; two queries however many."""
    return _facts(person, meeting, meeting.items.values("pk"))


def closed_to(person: User, meeting: Meeting) -> set[int]:
    """Primary keys of the meeting's items the person is recused from; two queries for a whole agenda."""
    return set(facts(person, meeting))


def closed_items(person: User) -> "QuerySet[AgendaItem]":
    """Items of every meeting from which the person is recused, from what is stored. For `exclude(item__in=...)`: it adds
    no query of its own.
    """
    about = ties.subjects_near(person).exclude(Exists(_set_aside(person)))
    live = Interest.objects.filter(person=person, dismissed_at=None)
    return AgendaItem.objects.filter(Q(pk__in=about.values("item")) | Q(pk__in=live.values("item")))


def fact_about(person: User, *, key: str, schools: set[int]) -> Fact | None:
    """Why a matter is closed to the person wherever it is read: by its newest item, or by its schools while it has none."""
    items = AgendaItem.objects.filter(source_key=key).select_related("meeting__community", "meeting__area")
    if item := items.order_by("-pk").first():
        return fact(person, item)
    near = ties.near(person, [timezone.localdate()]).filter(pk__in=schools)
    found = [(OWN if school.own else TRUST, school.name) for school in near]  # type: ignore[attr-defined]  # annotated
    return next((Fact(0, kind, name) for kind, name in sorted(found)), None)  # their own school comes first


def not_recused(people: Iterable[User], item: AgendaItem | None) -> list[User]:
    """Those of the people who may hear of what comes out of this item; all of them when it comes out of none."""
    shut = recused_ids(item) if item else set()
    return [person for person in people if person.pk not in shut]


def recused_ids(item: AgendaItem) -> set[int]:
    """Primary keys of everybody who must leave the room for this item, whether they attend or not."""
    return {person for person, _kind in interests(item)}


def interests(item: AgendaItem) -> ties.Ties:
    """(person, kind) of everything that keeps somebody out of this item. Looks at the matter itself too."""
    stored = set(item.subjects.values_list("school_id", flat=True))
    about = {item.pk: stored | sources.schools_about(item)}
    return _held([item], about)[item.pk]


def recused_in(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, set[int]]:
    """Recused people of many items, from what is stored: for lists and registers; four queries however many."""
    wanted = list(items)
    about: dict[int, set[int]] = {item.pk: set() for item in wanted}
    for item_id, school in ItemSchool.objects.filter(item__in=wanted).values_list("item_id", "school_id"):
        about[item_id].add(school)
    return {item: {person for person, _kind in held} for item, held in _held(wanted, about).items()}


def _held(items: list[AgendaItem], about: dict[int, set[int]]) -> dict[int, ties.Ties]:
    if not items:
        return {}
    tied = ties.tied_to(set().union(*about.values()), ties.days_that_count(items[0].meeting))
    held = {item: set().union(*(tied[school] for school in schools)) for item, schools in about.items()}
    for row in Interest.objects.filter(item__in=items).order_by("declared_at", "pk"):
        pair = (row.person_id, row.kind)
        (held[row.item_id].discard if row.dismissed_at else held[row.item_id].add)(pair)
    return held


def _set_aside(person: User) -> "QuerySet[Interest]":
    """What a second person set aside of the interest found in a row of `ties.subjects_near`."""
    return Interest.objects.filter(
        item=OuterRef("item"), person=person, kind=OuterRef("kind"), dismissed_at__isnull=False
    )


def _facts(person: User, meeting: Meeting, items: Items, *, also: set[int] | None = None) -> dict[int, Fact]:
    """`also` are schools the one item asked about is about, whatever is stored."""
    found = {(item, OWN if own else TRUST): name for item, name, own in _near(person, meeting, items, also)}
    for row in Interest.objects.filter(item__in=items, person=person).order_by("declared_at", "pk"):
        key = (row.item_id, row.kind)
        if row.dismissed_at:
            found.pop(key, None)
        else:
            found.setdefault(key, "")
    first_own = sorted(found.items(), key=lambda entry: (entry[0][1] != OWN, entry[0]))
    out: dict[int, Fact] = {}
    for (item, kind), name in first_own:
        out.setdefault(item, Fact(item, kind, name))
    return out


def _near(person: User, meeting: Meeting, items: Items, also: set[int] | None) -> list[tuple[int, str, bool]]:
    """(item, school, whether it is the person's own) for each item about a school that is theirs or of the same trust."""
    near = ties.near(person, ties.days_that_count(meeting))
    stored = {
        (item, school): (name, own)
        for item, school, name, own in ItemSchool.objects.filter(item__in=items, school__in=near.values("pk"))
        .annotate(own=ties.is_own(person, ties.days_that_count(meeting), "school_id"))
        .values_list("item_id", "school_id", "school__name", "own")
    }
    if also and isinstance(items, list):
        for school in near.filter(pk__in=also):
            stored[(items[0], school.pk)] = (school.name, school.own)  # type: ignore[attr-defined]  # annotated
    return [(item, name, own) for (item, _school), (name, own) in stored.items()]
