"""The register through which apps above put things on an agenda. Filled from `<app>/agenda_sources.py` at start."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from communities.models import School
from meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something open that belongs on an agenda. `key` is its name for good (funding.request:12), `why` a sentence.

    `stamp` is what the matter looks like now (a version, a date): an item the chair removed comes back only when this or the
    title changes. `minutes` is the time it is likely to take. `carried_from` is the item it continues, if it does.
    """

    key: str
    kind: str
    title: str
    link: str
    why: str
    minutes: int = 10
    stamp: str = ""
    carried_from: int | None = None

    @property
    def fingerprint(self) -> str:
        """64 letters that change when the matter does."""
        return hashlib.sha256(f"{self.title}\n{self.stamp}".encode()).hexdigest()


SchoolsOf = Callable[[int], QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class Matters:
    """Matters of one kind: how their keys begin (the rest is their number), and the schools they are about."""

    key: str
    schools: SchoolsOf


Source = Callable[[Meeting, datetime], Iterable[Proposal]]
SOURCES: list[Source] = []
LAST_SOURCES: list[Source] = []
SCHOOLS_OF: dict[str, Matters] = {}
OnScreen = Callable[[AgendaItem], str]
ON_SCREEN: dict[str, OnScreen] = {}
OpenTo = Callable[[User, list[AgendaItem]], set[int]]
OPEN_TO: dict[str, OpenTo] = {}


def agenda_source(source: Source) -> Source:
    """Register a source: `(meeting, now)` in, proposals out. It reads and never writes."""
    SOURCES.append(source)
    return source


def last_agenda_source(source: Source) -> Source:
    """Register a source that is asked after all others, whose proposals of the same key win."""
    LAST_SOURCES.append(source)
    return source


def owners_of_matters() -> set[str]:
    """The apps that bring their open matters to agendas themselves: keys that begin with their name are theirs."""
    return {source.__module__.split(".")[0] for source in SOURCES}


def schools_of(kind: str, *, key: str) -> Callable[[SchoolsOf], SchoolsOf]:
    """Register who an item of this kind is about: the number behind `key` in, a queryset of schools' primary keys out."""

    def register(function: SchoolsOf) -> SchoolsOf:
        if kind in SCHOOLS_OF:
            raise ValueError(f"items of kind {kind} have a reader of schools already")
        SCHOOLS_OF[kind] = Matters(key, function)
        return function

    return register


def open_to(kind: str) -> Callable[[OpenTo], OpenTo]:
    """Register whose papers of this kind outlive the meeting: `(person, items)` in, primary keys of those items out whose
    link this person can open.
    """

    def register(function: OpenTo) -> OpenTo:
        if kind in OPEN_TO:
            raise ValueError(f"items of kind {kind} have a reader of links already")
        OPEN_TO[kind] = function
        return function

    return register


def unopened(person: User, items: list[AgendaItem]) -> set[int]:
    """Primary keys of the items whose link this person would not find anything behind."""
    found = set()
    for kind, function in OPEN_TO.items():
        of_kind = [item for item in items if item.kind == kind and item.link]
        if of_kind:
            found |= {item.pk for item in of_kind} - function(person, of_kind)
    return found


def proposals(meeting: Meeting, now: datetime) -> Iterator[Proposal]:
    """Everything open that belongs on this agenda, source by source; each key once."""
    seen: set[str] = set()
    for source in [*SOURCES, *LAST_SOURCES]:
        for proposal in source(meeting, now):
            if proposal.key not in seen:
                seen.add(proposal.key)
                yield proposal


def schools_about(item: AgendaItem) -> set[int]:
    """Primary keys of the schools the item is about; empty when it is about none in particular."""
    schools, number = matter_of(item)
    return set(schools(number))


def matter_of(item: AgendaItem) -> tuple[SchoolsOf, int]:
    """How to ask for the schools an item is about, and the number to ask with: for use inside another query."""
    matters = SCHOOLS_OF.get(item.kind)
    number = item.source_key.removeprefix(matters.key) if matters else ""
    return (matters.schools, int(number)) if matters and number.isdecimal() else (_none, 0)


def _none(_number: int) -> "QuerySet[Any, Any]":
    return School.objects.none().values_list("pk", flat=True)


def shown_as(kind: str) -> Callable[[OnScreen], OnScreen]:
    """Register what stands for an item of this kind on a wall or a shared screen: `(item)` in, a line out.

    References and amounts only ("CoS-2041, £3,200 asked for"): no pupil key and nothing that somebody typed. Lists ask for
    each of their items, so read it from the item itself where you can.
    """

    def register(function: OnScreen) -> OnScreen:
        if kind in ON_SCREEN:
            raise ValueError(f"items of kind {kind} have their words for the screen already")
        ON_SCREEN[kind] = function
        return function

    return register


def on_screen(item: AgendaItem) -> str:
    """The line that stands for the item on a shared screen; empty when its kind has none."""
    function = ON_SCREEN.get(item.kind)
    return function(item) if function else ""
