"""XLSX from outside: its table of contents is checked first, then a child with little memory and time reads it.

A 297 KB workbook can drive the reader to 600 MB and a 5 MB one to half a minute, so neither happens in our process.
"""

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

from core.imports.tables import MOST_COLUMNS, MOST_ROWS, Unreadable

MOST_ENTRIES = 1_000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_DIRECTORY = 256 * 1024
MOST_SIDE_PARTS = 2 * 1024 * 1024
SMALL = 64 * 1024
SECONDS = 30
END, END_SIZE = b"PK\x05\x06", 22
CHILD = Path(__file__).with_name("workbook_child.py")
NOT_ONE = "This is not an XLSX workbook. Save it as “Excel workbook (.xlsx)” and upload that."
TOO_BIG = "The workbook unpacks to more than is safe to read. Keep only the sheet that is needed and save it again."
TOO_SLOW = "The workbook could not be read within half a minute. Save the sheet as CSV, or in a new workbook."


def refuse_bomb(path: Path) -> None:
    """Look at the central directory only. Raises Unreadable for what is no workbook or would unpack to too much."""
    _refuse_odd_directory(path)
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable(NOT_ONE) from error
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Unreadable(NOT_ONE)
    if "xl/vbaProject.bin" in names or any(part.flag_bits & 1 for part in parts):
        raise Unreadable("The workbook holds macros or a password. Save it as a plain “Excel workbook (.xlsx)”.")
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(_is_swollen(part) for part in parts):
        raise Unreadable(TOO_BIG)
    if sum(part.file_size for part in parts if _is_side_part(part)) > MOST_SIDE_PARTS:
        raise Unreadable(TOO_BIG)


def unpack(path: Path, titles: list[str], into: Path) -> list[Path]:
    """The wanted sheets as CSV files (an empty title is the first sheet). Raises Unreadable with a sentence."""
    refuse_bomb(path)
    order = json.dumps({"titles": titles, "rows": MOST_ROWS, "columns": MOST_COLUMNS})
    try:
        done = subprocess.run(  # noqa: S603 -- our own script, by its own path, with no words from outside
            [sys.executable, "-I", str(CHILD), str(path), str(into), order],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=SECONDS, check=False,
        )  # fmt: skip
        answer = json.loads(done.stdout or b"{}")
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_SLOW) from None
    except ValueError:
        raise Unreadable(TOO_BIG) from None
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    if done.returncode or "sheets" not in answer:
        raise Unreadable(TOO_SLOW if done.returncode in (-9, -24) else TOO_BIG)
    return [into / name for name in answer["sheets"]]


def _refuse_odd_directory(path: Path) -> None:
    """Before anything lists the contents: a directory of a million entries is itself a bomb."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise Unreadable(NOT_ONE)
        file.seek(max(0, size - 65_536 - END_SIZE))
        tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Unreadable("The workbook is cut off or damaged. Download or save it again.")
    entries, directory = struct.unpack("<H I", tail[at + 10 : at + 16])
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY:
        raise Unreadable(TOO_BIG)


def _is_swollen(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)


def _is_side_part(part: zipfile.ZipInfo) -> bool:
    big = ("xl/worksheets/", "xl/sharedStrings", "xl/media/")
    return part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(big)
