"""Statistics the county may load: the school census of the national performance tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from communities import permissions
from communities.models import County, School
from core import audit
from core.formats import thousands
from core.imports import Change, Column, Importer, Record, Row, Sheet, Table, Unreadable, importer
from core.imports.base import Gathered, compare
from core.verdicts import Verdict
from dashboards.models import Figure, Indicator
from dashboards.services.figures import roll_up

# The published name begins with the school year, and the year stands nowhere else: 2023-2024_england_census.csv
SCHOOL_YEAR = re.compile(r"(?P<first>20\d\d)-(?P<last>20\d\d)(?!\d)")
MARKERS = {"NA", "SUPP", "NE", "NP", "NEW", "LOW", "DNS", "X", "Z", "C", "U", ".", ":", "-"}
# What each indicator counts, and out of what.
COUNTED = {"sen-support": ("TSENELK", "NOR"), "ehc-plans": ("TSENELSE", "NOR"), "roll": ("NOR", None)}
NATIONAL = "NAT"


@importer("school-census")
class SchoolCensus(Importer):
    """Pupils on roll, SEN support and EHC plans of every school, and of England."""

    label = "School census (performance tables)"
    purpose = "Pupils on roll, SEN support and EHC plans of each school in one school year."
    paragraphs = (
        "From “Compare school and college performance”, the file england_census.csv of one school year.",
        "Keep its published name, which begins with the school year (2023-2024_england_census.csv): "
        "the year is not inside the file.",
        "Figures are added up for communities, districts and the county as soon as they are loaded. "
        "A school the register does not know counts for the county only.",
    )
    position = 50
    sheets = (
        Sheet(
            (
                Column("URN", "The school’s number; NAT on the lines of England", example="990001"),
                Column("LA", "The council’s number", example="999"),
                Column("ESTAB", "The school’s DfE number; PRI, SEC or SPE on the lines of England", required=False),
                Column("NOR", "Pupils on roll", example="212"),
                Column("TSENELSE", "Pupils with an EHC plan", example="9"),
                Column("TSENELK", "Pupils on SEN support", example="31"),
            )
        ),
    )
    words: ClassVar = {"count": "Number", "out_of": "Out of", "marker": "Marker"}
    written: ClassVar = {"count": thousands, "out_of": thousands}

    def may(self, person: Any) -> Verdict:
        return permissions.may_administer(person)

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        period, la_code = _period(table.file_name), _la_code()
        found, england = Gathered(), _England()
        for row in table:
            if row.text("URN").upper() == NATIONAL:
                england.add(row)
            elif row.text("LA") != la_code:
                row.leave_out()
            else:
                for record in _school(row, period):
                    found.add(record, column="URN")
        return [*found, *england.records(period)]

    def plan(self, records: list[Record]) -> Iterable[Change]:
        sound = [record for record in records if not record.row.faults]
        periods = {record.key.split(":")[1] for record in sound}
        there = {
            (figure.level, _key(figure.indicator.slug, figure.period, figure.urn)): {
                "count": figure.count,
                "out_of": figure.out_of,
                "marker": figure.marker,
            }
            for figure in Figure.objects.filter(level__in=["school", "england"], period__in=periods).select_related(
                "indicator"
            )
        }
        return compare(sound, there)

    def apply(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        indicators = {row.slug: row for row in Indicator.objects.all()}
        schools = dict(School.objects.values_list("urn", "pk"))
        new = [change for change in changes if change.before is None]
        Figure.objects.bulk_create([_figure(change, indicators, schools) for change in new], batch_size=2_000)
        for change in changes:
            if change.before is not None:
                _found(change, indicators).update(**(change.after or {}))
        roll_up(on=timezone.localdate(now))
        audit.record(
            action="dashboards.figures_loaded", target=County.objects.get(), by=by, at=now, figures=len(changes)
        )

    def undo(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        indicators = {row.slug: row for row in Indicator.objects.all()}
        for change in changes:
            if change.before is None:
                _found(change, indicators).delete()
            else:
                _found(change, indicators).update(**change.before)
        roll_up(on=timezone.localdate(now))
        audit.record(
            action="dashboards.figures_taken_back", target=County.objects.get(), by=by, at=now, figures=len(changes)
        )


class _England:
    """England stands in the file as three lines; what is shown is their sum."""

    def __init__(self) -> None:
        self._sums: dict[str, int] = defaultdict(int)
        self._row: Row | None = None

    def add(self, row: Row) -> None:
        self._row = self._row or row
        for column in ("NOR", "TSENELSE", "TSENELK"):
            self._sums[column] += row.number_in(column, required=True) or 0

    def records(self, period: str) -> Iterable[Record]:
        if self._row is None:
            return
        for slug, (counted, out_of) in COUNTED.items():
            values = {"count": self._sums[counted], "out_of": self._sums[out_of] if out_of else None, "marker": ""}
            yield Record("england", _key(slug, period, None), "England", self._row, values)


def _period(file_name: str) -> str:
    found = SCHOOL_YEAR.search(file_name)
    if not found or int(found["last"]) != int(found["first"]) + 1:
        raise Unreadable(
            "The name of the file does not begin with a school year. Name it as it is published, "
            "for example 2023-2024_england_census.csv: the year is not inside the file."
        )
    return f"{found['first']}-{found['last'][2:]}"


def _la_code() -> str:
    county = County.objects.first()
    if county is None:
        raise Unreadable("The county has no local authority code yet. Set it under “Names and wording” first.")
    return county.la_code


def _school(row: Row, period: str) -> Iterable[Record]:
    urn = row.number_in("URN", required=True)
    if urn is None:
        return
    roll, _ = _number(row, "NOR")
    for slug, (counted, out_of) in COUNTED.items():
        count, missing = _number(row, counted)
        if count is not None and roll is not None and count > roll:
            row.fault(counted, f"{counted} is {count}, more than the {roll} pupils on roll.")
        values = {"count": count, "out_of": roll if out_of and count is not None else None, "marker": missing or ""}
        if not row.faults:
            yield Record("school", _key(slug, period, urn), f"School {urn}", row, values)


def _number(row: Row, column: str) -> tuple[int | None, str | None]:
    """A count, or the publisher's marker for why there is none; a marker is never turned into nought."""
    words = row.text(column, required=True)
    if words.upper() in MARKERS:
        return None, words.upper()
    return row.number_in(column, required=True), None


def _key(slug: str, period: str, urn: int | None) -> str:
    return f"{slug}:{period}:{urn or NATIONAL}"


def _found(change: Change, indicators: dict[str, Indicator]) -> QuerySet[Figure]:
    slug, period, urn = change.key.split(":")
    return Figure.objects.filter(
        indicator=indicators[slug], period=period, level=change.table, urn=None if urn == NATIONAL else int(urn)
    )


def _figure(change: Change, indicators: dict[str, Indicator], schools: dict[int, int]) -> Figure:
    slug, period, urn = change.key.split(":")
    known = None if urn == NATIONAL else int(urn)
    place = {"urn": known, "school_id": schools.get(known or 0)}
    return Figure(indicator=indicators[slug], period=period, level=change.table, **place, **(change.after or {}))
