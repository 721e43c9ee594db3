"""Doors of meetings: each half keeps its own list."""

from tests.doors import meetings_planning
from tests.doors.door import Door

DOORS: list[Door] = [*meetings_planning.DOORS]
ELSEWHERE: dict[str, str] = {}
