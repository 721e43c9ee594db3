"""Doors of money."""

from tests.doors.door import Door

DOORS: list[Door] = []
ELSEWHERE: dict[str, str] = {}
