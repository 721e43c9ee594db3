"""Doors of the ground floor."""

from tests.doors.door import OPEN, Door, everybody

DOORS = [
    Door("core:live", get=everybody(OPEN)),
    Door("core:ready", get=everybody(OPEN)),
]
# Names whose behaviour belongs to a library and is tested there: a prefix, with the reason.
ELSEWHERE: dict[str, str] = {}
