"""CSV as it comes: UTF-8 with or without a mark or Windows-1252, commas, semicolons or tabs, any line ends."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.imports.tables import Column, Unreadable, fold, heading

CHUNK = 1 << 20
DELIMITERS = ",;\t|"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LOOKS_LIKE = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (XLS)",
    b"\x1f\x8b": "a packed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


@dataclass(frozen=True, slots=True)
class Text:
    """How a file is to be read, and how many lines it has."""

    encoding: str
    lines: int


def look(path: Path) -> Text:
    """Find the encoding in one pass. Raises Unreadable for what is no text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, utf8, marked = 1, True, False
    with path.open("rb") as file:
        refuse_other_kinds(file.read(16))
        file.seek(0)
        while chunk := file.read(CHUNK):
            if (at := chunk.find(b"\x00")) >= 0:
                line = lines + chunk[:at].count(b"\n")
                raise Unreadable(f"Line {line} holds a zero byte, so this is not a text file or it was damaged.")
            marked = marked or (lines == 1 and chunk.startswith(codecs.BOM_UTF8))
            utf8 = utf8 and _decodes(decoder, chunk)
            if not utf8 and not marked:
                _refuse_unknown_letters(chunk, lines)
            lines += chunk.count(b"\n")
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    if marked and not utf8:
        raise Unreadable("The file says that it is UTF-8 but holds bytes that are not. It was damaged on its way.")
    return Text("utf-8-sig" if utf8 else "cp1252", lines)


def refuse_other_kinds(start: bytes) -> None:
    """Refuse what is plainly another kind of file, whatever it is called. Raises Unreadable."""
    if not start.strip():
        raise Unreadable("The file is empty.")
    if start.startswith(UTF16_MARKS):
        raise Unreadable("The file is saved as “Unicode text” (UTF-16). Save it again as “CSV UTF-8”.")
    for mark, kind in LOOKS_LIKE.items():
        if start.startswith(mark):
            raise Unreadable(f"This is not a CSV file but {kind}. Save it as CSV and upload that.")


def lines_of(path: Path, text: Text, columns: tuple[Column, ...]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header, and (line number, cells) of what follows. Raises Unreadable where quotation marks do not match."""
    reader = _read(path, text.encoding, _delimiter(path, text.encoding, columns))
    for _number, header in reader:
        if any(fold(cell) for cell in header):
            return header, reader
    raise Unreadable("The file is empty.")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_unknown_letters(chunk: bytes, lines: int) -> None:
    try:
        chunk.decode("cp1252")
    except UnicodeDecodeError as error:
        line = lines + chunk[: error.start].count(b"\n")
        raise Unreadable(
            f"Line {line} holds letters that are neither UTF-8 nor Windows-1252. Save the file again as “CSV UTF-8”."
        ) from None


def _delimiter(path: Path, encoding: str, columns: tuple[Column, ...]) -> str:
    """The mark under which the header shows most of the columns we look for, or else most cells."""
    wanted = {name for column in columns for name in column.headings}

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            header = next((cells for _, cells in _read(path, encoding, delimiter) if any(cells)), [])
        except Unreadable:
            return (0, 0)
        return (sum(heading(cell) in wanted for cell in header), len(header))

    return max(DELIMITERS, key=fit)


def _read(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begins = 1
        try:
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(_said(begins, error)) from None


def _said(line: int, error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"Line {line} holds a cell of more than {csv.field_size_limit():,} characters."
    return f"Line {line} cannot be read: its quotation marks do not match. Is the file cut off?"
