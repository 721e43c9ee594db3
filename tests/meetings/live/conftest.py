"""A meeting of North on its day: four items, the third about Hartwell; invitations for everybody with a place."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db.models import QuerySet

from communities.models import School
from meetings import sources
from meetings.models import AgendaItem, Invitation, Meeting
from tests.actors import CHAIR, COLLEAGUE, HEAD, SENCO
from tests.factories.meetings import THE_MOMENT, AgendaItemFactory, InvitationFactory, MeetingFactory
from tests.factories.meetings_live import ItemSchoolFactory

KIND = "made_up_request"


@dataclass
class Live:
    meeting: Meeting
    welcome: AgendaItem
    figures: AgendaItem
    request: AgendaItem
    other: AgendaItem
    places: dict[str, Invitation]


@pytest.fixture
def now():
    return THE_MOMENT


@pytest.fixture
def later():
    """`later(5)` is five minutes into the meeting."""
    return lambda minutes: THE_MOMENT + timedelta(minutes=minutes)


@pytest.fixture
def live(world, actors) -> Live:
    """Published, not yet started."""
    return make_live(world, actors)


def make_live(world, actors, **fields) -> Live:
    meeting = MeetingFactory(**{"community": world.north, "published": True, **fields})
    welcome = AgendaItemFactory(meeting=meeting, kind="welcome", title="Welcome", minutes_planned=5)
    figures = AgendaItemFactory(meeting=meeting, kind="figures", title="District dashboard", audience="board")
    request = AgendaItemFactory(meeting=meeting, kind=KIND, title="CoS-2041: Hartwell Primary", source_key="made.up:1")
    other = AgendaItemFactory(meeting=meeting, kind="local", title="Other business")
    ItemSchoolFactory(item=request, school=world.hartwell)
    places = {
        SENCO: InvitationFactory(meeting=meeting, person=actors[SENCO].user, school=world.hartwell),
        HEAD: InvitationFactory(meeting=meeting, person=actors[HEAD].user, school=world.hartwell, role="headteacher"),
        COLLEAGUE: InvitationFactory(meeting=meeting, person=actors[COLLEAGUE].user, school=world.oakfield),
        CHAIR: InvitationFactory(meeting=meeting, person=actors[CHAIR].user, role="chair"),
    }
    return Live(meeting, welcome, figures, request, other, places)


@pytest.fixture(autouse=True)
def _about_hartwell(monkeypatch, request):
    """Made-up requests are about Hartwell: the register that funding fills in earnest."""
    if "world" in request.fixturenames:
        about_hartwell(monkeypatch, request.getfixturevalue("world"))


def only(school: School) -> "QuerySet[School, int]":
    """Its primary key, as a reader of schools tells it."""
    return School.objects.filter(pk=school.pk).values_list("pk", flat=True)


def about_hartwell(monkeypatch, world) -> None:
    """Register the made-up kind of request."""
    monkeypatch.setitem(sources.SCHOOLS_OF, KIND, sources.Matters("made.up:", lambda _number: only(world.hartwell)))
    monkeypatch.setitem(sources.ON_SCREEN, KIND, lambda item: item.title.split(":")[0])


@pytest.fixture
def running(live, actors, now) -> Live:
    """Started by the chair, nothing open yet."""
    from meetings.services import running as service

    live.meeting = service.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=now)
    return live
