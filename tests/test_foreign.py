"""Lists and forms: nothing of another community is shown, and nothing but what a form asks for is written."""

import pytest
from django.apps import apps
from django.db import connection
from django.forms import BaseForm
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import canaries
from tests.actors import BOARD, BUSINESS, COLLEAGUE, HEAD, OUTSIDER, PROFESSIONAL, SENCO, STRANGER
from tests.doors.door import OPEN, Door
from tests.factories.accounts import NoticeFactory
from tests.factories.funding_money import AwardFactory, make_budget
from tests.factories.funding_requests import CostLineFactory, FundingRequestFactory, PupilKeyFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    BulletinFactory,
    EscalationFactory,
    InvitationFactory,
    MeetingFactory,
)
from tests.factories.provision import SupportEntryFactory
from tests.test_doors import DOORS, rolled_back, stage
from tests.test_every_page import MARK
from tests.writes import WRITES

__all__ = ["stage"]
NOTHING = Door.__dataclass_fields__["args"].default
LISTS = sorted(name for name, door in DOORS.items() if door.get and door.args is NOTHING)
SENT_TO = sorted(name for name, door in DOORS.items() if door.post and OPEN in door.post.values())
OF_NORTH = (SENCO, HEAD, BUSINESS, COLLEAGUE, PROFESSIONAL, BOARD, STRANGER)
ASKED_FOR = {"q": "Zqx", "whose": "south", "state": "all", "show": "all", "school": "marsh-academy", "board": "coast"}
FORGED = "31337"
# Drafts of a page are kept as the writer typed them, and read back through the page's own fields.
AS_TYPED = "funding_requestsection"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_nothing_of_another_community(name, stage):
    world, actors = stage

    with rolled_back():
        _fill_south(world, actors[OUTSIDER].user)
        canaries.plant()
        shown = {}
        for who in OF_NORTH:
            for query in ({}, ASKED_FOR):
                with rolled_back():
                    response = actors[who].client.get(reverse(name), query)
                if found := set(MARK.findall(response.content.decode(errors="replace"))):
                    shown[who] = found

    assert shown == {}


def _fill_south(world, person) -> None:
    """One of everything in South, and nothing in North."""
    meeting = MeetingFactory(community=world.south, running=True, welcome_note="Hello")
    item = AgendaItemFactory(meeting=meeting, notes="Words")
    InvitationFactory(meeting=meeting, person=person, school=world.marsh)
    ActionFactory(community=world.south, item=item, owner=person, report_to_board=False)
    ActionFactory(community=None, area=world.coast, owner=person)
    EscalationFactory(community=world.south, item=item)
    BulletinFactory(area=world.coast, published=True)
    request = FundingRequestFactory(school=world.marsh, drafted_by=person)
    CostLineFactory(request=request)
    PupilKeyFactory(school=world.marsh)
    SupportEntryFactory(school=world.marsh, pupil_key="amber kestrel")
    AwardFactory(budget=make_budget(community=world.south), community=world.south, school=world.marsh)
    NoticeFactory(person=person, text="Words")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", SENT_TO)
def test_a_form_writes_nothing_it_did_not_ask_for(name, stage):
    """Every field of every model that no form asks for, sent along: no statement holds what was sent."""
    world, actors = stage
    door = DOORS[name]
    who = next(who for who, found in door.post.items() if found == OPEN)

    with rolled_back():
        address, body = reverse(name, kwargs=door.args(world)), door.body(world)
        with CaptureQueriesContext(connection) as sent:
            actors[who].client.post(address, dict.fromkeys(_unasked(), FORGED) | body)

    writes = [(found[1], query["sql"]) for query in sent if (found := WRITES.match(query["sql"]))]
    assert [sql for table, sql in writes if FORGED in sql and table != AS_TYPED] == []


def _unasked() -> set[str]:
    fields = {
        name
        for app in canaries.APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    return fields - {name for form in _forms(BaseForm) for name in getattr(form, "base_fields", {})}


def _forms(parent):
    for form in parent.__subclasses__():
        yield form
        yield from _forms(form)
