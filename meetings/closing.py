"""The register through which apps above take part in closing a meeting. Filled from `<app>/closers.py` at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from meetings.models import AgendaItem, Meeting

# What the address of a page where an open matter is settled ends with: that page leads back to closing.
FROM_CLOSING = "?from=close"


@dataclass(frozen=True, slots=True)
class Open:
    """Something that stands in the way of closing: a sentence, and the page where it is settled (with FROM_CLOSING when
    it leads back).
    """

    sentence: str
    link: str


class Typed(str):
    """A minute line with somebody's own words in it: not for the board, nor for a shared screen."""

    __slots__ = ()


BeforeClose = Callable[[Meeting], Iterable[Open]]
AtClose = Callable[[Meeting, User, datetime], None]
MinuteLines = Callable[[AgendaItem], list[str]]
BEFORE_CLOSE: list[BeforeClose] = []
AT_CLOSE: list[AtClose] = []
MINUTE_LINES: dict[str, MinuteLines] = {}


def before_close(function: BeforeClose) -> BeforeClose:
    """Register what must be settled first: `(meeting)` in, what is still open out. It reads and never writes."""
    BEFORE_CLOSE.append(function)
    return function


def at_close(function: AtClose) -> AtClose:
    """Register what is written when a meeting closes: `(meeting, by, now)`, inside the closing transaction."""
    AT_CLOSE.append(function)
    return function


def minute_lines(kind: str) -> Callable[[MinuteLines], MinuteLines]:
    """Register the fixed phrases for items of a kind: `(item)` in, lines for the minutes out, from records alone. A line
    that repeats what somebody typed is `Typed`.
    """

    def register(function: MinuteLines) -> MinuteLines:
        if kind in MINUTE_LINES:
            raise ValueError(f"items of kind {kind} have minute lines already")
        MINUTE_LINES[kind] = function
        return function

    return register


def still_open(meeting: Meeting) -> list[Open]:
    """Everything that stands in the way of closing this meeting."""
    return [found for function in BEFORE_CLOSE for found in function(meeting)]


def write_all(meeting: Meeting, by: User, now: datetime) -> None:
    """Let every app write what closing means to it. Call inside the closing transaction."""
    for function in AT_CLOSE:
        function(meeting, by, now)


def lines_of(item: AgendaItem) -> list[str]:
    """The fixed phrases for one item; empty when its kind has none."""
    function = MINUTE_LINES.get(item.kind)
    return function(item) if function else []
