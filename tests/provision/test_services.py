"""Support entries and the register of services."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.verdicts import Refused
from provision.models import SupportEntry
from provision.queries import support as queries
from provision.services import register, support
from tests.actors import ADMIN, COLLEAGUE, HEAD, SENCO
from tests.factories.provision import SupportEntryFactory

ENTRY = {"by_kind": "school", "what": "A quiet room", "starts_on": date(2026, 9, 14), "outcome": "partly"}


def _record(world, actors, **more):
    now = timezone.now()
    return support.record(school_id=world.hartwell.pk, by=actors[SENCO].user, now=now, **{**ENTRY, **more})


def test_what_was_asked_for_and_not_available_counts(world, actors):
    entry = _record(world, actors, by_kind="service", service_id=world.service.pk, outcome="not_available")

    assert not entry.was_available
    assert list(queries.entries_for(actors[HEAD].user)) == [entry]
    assert list(queries.entries_for(actors[COLLEAGUE].user)) == []


def test_a_head_cannot_record_for_the_senco(world, actors):
    with pytest.raises(Refused, match="Only the SENCO of Hartwell Primary"):
        support.record(school_id=world.hartwell.pk, by=actors[HEAD].user, now=timezone.now(), **ENTRY)


def test_an_entry_of_a_request_is_changed_only_for_that_request(world, actors):
    entry = _record(world, actors, request_reference="CoS-2001")
    changed = {**ENTRY, "what": "Two quiet rooms", "by": actors[SENCO].user, "now": timezone.now()}

    with pytest.raises(Refused, match="part of CoS-2001"):
        support.change(entry_id=entry.pk, **changed)
    support.change(entry_id=entry.pk, of_request="CoS-2001", **changed)

    entry.refresh_from_db()
    assert entry.what == "Two quiet rooms"


def test_loose_entries_are_attached_to_a_request_once(world, actors):
    mine, foreign = _record(world, actors), SupportEntryFactory(school=world.marsh)
    call = {"reference": "CoS-2001", "school_id": world.hartwell.pk, "by": actors[SENCO].user, "now": timezone.now()}

    assert support.attach(entry_ids=[mine.pk, foreign.pk], **call) == 1
    assert support.attach(entry_ids=[mine.pk], **call) == 0
    assert list(queries.of_request("CoS-2001")) == [mine]


def test_removing_takes_the_entry_away(world, actors):
    entry = _record(world, actors)

    support.remove(entry_id=entry.pk, by=actors[SENCO].user, now=timezone.now())

    assert not SupportEntry.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"ends_on": date(2026, 9, 1)}, {"what": ""}, {"by_kind": "service"}, {"by_kind": "school", "service": 1}]
)
def test_the_database_refuses_nonsense(world, actors, wrong):
    if "service" in wrong:
        wrong = {**wrong, "service": None, "service_id": world.service.pk}
    with pytest.raises(IntegrityError):
        SupportEntryFactory(**{"school": world.hartwell, "service": None, "by_kind": "school", **wrong})


def test_a_service_is_added_renamed_closed_and_opened_again(world, actors):
    by, now = actors[ADMIN].user, timezone.now()
    service = register.add(name="Sensory support", what_it_does="", by=by, now=now)

    register.change(service_id=service.pk, name="Sensory team", what_it_does="Vision", by=by, now=now)
    register.set_open(service_id=service.pk, is_open=False, by=by, now=now)
    closed = set(queries.open_services())
    register.set_open(service_id=service.pk, is_open=True, by=by, now=now)

    service.refresh_from_db()
    assert (service.name, service.slug, service in closed, service.is_open) == (
        "Sensory team",
        "sensory-support",
        False,
        True,
    )


def test_two_services_cannot_share_a_name(world, actors):
    by, now = actors[ADMIN].user, timezone.now()

    with pytest.raises(register.NameTaken, match="Specialist teaching"):
        register.add(name="Specialist teaching", what_it_does="", by=by, now=now)
    other = register.add(name="Sensory support", what_it_does="", by=by, now=now)
    with pytest.raises(register.NameTaken):
        register.change(service_id=other.pk, name="Specialist teaching", what_it_does="", by=by, now=now)


def test_only_the_administrator_keeps_the_register(world, actors):
    with pytest.raises(Refused):
        register.add(name="Mine", what_it_does="", by=actors[SENCO].user, now=timezone.now())
