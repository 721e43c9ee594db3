"""Trusts and federations: the group links file of Get Information about Schools."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from communities import registers
from communities.importers.base import RegisterImporter
from core.imports import Change, Column, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered, compare

URN, UID, NAME, KIND = "URN", "Group UID", "Group Name", "Group Type"
JOINED, CLOSED = "Joined date", "Closed Date"
# Sponsors and groups of children's centres govern no school.
GOVERNING = ("multi-academy trust", "single-academy trust", "trust", "federation", "umbrella trust")
ACADEMY = ("multi-academy trust", "single-academy trust")


@importer("trusts")
class Trusts(RegisterImporter):
    label = "Trusts and federations"
    purpose = "Which trust or federation each school stands under, and since when."
    paragraphs = (
        "Download “Academy sponsor and trust links CSV” or “All group data with links” from Get Information about Schools. "
        "Sponsors and groups of children's centres are passed over, and so are schools that are not held here.",
        "When an academy joins another academy trust, its link with the old one ends on the day before.",
    )
    position = 35
    tables = ("trust", "school_trust")
    words: ClassVar = {
        "uid": "Group number",
        "name": "Name",
        "kind": "Kind",
        "school": "URN",
        "trust": "Group number",
        "starts_on": "Joined",
        "ends_on": "Left",
    }
    sheets = (
        Sheet(
            (
                Column(URN, "The school", example="990001"),
                Column(UID, "The group's number", example="99001"),
                Column(NAME, "The trust's name", example="Downs Learning Trust"),
                Column(KIND, "As “Multi-academy trust” or “Federation”", example="Multi-academy trust"),
                Column(JOINED, "Year-month-day or day-month-year", example="2017-09-01"),
                Column(CLOSED, "Filled in when the trust has closed", required=False),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found = Gathered()
        names = {key: values["name"] for (_, key), values in registers.current(["school"]).items()}
        for row in table:
            urn, kind = row.number_in(URN, required=True), row.text(KIND, required=True, longest=60)
            if not row.faults and (str(urn) not in names or kind.casefold() not in GOVERNING):
                row.leave_out()
            elif not row.faults:
                _link(row, found, str(urn), names[str(urn)], kind)
        return list(found)

    def plan(self, records: list[Record]) -> Iterable[Change]:
        current = registers.current(self.tables)
        return [*compare(records, current, closes=_ends), *_left(records, current)]


def _link(row: Row, found: Gathered, urn: str, school: str, kind: str) -> None:
    uid, name = row.text(UID, required=True, longest=10), row.text(NAME, required=True, longest=160)
    joined, closed = row.day(JOINED, required=True), row.day(CLOSED)
    if joined and closed and closed < joined:
        row.fault(CLOSED, f"{CLOSED} is before {JOINED}.")
    if "|" in uid:
        row.fault(UID, f"{UID} holds the sign “|”. Leave it out.")
    if row.faults:
        return
    trust = Record("trust", uid, name, row, {"name": name, "kind": kind}, {"uid": uid})
    found.add(trust, column=UID, repeats=True)
    values = {"starts_on": registers.plain(joined), "ends_on": registers.plain(closed)}
    new = {"school": int(urn), "trust": uid}
    found.add(Record("school_trust", f"{urn}|{uid}", f"{school} under {name}", row, values, new), column=URN)


def _ends(_table: str, before: registers.Values, after: registers.Values) -> bool:
    return bool(after.get("ends_on") and not before.get("ends_on"))


def _left(records: list[Record], current: dict[registers.Key, registers.Values]) -> Iterable[Change]:
    """An academy stands under one academy trust: where the file names a later one, the earlier link ends."""
    kinds = {key: values["kind"] for (table, key), values in current.items() if table == "trust"}
    named = {record.key: record for record in records if record.table == "school_trust"}
    kinds |= {record.key: record.values["kind"] for record in records if record.table == "trust"}
    moved = {key.split("|")[0]: record for key, record in named.items() if _academy(kinds, key)}
    for (table, key), values in current.items():
        newer = moved.get(key.split("|")[0]) if table == "school_trust" else None
        if newer is None or key in named or values["ends_on"] or not _academy(kinds, key):
            continue
        last = date.fromisoformat(newer.values["starts_on"]) - timedelta(days=1)
        if last >= date.fromisoformat(values["starts_on"]):
            label = f"{newer.label.split(' under ')[0]} leaves its former trust"
            yield Change(
                "closed", table, key, label, newer.row.number, {"ends_on": None}, {"ends_on": last.isoformat()}
            )


def _academy(kinds: dict[str, str], key: str) -> bool:
    return kinds.get(key.split("|")[1], "").casefold() in ACADEMY
