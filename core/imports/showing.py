"""Rows of a preview as a person reads them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.formats import short_date
from core.imports.base import Importer
from core.imports.permissions import changes_in
from core.models import ImportRow, ImportRun

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: `details` are (column, before, after) in words."""

    line: int
    label: str
    details: list[tuple[str, str, str]]
    faults: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of change with how many there are."""

    change: str
    name: str
    count: int

    @property
    def text(self) -> str:
        return f"{self.name} ({self.count:,})"

    @property
    def href(self) -> str:
        return f"?show={self.change}"


def rows(found: Iterable[ImportRow], importer: Importer) -> list[Shown]:
    """What each row says."""
    return [Shown(row.line, row.label, _details(row, importer), row.faults) for row in found]


def tabs(run: ImportRun) -> list[Tab]:
    """The kinds of change that occur, what needs a person first."""
    order = (
        (ImportRow.Change.FAULTY, "Faults"),
        (ImportRow.Change.ADDED, "To add"),
        (ImportRow.Change.CHANGED, "To change"),
        (ImportRow.Change.CLOSED, "To close"),
        (ImportRow.Change.SAME, "The same"),
    )
    done = run.state in (ImportRun.State.DONE, ImportRun.State.UNDONE)
    past = {"To add": "Added", "To change": "Changed", "To close": "Closed"} if done else {}
    found = [Tab(str(change), past.get(name, name), run.counts.get(str(change), 0)) for change, name in order]
    return [tab for tab in found if tab.count]


def summary(run: ImportRun) -> str:
    """One line for a list: "3 added, 2 changed"; "no changes" when there is nothing to do."""
    words = [("added", "added"), ("changed", "changed"), ("closed", "closed"), ("faulty", "with faults")]
    parts = [f"{run.counts[key]:,} {word}" for key, word in words if run.counts.get(key)]
    if parts:
        return ", ".join(parts)
    return "no changes" if run.counts else ""


def state(run: ImportRun) -> tuple[str, str]:
    """(words, tone) of the run's tag. A file that was read says what it waits for."""
    if run.state == ImportRun.State.READY and run.counts.get("faulty"):
        return "Faults to mend", "alert"
    if run.state == ImportRun.State.READY and not changes_in(run):
        return "No changes", "todo"
    return run.get_state_display(), run.tone


def outcome(run: ImportRun) -> tuple[str, str]:
    """(subject, text) of the notice about a run that has ended."""
    if run.state == ImportRun.State.DONE:
        return f"Import finished: {run.original_name}", f"The file was loaded: {summary(run)}."
    return f"Import not loaded: {run.original_name}", run.sentence


def words(value: Any) -> str:
    """A value in words; what is blank says so."""
    if value is None or value == "":
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and ISO.fullmatch(value):
        return short_date(date.fromisoformat(value))
    return str(value)


def _details(row: ImportRow, importer: Importer) -> list[tuple[str, str, str]]:
    before, after = row.before or {}, row.after or {}

    def written(name: str, values: dict[str, Any]) -> str:
        value, write = values.get(name), importer.written.get(name)
        return words(value) if write is None or value in (None, "") else write(value)

    order = {name: place for place, name in enumerate(importer.words)}
    names = sorted(after, key=lambda name: (order.get(name, len(order)), name))
    shown = [name for name in names if row.change != ImportRow.Change.ADDED or after[name] not in (None, "")]
    return [(importer.word(name), written(name, before), written(name, after)) for name in shown]
