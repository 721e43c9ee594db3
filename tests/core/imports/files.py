"""Made-up importers and files for testing the framework itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from communities.models import District
from core.imports import CannotUndo, Change, Column, Importer, Record, Sheet, Table
from core.imports.base import Gathered, compare
from core.imports.tables import Table as _Table
from core.verdicts import YES, Verdict

SHEET = Sheet((Column("Code"), Column("Name"), Column("Size", required=False)))


class Districts(Importer):
    """Loads names of districts by code; anybody may. Not registered: tests do that for as long as they need it."""

    kind = "made-up"
    label = "Made-up districts"
    purpose = "Names of districts."
    accepts = (".csv", ".xlsx")
    sheets = (SHEET,)

    def may(self, person: Any) -> Verdict:
        return YES

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found = Gathered()
        for row in table:
            code, name = row.text("Code", required=True, longest=9), row.text("Name", required=True)
            if not row.faults:
                found.add(Record("district", code, name, row, {"name": name}), column="Code")
        return list(found)

    def plan(self, records: list[Record]) -> Iterable[Change]:
        there = {("district", district.code): {"name": district.name} for district in District.objects.all()}
        return compare(records, there)

    def apply(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        for change in changes:
            District.objects.update_or_create(code=change.key, defaults={"name": (change.after or {})["name"]})

    def undo(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        for change in changes:
            found = District.objects.filter(code=change.key, name=(change.after or {})["name"])
            if not found.exists():
                raise CannotUndo(f"{change.label} was changed after this import.")
            if change.before is None:
                found.delete()
            else:
                found.update(**change.before)


def csv_file(text: str | bytes, name: str = "districts.csv") -> ContentFile:
    """A file as a browser sends it."""
    return ContentFile(text.encode() if isinstance(text, str) else text, name=name)


def table_of(*lines: dict[str, str], columns: Sequence[str] = ("Code", "Name", "Size")) -> Table:
    """A table with these cells, as if it had been read."""
    cells = [[line.get(column, "") for column in columns] for line in lines]
    sheet = Sheet(tuple(Column(column, required=False) for column in columns))
    return _Table(sheet, columns, list(enumerate(cells, start=2)))
