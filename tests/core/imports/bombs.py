"""Workbooks made to hurt. Each maker writes one file; all must be refused with a sentence."""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
MEGABYTE = 1024 * 1024
BOMBS: dict[str, Callable[[Path], None]] = {}


def bomb(maker: Callable[[Path], None]) -> Callable[[Path], None]:
    BOMBS[maker.__name__.replace("_", " ")] = maker
    return maker


def good(path: Path) -> None:
    """A plain workbook that is read."""
    book = Workbook()
    book.active.append(["Code", "Name"])
    book.active.append(["E07000105", "Ashford"])
    book.save(path)


def with_parts(path: Path, **parts: bytes) -> None:
    """A good workbook with some parts replaced or added; / in names is written as __, dots as _dot_."""
    good(path)
    with zipfile.ZipFile(path) as packed:
        found = {part.filename: packed.read(part) for part in packed.infolist()}
    found |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in found.items():
            packed.writestr(name, content)


def sheet_of(rows: str) -> bytes:
    return f"{SHEET}{rows}</sheetData></worksheet>".encode()


@bomb
def a_sheet_of_nothing_three_hundred_megabytes_long(path):
    with_parts(path, xl__worksheets__sheet1_dot_xml=b" " * 300 * MEGABYTE)


@bomb
def words_repeated_beyond_reason(path):
    words = b"<si><t>" + b"spam" * 8_000 + b"</t></si>"
    with_parts(path, xl__sharedStrings_dot_xml=b"<sst>" + words * 1_500 + b"</sst>")


@bomb
def half_a_minute_of_cells(path):
    made = random.Random(1)
    row = "".join(f'<c r="A1"><v>{made.random()}</v></c>' for _ in range(20_000))
    with_parts(path, xl__worksheets__sheet1_dot_xml=sheet_of(f"<row>{row}</row>" * 60))


@bomb
def a_thousand_and_one_entries(path):
    with_parts(path, **{f"xl__noise{number}": b"x" for number in range(1_001)})


@bomb
def seventy_thousand_entries(path):
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(70_000):
            packed.writestr(f"{number}", b"")


@bomb
def a_packed_file_in_a_packed_file(path):
    good(path)
    inner = path.read_bytes()
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("inner.xlsx", inner)


@bomb
def sizes_that_lie(path):
    with_parts(path, xl__worksheets__sheet1_dot_xml=sheet_of("<row><c><v>1</v></c></row>" * 2_000_000))
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02", 0, content.find(b"xl/worksheets/sheet1.xml", content.find(b"PK\x01\x02")))
    content[at + 24 : at + 28] = struct.pack("<I", 400)
    path.write_bytes(content)


@bomb
def a_billion_laughs(path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + SHEET
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    with_parts(path, xl__worksheets__sheet1_dot_xml=(text + rows).encode())


@bomb
def an_entity_from_elsewhere(path):
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{BOOK}'
    with_parts(path, xl__workbook_dot_xml=text.encode())


@bomb
def an_entity_in_utf_16(path):
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "ha">]><sst/>'
    with_parts(path, xl__sharedStrings_dot_xml=text.encode("utf-16"))


@bomb
def a_row_at_the_end_of_the_world(path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with_parts(path, xl__worksheets__sheet1_dot_xml=sheet_of(rows))


@bomb
def one_long_word_everywhere(path):
    word = b"<si><t>" + bytes(random.Random(2).choices(b"abcdefghij", k=400_000)) + b"</t></si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_000))
    with_parts(
        path,
        xl__sharedStrings_dot_xml=b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + word
        + b"</sst>",
        xl__worksheets__sheet1_dot_xml=sheet_of(cells),
    )


@bomb
def forty_megabytes_of_styles(path):
    made = random.Random(3)
    styles = "".join(f'<xf numFmtId="{made.randrange(10**9)}"/>' for _ in range(200_000))
    with_parts(path, xl__styles_dot_xml=f"<styleSheet>{styles}</styleSheet>".encode())


@bomb
def a_hundred_thousand_sheets(path):
    made = random.Random(4)
    sheets = "".join(f'<sheet name="{made.randrange(10**9)}" sheetId="{n}"/>' for n in range(100_000))
    with_parts(path, xl__workbook_dot_xml=BOOK.replace("<sheets>", f"<sheets>{sheets}").encode())


@bomb
def macros(path):
    with_parts(path, xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0")


@bomb
def a_password(path):
    good(path)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)


@bomb
def a_file_cut_off(path):
    good(path)
    path.write_bytes(path.read_bytes()[:-200])


@bomb
def a_file_of_four_letters(path):
    path.write_bytes(b"PK\x03\x04")


@bomb
def a_letter_from_word(path):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("word/document.xml", "<document/>")


@bomb
def noise_with_a_good_end(path):
    good(path)
    content = path.read_bytes()
    path.write_bytes(content[:4] + random.Random(5).randbytes(50_000) + content[-60:])


@bomb
def parts_that_are_not_xml(path):
    with_parts(path, xl__workbook_dot_xml=b"not xml at all", xl__styles_dot_xml=b"<<<<")


@bomb
def a_heading_nobody_can_see_the_end_of(path):
    good(path)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(content)
