"""What an importer is, and the register of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from core.imports.tables import Row, Sheet, Table
from core.models import ImportRow
from core.verdicts import Verdict

Values = dict[str, Any]
IMPORTERS: dict[str, "Importer"] = {}
T = TypeVar("T", bound="type[Importer]")


class CannotUndo(Exception):
    """What was loaded cannot be taken back; the message is the sentence the person reads."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the file says about one thing. `values` holds only the columns the file speaks about, JSON-ready.

    `new` adds what is needed when the thing does not exist yet. `row` is where faults found later are noted.
    """

    table: str
    key: str
    label: str
    row: Row
    values: Values
    new: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to one thing. `before` and `after` hold the columns that differ; all of them for what is added."""

    change: str
    table: str
    key: str
    label: str
    line: int
    before: Values | None = None
    after: Values | None = None


class Importer:
    """Subclass, give the class attributes and the five methods, and register with @importer("kind").

    `purpose` is one line for the list. `paragraphs` say where the file comes from and what loading it does. `words` names
    columns as a person calls them in the preview, and `written` how it shows the value of one: pounds, counts.
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str]
    purpose: ClassVar[str]
    paragraphs: ClassVar[tuple[str, ...]] = ()
    accepts: ClassVar[tuple[str, ...]] = (".csv",)
    most_bytes: ClassVar[int] = 100 * 1024 * 1024
    position: ClassVar[int] = 100
    sheets: ClassVar[tuple[Sheet, ...]]
    words: ClassVar[Mapping[str, str]] = {}
    written: ClassVar[Mapping[str, Callable[[Any], str]]] = {}

    def may(self, person: Any) -> Verdict:
        """Who may load this kind of file, and see what was loaded."""
        raise NotImplementedError

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        """Understand each line; note faults on its row. Raises Unreadable when the whole file is wrong."""
        raise NotImplementedError

    def plan(self, records: list[Record]) -> Iterable[Change]:
        """Compare with the database. May note more faults on rows. Reads only; the same file and database give the same."""
        raise NotImplementedError

    def lock(self) -> None:
        """Hold the rows `plan` reads until the transaction ends: called before the comparison is made again on loading."""

    def apply(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        """Carry out what was confirmed, through services, in the caller's transaction. None is `same`."""
        raise NotImplementedError

    def undo(self, changes: Sequence[Change], *, by: Any, now: datetime) -> None:
        """Put back what `apply` changed, in the caller's transaction. Raises CannotUndo."""
        raise NotImplementedError

    def word(self, column: str) -> str:
        """What a person calls a column."""
        return self.words.get(column) or column.replace("_", " ").capitalize()


def importer(kind: str) -> Callable[[T], T]:
    """Register the one importer of a kind; `kind` stands in addresses, as "schools"."""

    def register(cls: T) -> T:
        if kind in IMPORTERS:
            raise ValueError(f"{kind} has an importer already")
        cls.kind = kind
        IMPORTERS[kind] = cls()
        return cls

    return register


def with_kind(kind: str) -> Importer | None:
    """The importer of a kind, or None."""
    return IMPORTERS.get(kind)


def everything() -> list[Importer]:
    """All importers, in the order in which a new county would use them."""
    return sorted(IMPORTERS.values(), key=lambda found: (found.position, found.kind))


class Gathered:
    """Collects records and notices when two lines speak about one thing."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Record] = {}

    def __iter__(self) -> Any:
        return iter(self._found.values())

    def add(self, record: Record, *, column: str, repeats: bool = False) -> None:
        """Keep a record. A second one with the same key is a fault in `column`, unless it `repeats` the same words."""
        first = self._found.setdefault((record.table, record.key), record)
        if first is record or (repeats and first.values == record.values):
            return
        ending = "says something else about it" if repeats else "says so already"
        record.row.fault(column, f"{record.label}: line {first.row.number} {ending}. Each may stand in the file once.")


def compare(
    records: Iterable[Record],
    current: Mapping[tuple[str, str], Values],
    *,
    closes: Callable[[str, Values, Values], bool] = lambda _table, _before, _after: False,
) -> list[Change]:
    """The change each record makes. `current` holds what is there by (table, key); `closes(table, before, after)` says
    whether a change ends the thing.
    """
    changes = []
    for record in records:
        there = current.get((record.table, record.key))
        about = (record.table, record.key, record.label, record.row.number)
        if there is None:
            changes.append(Change(ImportRow.Change.ADDED, *about, None, {**record.new, **record.values}))
            continue
        after = {name: value for name, value in record.values.items() if there[name] != value}
        before = {name: there[name] for name in after}
        if not after:
            changes.append(Change(ImportRow.Change.SAME, *about))
        elif closes(record.table, before, after):
            changes.append(Change(ImportRow.Change.CLOSED, *about, before, after))
        else:
            changes.append(Change(ImportRow.Change.CHANGED, *about, before, after))
    return changes
