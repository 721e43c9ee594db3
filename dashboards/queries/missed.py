"""Which communities let their dates pass. The county sets dates for an area and a community's meeting takes one of them:
the others are alternatives, and nobody says which belong together. So it goes by nearness: see `NEAR`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from communities.models import Area, Community
from meetings.models import Body, Meeting, MeetingDate

NEAR = timedelta(weeks=3)  # dates no further apart are alternatives: less than a month, less than half a term
WEEK = timedelta(days=7)


@dataclass(slots=True)
class _Days:
    """The days on which a community met, and those on which it could have."""

    held: set[date] = field(default_factory=set)
    open: set[date] = field(default_factory=set)


def missed_in(area: Area, communities: Iterable[Community], monday: date) -> list[dict[str, Any]]:
    """Communities that missed dates, with these dates; JSON-ready.

    A date is missed when no meeting was held (started, closed or not) within three weeks of it. It is told in the week in
    which the last chance passed: the last of its alternatives, or the day of a meeting still planned that near.
    """
    chances = _dates(area, monday - NEAR, monday + WEEK + NEAR)
    days = _days_of(communities, monday - 2 * NEAR, monday + WEEK + NEAR)
    found = []
    for community in communities:
        mine = [day for day in chances if day >= community.opened_on]
        missed = [day for day in mine if _is_missed(day, mine, days[community.pk], monday)]
        if missed:
            found.append({"community": community.name, "dates": ", ".join(f"{day:%-d %B}" for day in missed)})
    return found


def _is_missed(day: date, chances: list[date], days: _Days, monday: date) -> bool:
    if any(abs(day - held) <= NEAR for held in days.held):
        return False
    last = max(other for other in {*chances, *days.open} if other <= day + NEAR)
    return monday <= last < monday + WEEK


def _dates(area: Area, first: date, last: date) -> list[date]:
    dates = MeetingDate.objects.filter(area=area, kind=Body.COMMUNITY, withdrawn_at=None, on__range=(first, last))
    return list(dates.order_by("on").values_list("on", flat=True))


def _days_of(communities: Iterable[Community], first: date, last: date) -> dict[int, _Days]:
    found: dict[int, _Days] = defaultdict(_Days)
    meetings = Meeting.objects.filter(community__in=communities, on__range=(first, last))
    for meeting in meetings.exclude(state=Meeting.State.CANCELLED):
        days = found[meeting.community_id or 0]
        (days.held if meeting.started_at else days.open).add(meeting.on)
    return found
