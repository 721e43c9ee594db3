"""Cells understood, and the sentence where one is not."""

from datetime import date
from decimal import Decimal

import pytest

from core.imports.tables import Column, Sheet, Table, Unreadable
from tests.core.imports.files import table_of


def row_of(text: str):
    (row,) = table_of({"Code": text, "Name": "x"})
    return row


def sentences(row) -> list[str]:
    return [fault["sentence"] for fault in row.faults]


@pytest.mark.parametrize(
    "text", ["24-11-2026", "24/11/2026", "24.11.2026", "2026-11-24", "20261124", "2026-11-24 00:00:00"]
)
def test_dates_are_read_in_every_published_form(text):
    assert row_of(text).day("Code") == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["31-02-2026", "24-11-26", "tomorrow", "2026-13-01", "²4-11-2026", "99991399"])
def test_what_is_no_date_says_how_to_write_one(text):
    row = row_of(text)

    assert row.day("Code") is None
    assert sentences(row) == [f"Code is “{text}”, which is not a date. Write it like 24-11-2026."]


@pytest.mark.parametrize(("text", "number"), [("118229", 118229), ("007", 7), ("12.0", 12), ("", None)])
def test_whole_numbers_are_read(text, number):
    row = row_of(text)

    assert (row.number_in("Code"), row.faults) == (number, [])


@pytest.mark.parametrize("text", ["-1", "1.5", "1e5", "=1+1", "٣", "9999999999", "1 2"])
def test_what_is_no_whole_number_is_a_fault(text):
    row = row_of(text)

    assert row.number_in("Code") is None
    assert sentences(row) == [f"Code is “{text}”. Write a whole number up to 2,147,483,647, in figures only."]


def test_pounds_are_exact():
    assert row_of("£1,250.50").pounds("Code") == Decimal("1250.50")


def test_pounds_that_are_none_say_what_to_do():
    row = row_of("12.345")

    assert row.pounds("Code") is None
    assert sentences(row) == ["Code is “12.345”. Enter pounds and whole pence, like 1250.50."]


def test_a_choice_lists_its_words():
    row = row_of("maybe")

    assert row.choice("Code", {"yes": "y", "no": "n"}) is None
    assert sentences(row) == ["Code is “maybe”. It must be one of: yes, no."]


def test_a_blank_cell_that_is_needed_is_a_fault():
    row = row_of("   ")

    assert row.text("Code", required=True) == ""
    assert sentences(row) == ["Code is empty. Fill it in."]


def test_unseen_characters_are_dropped_or_refused():
    assert row_of("Hart\u202ewell\u200b\u00a0 Primary").text("Code") == "Hartwell Primary"
    bell = row_of("Hart\x07well")
    bell.text("Code")
    assert sentences(bell) == ["Code holds a character that cannot be shown. Type the words again."]


def test_too_long_is_a_fault_with_a_short_quotation():
    row = row_of("x" * 200)

    assert row.text("Code", longest=160) == ""
    assert row.faults[0]["sentence"] == "Code has 200 characters. The most is 160."
    assert len(row.faults[0]["value"]) == 80


def test_asking_twice_notes_a_fault_once():
    row = row_of("x")
    row.day("Code")
    row.day("Code")

    assert len(row.faults) == 1


def test_a_line_with_cells_missing_is_a_fault_and_no_row():
    table = Table(Sheet((Column("Code"),)), ["Code", "Name"], [(2, ["A"]), (3, ["A", "B", ""]), (4, ["A", "B", "C"])])

    assert [row.number for row in table] == [3]
    assert [row.faults[0]["sentence"] for row in table.faulty.values()] == [
        "This line has 1 cells and the heading has 2. Is the file cut off or shifted?",
        "This line has 3 cells and the heading has 2. Is the file cut off or shifted?",
    ]


def test_thousands_of_faults_mean_the_wrong_file():
    table = table_of(*({"Code": "x"} for _ in range(2_001)))

    with pytest.raises(Unreadable) as refused:
        [row.number_in("Code") for row in table]

    assert str(refused.value).startswith("More than 2,000 lines have faults. The first is on line 2: Code is “x”.")
