"""Run as a program of its own: read one XLSX into CSV files under tight limits. Knows nothing of the house.

Arguments: the workbook, the folder to write to, and {"titles", "rows", "columns"} as JSON. Answers one line of JSON:
{"sheets": [file names]} or {"refused": sentence}.
"""

import csv
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MEMORY = 1024**3
SECONDS = 28
MOST_CELLS = 1_000_000
MOST_WRITTEN = 100 * 1024 * 1024
MOST_BLANK_ROWS = 5_000
MOST_LETTERS = 32_767  # Excel's own limit


class Refused(Exception):
    """The message is the sentence the person reads."""


def main(workbook: str, folder: str, order: str) -> dict[str, Any]:
    wanted = json.loads(order)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    refuse_tricks(workbook)

    from openpyxl import load_workbook  # noqa: PLC0415 -- a third of a second: only once the file is worth it

    book = load_workbook(workbook, read_only=True, data_only=True, keep_links=False)
    sheets = {" ".join(sheet.title.split()).casefold(): sheet for sheet in book.worksheets}
    names = []
    for number, title in enumerate(wanted["titles"]):
        sheet = sheets.get(title.casefold()) if title else next(iter(sheets.values()), None)
        if sheet is None:
            found = ", ".join(sheet.title for sheet in book.worksheets) or "none"
            raise Refused(f"The workbook has no sheet {title}. Sheets found: {found[:300]}.")
        names.append(f"{number}.csv")
        write(sheet, Path(folder) / names[-1], wanted)
    return {"sheets": names}


def refuse_tricks(workbook: str) -> None:
    """Entities, and more cells than a register has, are seen without parsing."""
    cells = 0
    with zipfile.ZipFile(workbook) as packed:
        for part in packed.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            content = packed.read(part)
            start = content[:65_536].replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise Refused("The workbook holds instructions (a DOCTYPE) that no spreadsheet needs. It was not read.")
            if part.filename.startswith("xl/worksheets/"):
                cells += content.count(b"<c ") + content.count(b"<c>") + content.count(b":c ")
    if cells > MOST_CELLS:
        raise Refused(
            f"The workbook has more than {MOST_CELLS:,} cells. Keep only the sheet that is needed, or use CSV."
        )


def write(sheet: Any, path: Path, wanted: dict[str, Any]) -> None:
    """One line a row, so that line numbers are those a person sees. Cells beyond the heading are kept only when filled."""
    blank, width = 0, 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        for row in sheet.iter_rows(values_only=True, max_row=wanted["rows"] + 1, max_col=wanted["columns"]):
            cells = [said(value) for value in row]
            filled = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
            width = width or filled
            blank = 0 if filled else blank + 1
            if blank > MOST_BLANK_ROWS:
                raise Refused(
                    f"The sheet {sheet.title[:60]} has thousands of empty rows. Delete them and save it again."
                )
            out.writerow(cells[: max(width, filled)])


def said(value: object) -> str:
    """A cell as a person would type it into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = str(value)
    if len(words) > MOST_LETTERS:
        raise Refused(f"A cell holds more than {MOST_LETTERS:,} characters, which no spreadsheet allows.")
    return " ".join(words.split())


if __name__ == "__main__":
    try:
        answer = main(*sys.argv[1:4])
    except Refused as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "The workbook needs more memory than is safe. Save the sheet that is needed as CSV."}
    except Exception:  # noqa: BLE001 -- whatever a stranger's file does to the reader, the answer is one sentence
        answer = {"refused": "The workbook could not be read. Open it in Excel, save it again and upload that."}
    sys.stdout.write(json.dumps(answer))
