"""Our own list of communities: one line for each membership of a school, dated."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from communities import registers
from communities.importers.base import RegisterImporter, refuse_backwards, refuse_bars
from communities.importers.known import Known
from communities.models import Appointment, Community, CommunityMembership, Role, School
from communities.services import membership
from core.formats import short_date
from core.imports import Change, Column, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered

NAME, AREA, SCHOOL, KIND = "Community", "Area", "School", "Kind"
BEGINS, ENDS, NETWORKS = "Starts on", "Ends on", "PCN codes"
KINDS = {
    "full": "full",
    "associate": "associate",
    "provider": "provider",
    "full member": "full",
    "associate member": "associate",
    "provider of support": "provider",
}
FAR_AWAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, understood."""

    row: Row
    community: str
    area: str
    urn: str
    kind: str
    starts_on: date
    ends_on: date | None
    networks: tuple[str, ...]


@importer("communities")
class Communities(RegisterImporter):
    label = "Communities and their schools"
    purpose = (
        "Which schools belong to which community, from when to when, and the networks each community is aligned with."
    )
    paragraphs = (
        "A list of your own: one line for each membership of a school. Load areas, schools and networks first. A community "
        "that is named for the first time is opened on the first day that stands on its lines.",
        "To move a school, give its old line a last day and add a line in the new community. A line that is missing from "
        "the file changes nothing. A school is a full member of one community at most on any day.",
    )
    position = 50
    accepts = (".csv", ".xlsx")
    most_bytes = 10 * 1024 * 1024
    tables = ("community", "membership", "community_network")
    words: ClassVar = {
        "name": "Name",
        "area": "Area",
        "opened_on": "Opened",
        "school": "URN",
        "pcn": "Network",
        "kind": "Kind",
        "starts_on": "From",
        "ends_on": "Until",
    }
    sheets = (
        Sheet(
            (
                Column(NAME, "The community's name, the same on each of its lines", example="Hartwell Valley"),
                Column(AREA, "The area it belongs to", example="East"),
                Column(SCHOOL, "The school's URN, or its DfE number", aliases=("URN", "DfE number"), example="990001"),
                Column(KIND, "full, associate or provider; empty means full", required=False, example="full"),
                Column(BEGINS, "First day of the membership", example="01-09-2025"),
                Column(ENDS, "Last day; empty until further notice", required=False),
                Column(
                    NETWORKS,
                    "Codes of networks, with spaces between",
                    required=False,
                    aliases=("PCN",),
                    example="U99001 U99002",
                ),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        known = Known.now()
        lines = [line for row in table if (line := _line(row, known)) is not None]
        return list(_records(lines, known))

    def plan(self, records: list[Record]) -> Iterable[Change]:
        current = registers.current(self.tables)
        _refuse_overlaps([record for record in records if record.table == "membership"], current)
        changes = list(super().plan(records))
        _refuse_chairs(changes, {record.key: record for record in records if record.table == "membership"})
        return changes


def _line(row: Row, known: Known) -> Line | None:
    name, area = row.text(NAME, required=True, longest=80), row.text(AREA, required=True, longest=80)
    refuse_bars(row, NAME)
    starts_on, ends_on = row.day(BEGINS, required=True), row.day(ENDS)
    refuse_backwards(row, BEGINS, ENDS)
    kind = row.choice(KIND, KINDS) or "full"
    networks = tuple(dict.fromkeys(code.upper() for code in re.split(r"[\s,;]+", row.text(NETWORKS)) if code))
    known.refuse_place(row, NAME, name, AREA, area)
    known.refuse_networks(row, NETWORKS, networks)
    school = known.school(row, SCHOOL)
    if school and starts_on:
        known.refuse_closed(row, SCHOOL, school, until=ends_on or FAR_AWAY)
    if row.faults or school is None or starts_on is None:
        return None
    return Line(row, name, area, str(school.urn), kind, starts_on, ends_on, networks)


def _records(lines: list[Line], known: Known) -> Iterable[Record]:
    found = Gathered()
    opened: dict[str, date] = defaultdict(lambda: FAR_AWAY)
    aligned: dict[tuple[str, str], date] = defaultdict(lambda: FAR_AWAY)
    for line in lines:
        opened[line.community] = min(opened[line.community], line.starts_on)
        for code in line.networks:
            aligned[(line.community, code)] = min(aligned[(line.community, code)], line.starts_on)
    for line in lines:
        new: dict[str, Any] = {"name": line.community, "opened_on": registers.plain(opened[line.community])}
        about = Record("community", line.community, line.community, line.row, {"area": line.area}, new)
        found.add(about, column=AREA, repeats=True)
        found.add(_membership(line, known), column=SCHOOL)
        for code in line.networks:
            since = registers.plain(aligned[(line.community, code)])
            new = {"community": line.community, "pcn": code, "starts_on": since, "ends_on": None}
            label = f"{line.community} with {known.network_name(code)}"
            link = Record("community_network", f"{line.community}|{code}", label, line.row, {}, new)
            found.add(link, column=NETWORKS, repeats=True)
    return found


def _membership(line: Line, known: Known) -> Record:
    values = {"kind": line.kind, "ends_on": registers.plain(line.ends_on)}
    new = {"community": line.community, "school": int(line.urn), "starts_on": registers.plain(line.starts_on)}
    key = registers.key_of(line.community, line.urn, line.starts_on)
    return Record("membership", key, f"{known.name(line.urn)} in {line.community}", line.row, values, new)


@dataclass(frozen=True, slots=True)
class Span:
    """A membership as it would stand after loading; `row` is None for one that the file does not speak about."""

    community: str
    kind: str
    starts_on: str
    ends_on: str
    row: Row | None

    def clashes(self, other: "Span") -> bool:
        """A full member of one community at most on a day, and of one community once."""
        if self.starts_on > other.ends_on or other.starts_on > self.ends_on:
            return False
        return self.community == other.community or self.kind == other.kind == CommunityMembership.Kind.FULL

    def __str__(self) -> str:
        kind = CommunityMembership.Kind(self.kind).label.lower()
        last = (
            f"until {short_date(date.fromisoformat(self.ends_on))}" if self.ends_on < "9999" else "until further notice"
        )
        where = f" (line {self.row.number})" if self.row else ""
        return f"{kind} of {self.community} from {short_date(date.fromisoformat(self.starts_on))} {last}{where}"


def _refuse_overlaps(records: list[Record], current: dict[registers.Key, registers.Values]) -> None:
    """Each school's memberships as they would stand afterwards, compared two by two."""
    mine = {record.key: record for record in records}
    spans: dict[str, list[Span]] = defaultdict(list)
    for (table, key), values in current.items():
        if table == "membership" and key not in mine:
            spans[key.split("|")[1]].append(_span(key, values, None))
    for record in records:
        urn = record.key.split("|")[1]
        new = _span(record.key, record.values, record.row)
        if clash := next((other for other in spans[urn] if new.clashes(other)), None):
            school = record.label.removesuffix(f" in {new.community}")
            record.row.fault(
                BEGINS, f"{school} is already {clash}. Give the other membership a last day, or begin this one later."
            )
        spans[urn].append(new)


def _span(key: str, values: registers.Values, row: Row | None) -> Span:
    community, _urn, starts_on = key.split("|")
    return Span(community, values["kind"], starts_on, values["ends_on"] or FAR_AWAY.isoformat(), row)


def _refuse_chairs(changes: list[Change], records: dict[str, Record]) -> None:
    """A chair comes from outside: no school joins while its chair works there. Only what changes is asked about."""
    chaired = {
        community.name: community
        for community in Community.objects.filter(
            pk__in=Appointment.objects.filter(role=Role.CHAIR).values("community")
        )
    }
    asked = [change for change in changes if change.table == "membership" and change.change in ("added", "changed")]
    asked = [change for change in asked if change.key.split("|")[0] in chaired]
    schools = School.objects.in_bulk([int(change.key.split("|")[1]) for change in asked], field_name="urn")
    for change in asked:
        community, urn, starts_on = change.key.split("|")
        record = records[change.key]
        ends_on = record.values["ends_on"]
        try:
            membership.refuse_chair_of(
                CommunityMembership(
                    community=chaired[community],
                    school=schools[int(urn)],
                    kind=record.values["kind"],
                    starts_on=date.fromisoformat(starts_on),
                    ends_on=date.fromisoformat(ends_on) if ends_on else None,
                )
            )
        except membership.ChairWorksHere as error:
            record.row.fault(SCHOOL, str(error))
