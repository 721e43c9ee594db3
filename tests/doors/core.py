"""Doors of the ground floor."""

from tests.doors.door import HIDDEN, OPEN, Door, everybody, row
from tests.factories.core import IssuedDocumentFactory

DOORS = [
    Door("core:live", get=everybody(OPEN)),
    Door("core:ready", get=everybody(OPEN)),
    Door("core:help", get=everybody(OPEN)),
    Door("core:accessibility", get=everybody(OPEN)),
    Door("core:privacy", get=everybody(OPEN)),
    Door("core:cookies", get=everybody(OPEN)),
    Door("core:theme", get=everybody(OPEN)),
    Door("core:logo", get=everybody(HIDDEN)),
    Door("core:stay", post=row(OPEN)),
    Door("core:verify", get=everybody(OPEN)),
    Door(
        "core:verified",
        get=everybody(OPEN),
        args=lambda _world: {"code": IssuedDocumentFactory().code},
    ),
]
# Names whose behaviour belongs to a library and is tested there: a prefix, with the reason.
ELSEWHERE: dict[str, str] = {}
