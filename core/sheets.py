"""Tables as CSV and XLSX that a spreadsheet opens as plain words and figures, never as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

Cell = str | int | Decimal | date | None
Row = Sequence[Cell]
# What Excel, LibreOffice and Google Sheets take for a formula, in the narrow and in the full-width form.
STARTS_A_FORMULA = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would otherwise calculate it."""
    return f"'{text}" if STARTS_A_FORMULA.search(text) else text


def as_csv(header: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel shows pounds and accents right. Figures are exact; words harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([_in_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Row, rows: Iterable[Row]) -> bytes:
    """One sheet. Words are typed as words, whatever they begin with; pounds keep their pence."""
    from openpyxl import Workbook  # noqa: PLC0415 -- slow to import: only where a sheet is made
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "Sheet")
    sheet.freeze_panes = "A2"
    for number, row in enumerate((header, *rows)):
        cells = []
        for value in row:
            plain: Any = NOT_IN_XML.sub("", value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=plain)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, Decimal):
                cell.number_format = "#,##0.00"
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def download(*, name: str, kind: str, header: Row, rows: Iterable[Row]) -> HttpResponse:
    """A file to keep. `kind` is "csv" or "xlsx"; the file is called after `name`."""
    body = as_xlsx(name, header, rows) if kind == "xlsx" else as_csv(header, rows)
    headers = {"Content-Disposition": f'attachment; filename="{slugify(name)}.{kind}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=XLSX if kind == "xlsx" else CSV, headers=headers)


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)
