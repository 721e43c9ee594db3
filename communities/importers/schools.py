"""Schools as the Department for Education publishes them: Get Information about Schools, all establishment data."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from communities import registers
from communities.importers.base import RegisterImporter, the_county
from communities.models import School
from core.formats import thousands
from core.imports import Change, Column, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered, Values

OPEN, CLOSED = School.Status.OPEN, School.Status.CLOSED
CLOSING, PROPOSED = School.Status.CLOSING, School.Status.PROPOSED
STATUS_CODES = {
    "1": OPEN,
    "01": OPEN,
    "2": CLOSED,
    "02": CLOSED,
    "3": CLOSING,
    "03": CLOSING,
    "4": PROPOSED,
    "04": PROPOSED,
}
CODE, NAME = "EstablishmentStatus (code)", "EstablishmentStatus (name)"
URN, COUNCIL, NUMBER, TITLE = "URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"
DISTRICT = "DistrictAdministrative (code)"
# Column of the file, our field, longest.
TEXTS = (
    ("TypeOfEstablishment (name)", "kind", 80),
    ("PhaseOfEducation (name)", "phase", 40),
    ("Street", "street", 120),
    ("Town", "town", 80),
    ("Postcode", "postcode", 8),
)
DAYS = (("OpenDate", "opened_on"), ("CloseDate", "closed_on"))
NUMBERS = (("NumberOfPupils", "roll"), ("Easting", "easting"), ("Northing", "northing"))


@importer("schools")
class Schools(RegisterImporter):
    label = "Schools"
    purpose = "Every school of the county, open and closed, from the national register (GIAS)."
    paragraphs = (
        "Download “Establishment fields CSV” under “All establishment data” from Get Information about Schools, and upload "
        "it as it is. The whole of England may be in it: only the schools of your council are read, and those that are "
        "here already.",
        "A school closes here when the register says so. A school that is missing from the file is left alone. The names "
        "of head teachers are not read.",
    )
    position = 20
    tables = ("school",)
    words: ClassVar = {
        "urn": "URN",
        "name": "Name",
        "status": "Status",
        "la_code": "LA code",
        "establishment_number": "Number",
        "kind": "Type",
        "phase": "Phase",
        "roll": "Pupils",
        "opened_on": "Opened",
        "closed_on": "Closed",
        "street": "Street",
        "town": "Town",
        "postcode": "Postcode",
        "district": "District",
        "easting": "Easting",
        "northing": "Northing",
    }
    written: ClassVar = {"roll": thousands}
    sheets = (
        Sheet(
            (
                Column(URN, "The school's number for life", example="990001"),
                Column(COUNCIL, "The council's three figures", example="999"),
                Column(NUMBER, "Four figures; with the LA code it is the DfE number", example="2001"),
                Column(TITLE, "The school's name", example="Hartwell Primary School"),
                Column(CODE, "1 open, 2 closed, 3 open but proposed to close, 4 proposed to open", example="1"),
                Column(NAME, "The same in words", required=False, example="Open"),
                Column(
                    "TypeOfEstablishment (name)", "As “Community school”", required=False, example="Community school"
                ),
                Column("PhaseOfEducation (name)", "As “Primary”", required=False, example="Primary"),
                Column("OpenDate", "Day-month-year", required=False, example="01-09-2004"),
                Column("CloseDate", "Day-month-year", required=False),
                Column("NumberOfPupils", "On roll", required=False, example="210"),
                Column("Street", required=False, example="1 Mill Lane"),
                Column("Town", required=False, example="Hartwell"),
                Column("Postcode", required=False, example="ZZ1 1AA"),
                Column("Easting", required=False),
                Column("Northing", required=False),
                Column(DISTRICT, "Puts the school in its district", required=False, example="E07000999"),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        ours, found = the_county().la_code, Gathered()
        known = {key for _, key in registers.current(["school"])}
        districts = {key for _, key in registers.current(["district"])} if table.has(DISTRICT) else set()
        for row in table:
            urn = row.number_in(URN, required=True)
            if urn is not None and row.text(COUNCIL).zfill(3) != ours and str(urn) not in known:
                if not row.faults:
                    row.leave_out()
                continue
            values = _values(row, table, districts)
            if not row.faults:
                found.add(
                    Record("school", str(urn), f"{values['name']} ({urn})", row, values, {"urn": urn}), column=URN
                )
        return list(found)

    def plan(self, records: list[Record]) -> Iterable[Change]:
        """Open schools first: of two with one name the open one gets the short address."""
        return super().plan(sorted(records, key=lambda record: record.values["status"] == CLOSED))


def _values(row: Row, table: Table, districts: set[str]) -> Values:
    values: dict[str, Any] = {
        "la_code": row.text(COUNCIL, required=True, longest=3).zfill(3),
        "establishment_number": _number(row),
        "name": row.text(TITLE, required=True, longest=160),
        "status": row.choice(CODE, STATUS_CODES, required=True),
    }
    values |= {field: row.text(column, longest=most) for column, field, most in TEXTS if table.has(column)}
    values |= {field: registers.plain(row.day(column)) for column, field in DAYS if table.has(column)}
    values |= {field: row.number_in(column) for column, field in NUMBERS if table.has(column)}
    if table.has(DISTRICT) and (code := row.text(DISTRICT)) in districts:
        values["district"] = code
    return values


def _number(row: Row) -> str:
    words = row.text(NUMBER)
    if words and not (words.isascii() and words.isdigit() and len(words) <= 4):
        row.fault(NUMBER, f"{NUMBER} is “{words[:20]}”. Write up to four figures.")
    return words.zfill(4) if words else ""
