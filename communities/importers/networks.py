"""Primary care networks and their practices: the ePCN workbook of the NHS Organisation Data Service."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from communities import registers
from communities.importers.base import RegisterImporter, the_county
from core.imports import Column, Record, Row, Sheet, Table, Unreadable, importer
from core.imports.base import Gathered

CODE, NAME, ICB, OPENED, CLOSED = "PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Open Date", "Close Date"
PARTNER, PARTNER_NAME = "Partner Organisation Code", "Partner Name"
PRACTICE_ICB, NETWORK_ICB = "Practice Parent Sub ICB Loc Code", "PCN Parent Sub ICB Loc Code"
BEGINS, ENDS = "Practice to PCN Relationship Start Date", "Practice to PCN Relationship End Date"


@importer("networks")
class Networks(RegisterImporter):
    label = "Primary care networks"
    purpose = "Networks of general practices and the practices in them, from the NHS (ePCN)."
    paragraphs = (
        "Download the ePCN workbook (XLSX) from the NHS Organisation Data Service and upload it as it is, all of England "
        "included. Only the networks and practices of your NHS area are read: its code is set under County, Names and wording.",
        "Networks and practices that leave are kept with their last day.",
    )
    position = 40
    accepts = (".xlsx",)
    most_bytes = 20 * 1024 * 1024
    tables = ("network", "practice", "practice_link")
    words: ClassVar = {
        "code": "Code",
        "name": "Name",
        "sub_icb_code": "NHS area",
        "opened_on": "Opened",
        "closed_on": "Closed",
        "practice": "Practice",
        "pcn": "Network",
        "starts_on": "From",
        "ends_on": "Until",
    }
    sheets = (
        Sheet(
            (
                Column(CODE, "The network's code", example="U99001"),
                Column(NAME, "Its name"),
                Column(ICB, "The NHS area it is in", aliases=("Current CCG Code", "Current Sub ICB Location Code")),
                Column(OPENED, "Year, month and day together", example="20191001"),
                Column(CLOSED, "Empty while it is open", required=False),
            ),
            title="PCNDetails",
        ),
        Sheet(
            (
                Column(PARTNER, "The practice's code"),
                Column(PARTNER_NAME, "Its name"),
                Column(PRACTICE_ICB, "The NHS area of the practice", aliases=("Practice Parent CCG Code",)),
                Column(CODE, "The network it belongs to"),
                Column(NAME, "The network's name"),
                Column(NETWORK_ICB, "The NHS area of the network", aliases=("PCN Parent CCG Code",)),
                Column(BEGINS, "Year, month and day together"),
                Column(ENDS, "Empty while it lasts", required=False),
            ),
            title="PCN Core Partner Details",
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        networks, partners = tables
        ours = the_county().sub_icb_code
        if not ours:
            raise Unreadable(
                "Say which NHS area (sub-ICB code, as 91Q) is yours first: it is set under County, Names and wording."
            )
        found, every = Gathered(), {}
        known = {key for _, key in registers.current(["network"])}
        for row in networks:
            code = row.text(CODE)
            every[code] = row
            if row.text(ICB).casefold() == ours.casefold() or code in known:
                found.add(_network(row), column=CODE)
            else:
                row.leave_out()
        for row in partners:
            if ours.casefold() in (row.text(PRACTICE_ICB).casefold(), row.text(NETWORK_ICB).casefold()):
                _partner(row, found, every)
            else:
                row.leave_out()
        return list(found)


def _network(row: Row) -> Record:
    code, name = row.text(CODE, required=True, longest=10), row.text(NAME, required=True, longest=120)
    opened, closed = row.day(OPENED), row.day(CLOSED)
    if opened and closed and closed < opened:
        row.fault(CLOSED, f"{CLOSED} is before {OPENED}.")
    values = {
        "name": name,
        "sub_icb_code": row.text(ICB, required=True, longest=10),
        "opened_on": registers.plain(opened),
        "closed_on": registers.plain(closed),
    }
    return Record("network", code, f"{name} ({code})", row, values, {"code": code})


def _partner(row: Row, found: Gathered, every: dict[str, Row]) -> None:
    """The practice, its link, and a network of a neighbouring NHS area where the link points at one."""
    code, name = row.text(PARTNER, required=True, longest=10), row.text(PARTNER_NAME, required=True, longest=120)
    network = row.text(CODE, required=True, longest=10)
    begins, ends = row.day(BEGINS, required=True), row.day(ENDS)
    if begins and ends and ends < begins:
        row.fault(ENDS, f"{ENDS} is before its start.")
    if network and network not in every:
        row.fault(CODE, f"The network {network} is not in the sheet PCNDetails.")
    if row.faults:
        return
    about = _network(every[network])
    found.add(about, column=CODE, repeats=True)
    found.add(
        Record("practice", code, f"{name} ({code})", row, {"name": name}, {"code": code}), column=PARTNER, repeats=True
    )
    values = {"ends_on": registers.plain(ends)}
    new = {"practice": code, "pcn": network, "starts_on": registers.plain(begins)}
    label = f"{name} in {about.values['name']}"
    key = registers.key_of(code, network, begins)
    found.add(Record("practice_link", key, label, row, values, new), column=PARTNER)
