"""Doors of the running meeting and its minutes."""

from tests.doors.door import Door

LIVE_DOORS: list[Door] = []
