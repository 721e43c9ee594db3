"""A sheet as an importer sees it: named columns, rows of text, and a fault with its sentence wherever a cell is wrong."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from core.forms import parsing

MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_FAULTY = 2_000
DAYS = (
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII),
)
WHOLE = re.compile(r"(\d{1,15})(?:\.0+)?", re.ASCII)


class Unreadable(Exception):
    """The whole file is refused; the message is the sentence the person reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column an importer reads. `aliases` are other headings for the same thing; `meaning` is shown before uploading."""

    name: str
    meaning: str = ""
    required: bool = True
    aliases: tuple[str, ...] = ()
    example: str = ""

    @property
    def headings(self) -> list[str]:
        """Every heading it may stand under, as `heading` folds them."""
        return [heading(name) for name in (self.name, *self.aliases)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file must hold. `title` names a sheet of a workbook; empty takes the first one, or the CSV file itself."""

    columns: tuple[Column, ...]
    title: str = ""


@dataclass(slots=True)
class Row:
    """One line. Getters give None (or an empty text) for what is blank or wrong; what is wrong is also noted as a fault."""

    number: int
    cells: Mapping[str, str]
    table: "Table" = field(repr=False)
    faults: list[dict[str, str]] = field(default_factory=list)

    def text(self, column: str, *, required: bool = False, longest: int | None = None) -> str:
        """The words of a cell, blanks folded to one. Unseen characters and more than `longest` are faults."""
        found = fold("".join(char for char in self.cells.get(column, "") if unicodedata.category(char) != "Cf"))
        if any(unicodedata.category(char) == "Cc" for char in found):
            self.fault(column, f"{column} holds a character that cannot be shown. Type the words again.")
            return ""
        if required and not found:
            self.fault(column, f"{column} is empty. Fill it in.")
        if longest and len(found) > longest:
            self.fault(column, f"{column} has {len(found)} characters. The most is {longest}.")
            return ""
        return found

    def number_in(self, column: str, *, required: bool = False, most: int = 2_147_483_647) -> int | None:
        """A whole number of nothing or more."""
        words = self.text(column, required=required)
        if not words:
            return None
        found = WHOLE.fullmatch(words)
        if not found or int(found[1]) > most:
            self._wrong(column, f"is “{short(words)}”. Write a whole number up to {most:,}, in figures only.")
            return None
        return int(found[1])

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A date as 24-11-2026, 24/11/2026, 2026-11-24 or 20261124."""
        words = self.text(column, required=required)
        for form in DAYS:
            if found := form.fullmatch(words):
                try:
                    return date(int(found["year"]), int(found["month"]), int(found["day"]))
                except ValueError:
                    break
        if words:
            self._wrong(column, f"is “{short(words)}”, which is not a date. Write it like 24-11-2026.")
        return None

    def pounds(self, column: str, *, required: bool = False, most: Decimal = Decimal("9999999.99")) -> Decimal | None:
        """Pounds and pence, as £1,250.50 or 1250.50."""
        words = self.text(column, required=required)
        if not words:
            return None
        try:
            return parsing.money(words, most=most)
        except ValidationError as error:
            self._wrong(column, f"is “{short(words)}”. {error.messages[0]}.")
            return None

    def choice(self, column: str, options: Mapping[str, str], *, required: bool = False) -> str | None:
        """One of a few words; `options` goes from the word in the file (small letters) to what we call it."""
        words = self.text(column, required=required)
        if not words:
            return None
        found = options.get(words.casefold())
        if found is None:
            said = ", ".join(dict.fromkeys(options))
            self._wrong(column, f"is “{short(words)}”. It must be one of: {said}.")
        return found

    def fault(self, column: str, sentence: str) -> None:
        """Note what is wrong in a cell (or in the whole line, with an empty column)."""
        fault = {"column": column, "value": short(self.cells.get(column, "")), "sentence": sentence}
        if fault not in self.faults:
            self.faults.append(fault)
            self.table.note_faulty(self)

    def leave_out(self) -> None:
        """This line is none of our business (another council's school): counted, not shown."""
        self.table.left_out += 1

    def _wrong(self, column: str, ending: str) -> None:
        self.fault(column, f"{column} {ending}")


class Table:
    """One sheet. Iterate once to get its rows; `faulty` holds those with faults, `left_out` how many were passed over."""

    def __init__(
        self,
        sheet: Sheet,
        header: Sequence[str],
        lines: Iterable[tuple[int, list[str]]],
        *,
        tick: Callable[[int], None] | None = None,
    ) -> None:
        self.faulty: dict[int, Row] = {}
        self.left_out = 0
        self.file_name = ""  # as the person's file was called; some publishers say the year nowhere else
        self.width = len(header)
        self._lines, self._tick = lines, tick or (lambda _line: None)
        self._places = match_columns(sheet, header)

    def has(self, column: str) -> bool:
        """Whether the file has this column at all; a column that is missing leaves what is there alone."""
        return column in self._places

    def __iter__(self) -> Iterator[Row]:
        for count, (number, cells) in enumerate(self._lines, start=1):
            if count > MOST_ROWS:
                raise Unreadable(
                    f"The file has more than {MOST_ROWS:,} lines, which is the most that can be read at once."
                )
            self._tick(number)
            if not any(cell.strip() for cell in cells):
                continue
            if self._is_ragged(number, cells):
                continue
            yield Row(number, {name: cells[place] for name, place in self._places.items()}, self)

    def note_faulty(self, row: Row) -> None:
        """Remember a row with faults. Raises Unreadable when there are so many that the file must be the wrong one."""
        self.faulty[row.number] = row
        if len(self.faulty) > MOST_FAULTY:
            first = next(iter(self.faulty.values()))
            raise Unreadable(
                f"More than {MOST_FAULTY:,} lines have faults. The first is on line {first.number}: "
                f"{first.faults[0]['sentence']} Check that this is the right file."
            )

    def _is_ragged(self, number: int, cells: list[str]) -> bool:
        if len(cells) == self.width or (len(cells) > self.width and not any(cells[self.width :])):
            return False
        row = Row(number, {}, self)
        row.fault(
            "", f"This line has {len(cells)} cells and the heading has {self.width}. Is the file cut off or shifted?"
        )
        return True


def match_columns(sheet: Sheet, header: Sequence[str]) -> dict[str, int]:
    """Where each column we read stands. Raises Unreadable when one is missing or stands there twice."""
    if len(header) > MOST_COLUMNS:
        raise Unreadable(f"The file has {len(header):,} columns. The most is {MOST_COLUMNS}.")
    names = [heading(name) for name in header]
    places: dict[str, int] = {}
    for column in sheet.columns:
        wanted = column.headings
        found = [place for place, name in enumerate(names) if name in wanted]
        if len(found) > 1:
            raise Unreadable(f"The file has {len(found)} columns for {column.name}. Delete all but one of them.")
        if found:
            places[column.name] = found[0]
    missing = [column.name for column in sheet.columns if column.required and column.name not in places]
    if missing:
        raise Unreadable(f"The file has no {_listed(missing)}. Columns found: {_found(header)}.")
    return places


def fold(text: str) -> str:
    """Blanks and line breaks of every kind become one space; a byte order mark goes."""
    return " ".join(text.replace("\ufeff", "").split())


def heading(text: str) -> str:
    """A heading for comparing: small letters, and no matter whether words are parted by spaces, line breaks or _."""
    return fold(text.replace("_", " ")).casefold()


def short(text: str, most: int = 80) -> str:
    """The beginning of a long cell."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _listed(names: list[str]) -> str:
    return f"column {names[0]}" if len(names) == 1 else f"columns {', '.join(names[:-1])} and {names[-1]}"


def _found(header: Sequence[str]) -> str:
    shown = [short(fold(name), 40) for name in header if fold(name)]
    more = f" and {len(shown) - 30} more" if len(shown) > 30 else ""
    return (", ".join(shown[:30]) + more) or "none"
