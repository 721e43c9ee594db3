"""Figures of a place with those it is compared with, ready to be shown: small numbers are already hidden here."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from communities import queries
from communities.models import Community, County, District
from communities.queries import registers
from dashboards.models import Figure, Indicator
from dashboards.suppression import hidden, is_small

HIDDEN, NONE = "Hidden: fewer than 5", "No figure"
HIDDEN_BESIDE = "Hidden, because it would give another away"


@dataclass(frozen=True, slots=True)
class Place:
    """A community, a district, the county or England, as a page names it."""

    level: str
    name: str
    pk: int | None = None
    slug: str = ""

    @property
    def level_word(self) -> str:
        return Figure.Level(self.level).label


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as it may be shown. `share` and `count` are None where hidden or missing; `words` always says something."""

    period: str
    words: str
    share: Decimal | None = None
    count: int | None = None
    out_of: int | None = None
    schools: int = 1
    missing: int = 0


@dataclass(slots=True)
class Line:
    """One place's figures of one indicator, oldest first."""

    place: Place
    figures: list[Shown] = field(default_factory=list)

    @property
    def latest(self) -> Shown | None:
        return self.figures[-1] if self.figures else None

    @property
    def travel(self) -> str:
        """Direction of travel between the last two periods: up, down, the same, or not known."""
        values = [value_of(shown) for shown in self.figures[-2:]]
        if len(values) < 2 or values[0] is None or values[1] is None:
            return "Not known"
        if values[0] == values[1]:
            return "The same"
        return "Up" if values[1] > values[0] else "Down"


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator with the place's own line first and the places beside it."""

    indicator: Indicator
    own: Line
    beside: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [self.own, *self.beside]


def value_of(shown: Shown) -> Decimal | int | None:
    """What is compared: the share where there is one, the count otherwise; None when hidden or missing."""
    return shown.share if shown.share is not None else shown.count


def places_for(person: User) -> list[Place]:
    """Every place whose figures the person may open."""
    places = [Place("community", row.name, row.pk, row.slug) for row in queries.communities_for(person)]
    places += [Place("district", row.name, row.pk, row.code) for row in _districts_for(person)]
    county = County.objects.first()
    if county and places:
        places.append(Place("county", county.name, None, "county"))
    return places


def place_for(person: User, level: str, slug: str) -> Place | None:
    """The place, when the person may open its figures; None otherwise."""
    if level == "community":
        community = queries.communities_for(person).filter(slug=slug).first()
        return Place(level, community.name, community.pk, slug) if community else None
    if level == "district":
        district = _districts_for(person).filter(code=slug).first()
        return Place(level, district.name, district.pk, slug) if district else None
    return next((place for place in places_for(person) if (place.level, place.slug) == (level, slug)), None)


def _districts_for(person: User) -> "QuerySet[District]":
    in_my_areas = Q(area__in=queries.areas_for(person))
    of_my_communities = Q(schools__memberships__community__in=queries.communities_for(person))
    return District.objects.filter(in_my_areas | of_my_communities).distinct()


def measures_of(place: Place, *, on: date) -> list[Measure]:
    """Every indicator for a place, with its districts, the county and England beside it."""
    beside = _beside(place, on)
    indicators = list(Indicator.objects.filter(is_shown=True))
    lines = _lines([place, *beside], indicators)
    return [
        Measure(indicator, lines[(indicator.pk, place)], [lines[(indicator.pk, other)] for other in beside])
        for indicator in indicators
    ]


def _beside(place: Place, on: date) -> list[Place]:
    county = County.objects.first()
    wider = [Place("county", county.name, None, "county"), Place("england", "England")] if county else []
    if place.level == "community":
        members = registers.live_full_members(Community(pk=place.pk), on=on)
        districts = District.objects.filter(schools__in=members).distinct()
        return [Place("district", row.name, row.pk, row.code) for row in districts] + wider
    return [other for other in wider if other.level != place.level]


def _lines(places: list[Place], indicators: list[Indicator]) -> dict[tuple[int, Place], Line]:
    known = {indicator.pk: indicator for indicator in indicators}
    by_key = {(place.level, place.pk): place for place in places}
    lines = {(indicator.pk, place): Line(place) for indicator in indicators for place in places}
    wanted = Q(level__in=["county", "england"])
    wanted |= Q(community__in=[place.pk for place in places if place.level == "community"])
    wanted |= Q(district__in=[place.pk for place in places if place.level == "district"])
    for figure in Figure.objects.filter(wanted, indicator__in=known).order_by("period"):
        place = by_key.get((figure.level, figure.community_id or figure.district_id))
        if place:
            figure.indicator = known[figure.indicator_id]
            lines[(figure.indicator_id, place)].figures.append(show(figure))
    return lines


def show(figure: Figure, *, beside: bool = False) -> Shown:
    """A figure as it may be shown. `beside`: hidden only because another could be worked out from it."""
    facts: dict[str, Any] = {"period": figure.period, "schools": figure.schools, "missing": figure.missing}
    if figure.count is None:
        return Shown(words=f"{NONE} ({figure.marker})" if figure.marker else NONE, **facts)
    if beside or (figure.indicator.out_of_word and is_small(figure.count)):
        return Shown(words=HIDDEN_BESIDE if beside else HIDDEN, out_of=figure.out_of, **facts)
    share = percent(figure.count, figure.out_of)
    words = f"{share}%" if share is not None else f"{figure.count:,}"
    return Shown(words=words, share=share, count=figure.count, out_of=figure.out_of, **facts)


def percent(count: int, out_of: int | None) -> Decimal | None:
    """A share with one decimal place; None where there is no whole or it is nought."""
    return round(Decimal(100 * count) / out_of, 1) if out_of else None


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school's figures of one indicator in every period, oldest first."""

    name: str
    shown: list[Shown]


def schools_of(place: Place, indicator: Indicator, *, on: date) -> tuple[list[str], list[SchoolRow]]:
    """Periods, and the community's schools with what may be shown of each. Hidden ones cannot be worked out from the sum."""
    members = registers.live_full_members(Community(pk=place.pk), on=on)
    figures = (
        Figure.objects.filter(level="school", indicator=indicator, school__in=list(members))
        .select_related("school", "indicator")
        .order_by("school__name", "period")
    )
    by_school: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.school:
            by_school[figure.school.name][figure.period] = figure
    periods = sorted({period for row in by_school.values() for period in row})
    shown = {period: _column(by_school, period) for period in periods}
    rows = [SchoolRow(name, [shown[period][name] for period in periods]) for name in by_school]
    return periods, rows


def _column(by_school: dict[str, dict[str, Figure]], period: str) -> dict[str, Shown]:
    names = list(by_school)
    figures = [by_school[name].get(period) for name in names]
    counted = any(figure and figure.indicator.out_of_word for figure in figures)
    counts = [figure.count if figure else None for figure in figures]
    hide = hidden(counts) if counted else [False] * len(counts)
    column = {}
    for name, figure, is_hidden in zip(names, figures, hide, strict=True):
        if figure is None:
            column[name] = Shown(period=period, words=NONE)
        else:
            column[name] = show(figure, beside=is_hidden and not is_small(figure.count))
    return column
