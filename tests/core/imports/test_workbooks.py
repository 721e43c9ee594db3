"""XLSX from strangers: good ones are read, bombs are refused quickly and outside our own memory."""

import resource
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.imports import workbooks
from core.imports.tables import Unreadable
from tests.core.imports.bombs import BOMBS, good


def unpacked(path: Path, tmp_path: Path, titles=("",)) -> list[str]:
    folder = tmp_path / "out"
    folder.mkdir()
    return [part.read_text() for part in workbooks.unpack(path, list(titles), folder)]


def test_a_plain_workbook_is_read(tmp_path):
    good(tmp_path / "good.xlsx")

    assert unpacked(tmp_path / "good.xlsx", tmp_path) == ["Code,Name\nE07000105,Ashford\n"]


def test_cells_are_written_as_a_person_would_type_them(tmp_path):
    from datetime import date, datetime

    book = Workbook()
    book.active.append(["A", "B", "C", "D", "E", "F"])
    book.active.append([date(2026, 9, 1), datetime(2026, 9, 1, 9, 30), 118229.0, 1.5, True, "two\nlines"])  # noqa: DTZ001
    book.save(tmp_path / "cells.xlsx")

    assert unpacked(tmp_path / "cells.xlsx", tmp_path) == [
        "A,B,C,D,E,F\n2026-09-01,2026-09-01 09:30:00,118229,1.5,True,two lines\n"
    ]


def test_sheets_are_found_by_name_and_a_missing_one_is_named(tmp_path):
    book = Workbook()
    book.active.title = "First"
    book.create_sheet("PCN  Details").append(["x"])
    book.save(tmp_path / "two.xlsx")

    assert unpacked(tmp_path / "two.xlsx", tmp_path, ["pcn details"]) == ["x\n"]
    with pytest.raises(Unreadable) as refused:
        workbooks.unpack(tmp_path / "two.xlsx", ["Other"], tmp_path)
    assert str(refused.value) == "The workbook has no sheet Other. Sheets found: First, PCN  Details."


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_a_second_and_outside_our_memory(name, tmp_path):
    path = tmp_path / "bomb.xlsx"
    BOMBS[name](path)
    _forget_peak()
    before, spent = _peak_kilobytes(), _seconds()

    with pytest.raises(Unreadable) as refused:
        unpacked(path, tmp_path)

    assert str(refused.value).endswith((".", "that."))
    assert _seconds() - spent < 1
    assert _peak_kilobytes() - before < 100 * 1024


def test_there_are_twenty_bombs_and_more():
    assert len(BOMBS) >= 20


def test_a_child_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    good(tmp_path / "good.xlsx")
    monkeypatch.setattr(workbooks, "SECONDS", 0.01)
    began = time.monotonic()

    with pytest.raises(Unreadable) as refused:
        unpacked(tmp_path / "good.xlsx", tmp_path)

    assert str(refused.value) == workbooks.TOO_SLOW
    assert time.monotonic() - began < 5


def _seconds() -> float:
    """Processor time of this process and its children: what a bomb costs, however busy the machine is."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_kilobytes() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
