"""Doors of the ground floor."""

from django.utils import timezone

from core.models import ImportRun
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, everybody, row
from tests.factories.accounts import UserFactory
from tests.factories.core import ImportRunFactory, IssuedDocumentFactory

ADMINISTRATORS = row(CLOSED, administrator=OPEN)


def ready() -> ImportRun:
    """A file that waits to be confirmed."""
    return ImportRunFactory(kind="districts", state=ImportRun.State.READY, counts={"added": 1})


def loaded() -> ImportRun:
    """A file that was loaded."""
    now = timezone.now()
    person = UserFactory()
    return ImportRunFactory(
        kind="districts", state=ImportRun.State.DONE, confirmed_by=person, confirmed_at=now, finished_at=now
    )


def run(found: ImportRun) -> dict[str, object]:
    """The arguments of a run's addresses."""
    return {"kind": found.kind, "run": found.pk}


DOORS = [
    Door("core:live", get=everybody(OPEN)),
    Door("core:ready", get=everybody(OPEN)),
    Door("core:robots", get=everybody(OPEN)),
    Door("core:security-txt", get=everybody(OPEN)),
    Door("core:security", get=everybody(OPEN)),
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
DOORS += [
    # Officers load paid marks, so they find the list too.
    Door("core:import-list", get=ADMINISTRATORS | {"officer": OPEN}),
    Door("core:import-upload", get=ADMINISTRATORS, post=ADMINISTRATORS, args=lambda _world: {"kind": "districts"}),
    Door("core:import-template", get=ADMINISTRATORS, args=lambda _world: {"kind": "districts"}),
    Door("core:import-run", get=ADMINISTRATORS, args=lambda _world: run(ready())),
    Door("core:import-confirm", post=ADMINISTRATORS, args=lambda _world: run(ready())),
    Door("core:import-again", post=ADMINISTRATORS, args=lambda _world: run(ready())),
    Door("core:import-discard", post=ADMINISTRATORS, args=lambda _world: run(ready())),
    Door("core:import-undo", get=ADMINISTRATORS, post=ADMINISTRATORS, args=lambda _world: run(loaded())),
    Door("core:import-faults", get=ADMINISTRATORS, args=lambda _world: run(ready())),
]
# Names whose behaviour belongs to a library and is tested there: a prefix, with the reason.
ELSEWHERE: dict[str, str] = {}
