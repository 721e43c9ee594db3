"""Files for a spreadsheet: words stay words, whatever they begin with."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.sheets import as_csv, as_xlsx
from scripts.places import ROOT

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)",
    '=HYPERLINK("http://example.invalid","here")', "=cmd|' /C calc'!A0",
]  # fmt: skip


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(typed):
    header, row = csv.reader(io.StringIO(as_csv(["What"], [[typed]]).decode("utf-8-sig"), newline=""))

    assert (header, row) == (["What"], [f"'{typed}"])


@pytest.mark.parametrize("typed", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(typed):
    cell = load_workbook(io.BytesIO(as_xlsx("Sheet", ["What"], [[typed]]))).active["A2"]

    assert (cell.data_type, cell.value.split()) == ("s", typed.split())


def test_every_file_we_give_away_is_made_there():
    makers = {
        str(path.relative_to(ROOT))
        for folder in ("accounts", "communities", "core", "dashboards", "funding", "meetings", "provision")
        for path in Path(ROOT, folder).rglob("*.py")
        if any(maker in path.read_text() for maker in ("csv.writer(", "Workbook("))
    }

    # The child writes what it read for our own importer; the sample county writes files for the demo's own disk.
    assert makers == {"core/sheets.py", "core/imports/workbook_child.py", "dashboards/sample/files.py"}
