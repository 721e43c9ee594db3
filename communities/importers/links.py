"""Which school followed which: the links file of Get Information about Schools."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from communities import registers
from communities.importers.base import RegisterImporter, refuse_bars
from core.imports import Column, Record, Sheet, Table, importer
from core.imports.base import Gathered

URN, OTHER, NAME, KIND, DAY = "URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"


@importer("school-links")
class SchoolLinks(RegisterImporter):
    label = "Links between schools"
    purpose = "Predecessors and successors: which school took over from which."
    paragraphs = (
        "Download “Establishment links CSV” from Get Information about Schools. Lines about schools that are not held here "
        "are passed over, so load the schools first.",
    )
    position = 30
    tables = ("school_link",)
    words: ClassVar = {
        "school": "URN",
        "kind": "Kind",
        "linked_urn": "Linked school",
        "linked_name": "Its name",
        "established_on": "Since",
    }
    sheets = (
        Sheet(
            (
                Column(URN, "The school", example="990001"),
                Column(OTHER, "The school it is linked with", example="990050"),
                Column(NAME, "Its name", required=False, example="Hartwell Infant School"),
                Column(KIND, "As “Successor” or “Predecessor - merged”", example="Predecessor"),
                Column(DAY, "Day-month-year", required=False, example="01-09-2015"),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found = Gathered()
        names = {key: values["name"] for (_, key), values in registers.current(["school"]).items()}
        for row in table:
            urn, other = row.number_in(URN, required=True), row.number_in(OTHER, required=True)
            if not row.faults and str(urn) not in names:
                row.leave_out()
                continue
            kind, name, day = row.text(KIND, required=True, longest=60), row.text(NAME, longest=160), row.day(DAY)
            refuse_bars(row, KIND)
            if not row.faults:
                values = {"linked_name": name, "established_on": registers.plain(day)}
                key = registers.key_of(urn, other, kind)
                label = f"{names[str(urn)]}: {kind.lower()} {name or other}"
                new = {"school": urn, "linked_urn": other, "kind": kind}
                found.add(Record("school_link", key, label, row, values, new), column=URN)
        return list(found)
