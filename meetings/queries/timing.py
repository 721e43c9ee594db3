"""When each item is expected to come, and whether the meeting has the time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.models import AgendaItem, Meeting
from meetings.queries.recusals import Fact


@dataclass(frozen=True, slots=True)
class Row:
    """An item with the moments it is planned for. `closed` says why this reader may not open it; None when they may."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime
    closed: Fact | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """The whole agenda in time; `over` is how many minutes it runs past the end (0 when it fits), `spare` what is left."""

    rows: list[Row]
    planned: int
    over: int
    spare: int
    ends_at: datetime


def timetable(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    closed: dict[int, Fact] | None = None,
    only: set[int] | None = None,
) -> Timetable:
    """Items one after the other from the start of the meeting. `only` names the items a guest may open; None means all."""
    at, rows = meeting.starts_at, []
    for item in items:
        ends = at + timedelta(minutes=item.minutes_planned)
        item.meeting = meeting
        elsewhere = only is not None and item.pk not in only
        rows.append(Row(item, at, ends, (closed or {}).get(item.pk), elsewhere))
        at = ends
    planned = int((at - meeting.starts_at).total_seconds() // 60)
    left = meeting.length_minutes - planned
    return Timetable(rows, planned, max(-left, 0), max(left, 0), at)
