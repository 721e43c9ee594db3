"""From a stored file to the list of what it would change. Reads only."""

import hashlib
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.imports import text_files, workbooks
from core.imports.base import Change, Importer
from core.imports.tables import Row, Table, Unreadable
from core.models import ImportRow, ImportRun

Tick = Callable[[int, int], None]
DIFFERENT = (ImportRow.Change.ADDED, ImportRow.Change.CHANGED, ImportRow.Change.CLOSED)


@dataclass(frozen=True, slots=True)
class Preview:
    """`changes` in the order of the file; `faulty` lines are in none of them. `digest` is one hash of all of it."""

    changes: list[Change]
    faulty: list[Row]
    left_out: int

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(str(change.change) for change in self.changes)
        found[str(ImportRow.Change.FAULTY)] = len(self.faulty)
        found["left_out"] = self.left_out
        return {key: found[key] for key in (*map(str, ImportRow.Change), "left_out")}

    @property
    def different(self) -> list[Change]:
        """What confirming would do."""
        return [change for change in self.changes if change.change in DIFFERENT]

    @property
    def digest(self) -> str:
        lines = [[str(c.change), c.table, c.key, c.before, c.after] for c in self.changes]
        return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()


@contextmanager
def opened(run: ImportRun, importer: Importer, *, tick: Tick) -> Iterator[list[Table]]:
    """The run's file as tables, each to be read once. What takes long in a workbook happens here, not in a transaction.

    `tick(done, total)` is told about every half second how many lines have been read. Raises Unreadable with a sentence.
    """
    with _local_copy(run) as path, tempfile.TemporaryDirectory() as folder:
        tables = _tables(path, importer, Path(folder), tick)
        for table in tables:
            table.file_name = run.original_name
        yield tables


def compared(importer: Importer, tables: list[Table]) -> Preview:
    """What the tables would change in the database as it is now. Raises Unreadable with a sentence."""
    changes = list(importer.plan(list(importer.read(tables))))
    faulty = [row for table in tables for row in sorted(table.faulty.values(), key=lambda row: row.number)]
    lines = {row.number for row in faulty}
    if faulty and len(tables) > 1:
        changes = []  # line numbers of several sheets overlap; and with a fault nothing can be loaded anyway
    return Preview(
        changes=[change for change in changes if change.line not in lines],
        faulty=faulty,
        left_out=sum(table.left_out for table in tables),
    )


def _tables(path: Path, importer: Importer, folder: Path, tick: Tick) -> list[Table]:
    sheets = importer.sheets
    if path.suffix == ".xlsx":
        parts = workbooks.unpack(path, [sheet.title for sheet in sheets], folder)
    elif len(sheets) == 1:
        parts = [path]
    else:
        raise Unreadable("This needs a workbook with all its sheets, not a single CSV file.")
    texts = [text_files.look(part) for part in parts]
    total, before, tables = sum(text.lines for text in texts), 0, []
    for sheet, part, text in zip(sheets, parts, texts, strict=True):
        header, lines = text_files.lines_of(part, text, sheet.columns)
        tables.append(Table(sheet, header, lines, tick=_clocked(tick, before, total)))
        before += text.lines
    return tables


def _clocked(tick: Tick, before: int, total: int) -> Callable[[int], None]:
    said = [time.monotonic()]

    def told(line: int) -> None:
        if time.monotonic() > said[0] + 0.5:
            said[0] = time.monotonic()
            tick(min(before + line, total), total)

    return told


@contextmanager
def _local_copy(run: ImportRun) -> Iterator[Path]:
    """The file on this machine's disk, wherever the storage keeps it."""
    suffix = Path(str(run.file.name)).suffix
    with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
        with run.file.open("rb") as stored:
            shutil.copyfileobj(stored, copy)
        copy.flush()
        yield Path(copy.name)


def rows_of(run: ImportRun, preview: Preview) -> Iterator[ImportRow]:
    """What is kept of a preview: faulty lines first, then everything else in the order of the file."""
    for position, row in enumerate(preview.faulty):
        yield ImportRow(
            run=run, position=position, line=row.number, change=ImportRow.Change.FAULTY,
            label=_label(row), faults=row.faults,
        )  # fmt: skip
    for position, change in enumerate(preview.changes, start=len(preview.faulty)):
        yield ImportRow(
            run=run, position=position, line=change.line, change=change.change, table=change.table, key=change.key,
            label=change.label[:400], before=change.before, after=change.after,
        )  # fmt: skip


def changes_of(rows: Iterable[ImportRow]) -> list[Change]:
    """The kept rows as changes again."""
    return [Change(row.change, row.table, row.key, row.label, row.line, row.before, row.after) for row in rows]


def _label(row: Row) -> str:
    """The beginning of the line, so that a person recognises it."""
    return ", ".join(filter(None, (cell.strip() for cell in row.cells.values())))[:400] or f"Line {row.number}"
