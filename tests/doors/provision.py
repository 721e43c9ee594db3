"""Doors of provision."""

from tests.actors import HEAD, SENCO
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.provision import SupportEntryFactory

ONLY_ADMIN = row(CLOSED, administrator=OPEN)
HARTWELL_WRITES = row(HIDDEN, **{SENCO: OPEN, HEAD: CLOSED})
ENTRY = {
    "by_kind": "school",
    "what": "A quiet room after lunch",
    "starts_on_0": "14",
    "starts_on_1": "9",
    "starts_on_2": "2026",
    "outcome": "partly",
}


def _school(world):
    return {"slug": world.hartwell.slug}


def _entry(world):
    return {"pk": SupportEntryFactory(school=world.hartwell).pk}


def _service(world):
    return {"slug": world.service.slug}


SERVICE = {"name": "Sensory support", "what_it_does": "Vision and hearing"}
DOORS = [
    Door("provision:entries", get=row(OPEN)),
    Door("provision:entry-add", HARTWELL_WRITES, HARTWELL_WRITES, _school, lambda _world: ENTRY),
    Door("provision:entry-change", HARTWELL_WRITES, HARTWELL_WRITES, _entry, lambda _world: ENTRY),
    Door("provision:entry-remove", HARTWELL_WRITES, HARTWELL_WRITES, _entry),
    Door("provision:services", get=ONLY_ADMIN),
    Door("provision:service-add", ONLY_ADMIN, ONLY_ADMIN, body=lambda _world: SERVICE),
    Door("provision:service", ONLY_ADMIN, ONLY_ADMIN, _service, lambda _world: SERVICE),
    Door("provision:service-close", None, ONLY_ADMIN, _service),
    Door("provision:service-reopen", None, ONLY_ADMIN, _service),
]
ELSEWHERE: dict[str, str] = {}
