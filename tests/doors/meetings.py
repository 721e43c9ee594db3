"""Doors of meetings: each half keeps its own list."""

from tests.doors import meetings_live, meetings_planning
from tests.doors.door import Door

DOORS: list[Door] = [*meetings_planning.DOORS, *meetings_live.LIVE_DOORS]
ELSEWHERE: dict[str, str] = {}
