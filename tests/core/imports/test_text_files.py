"""CSV in every dress it comes in, and what is refused with which words."""

import codecs

import pytest

from core.imports import text_files
from core.imports.tables import Table, Unreadable
from tests.core.imports.files import SHEET

LINES = "Code,Name\r\nE07000105,Café Ashford\r\n"


def read(tmp_path, content: bytes) -> list[tuple[int, str, str]]:
    """(line, code, name) of each row."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    header, lines = text_files.lines_of(path, text_files.look(path), SHEET.columns)
    return [(row.number, row.text("Code"), row.text("Name")) for row in Table(SHEET, header, lines)]


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        codecs.BOM_UTF8 + LINES.encode(),
        LINES.encode("cp1252"),
        LINES.replace("\r\n", "\n").encode(),
        LINES.replace("\r\n", "\r").encode(),
        LINES.replace(",", ";").encode(),
        LINES.replace(",", "\t").encode(),
        LINES.replace("Code", '" CODE\r\n"').replace("Café Ashford", '"Café  Ashford"').encode(),
        LINES.replace("Code,Name", "Name,Code").replace("E07000105,Café Ashford", "Café Ashford,E07000105").encode(),
    ],
    ids=["utf-8", "marked", "windows-1252", "lf", "cr", "semicolons", "tabs", "folded headings", "other order"],
)
def test_the_same_rows_are_read_from_every_dress(tmp_path, content):
    assert [row[1:] for row in read(tmp_path, content)] == [("E07000105", "Café Ashford")]


def test_line_numbers_are_those_of_an_editor(tmp_path):
    content = b'Code,Name\nA,"two\nlines"\n\nB,one line\n'

    assert read(tmp_path, content) == [(2, "A", "two lines"), (5, "B", "one line")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (b"\r\n" * 40, "The file is empty."),
        (b"Code,Name\nA,B\x00C\n", "Line 2 holds a zero byte, so this is not a text file or it was damaged."),
        (LINES.encode("utf-16"), "The file is saved as “Unicode text” (UTF-16). Save it again as “CSV UTF-8”."),
        (b"%PDF-1.7\n", "This is not a CSV file but a PDF. Save it as CSV and upload that."),
        (
            b"\xd0\xcf\x11\xe0 old",
            "This is not a CSV file but an old Excel workbook (XLS). Save it as CSV and upload that.",
        ),
        (
            b"Code,Name\nA,\x81\n",
            "Line 2 holds letters that are neither UTF-8 nor Windows-1252. Save the file again as “CSV UTF-8”.",
        ),
        (
            codecs.BOM_UTF8 + b"Code,Name\nA,\xe9\n",
            "The file says that it is UTF-8 but holds bytes that are not. It was damaged on its way.",
        ),
        (b'Code,Name\nA,"cut of', "Line 2 cannot be read: its quotation marks do not match. Is the file cut off?"),
        (b"Code,Name\nA," + b"x" * 140_000 + b"\n", "Line 2 holds a cell of more than 131,072 characters."),
        (b"Kind,Title\nA,B\n", "The file has no columns Code and Name. Columns found: Kind, Title."),
        (b"Code,Title\nA,B\n", "The file has no column Name. Columns found: Code, Title."),
        (b"Code,Name,code\nA,B,C\n", "The file has 2 columns for Code. Delete all but one of them."),
        (b"Code" + b",x" * 600 + b"\n", "The file has 601 columns. The most is 500."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path, content, sentence):
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, content)

    assert str(refused.value) == sentence


def test_more_than_a_million_lines_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("core.imports.tables.MOST_ROWS", 3)

    with pytest.raises(Unreadable) as refused:
        read(tmp_path, b"Code,Name\n" + b"A,B\n" * 4)

    assert str(refused.value) == "The file has more than 3 lines, which is the most that can be read at once."
