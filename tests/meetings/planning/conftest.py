"""The county has published an agenda and set dates; the chair has planned a meeting of North."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from meetings.models import AgendaTemplate, Meeting, MeetingDate
from meetings.services import dates, planning, publishing, templates
from tests.actors import ADMIN, CHAIR

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FIRST, SECOND = date(2026, 11, 24), date(2027, 1, 19)


@dataclass
class Planned:
    template: AgendaTemplate
    first: MeetingDate
    second: MeetingDate
    meeting: Meeting


@pytest.fixture(autouse=True)
def _clock(time_machine):
    """Permissions ask what day it is: the second of November 2026."""
    time_machine.move_to(NOW)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def template(world, actors) -> AgendaTemplate:
    return publish_template(actors)


@pytest.fixture
def first(world, actors) -> MeetingDate:
    return set_date(actors, world.weald, FIRST)


@pytest.fixture
def second(world, actors) -> MeetingDate:
    return set_date(actors, world.weald, SECOND)


@pytest.fixture
def planned(world, actors, template, first, second) -> Planned:
    return Planned(template, first, second, plan(actors, world, first))


@pytest.fixture
def published(planned, actors) -> Planned:
    planned.meeting = publishing.publish(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)
    return planned


def publish_template(actors, body="community", starts_on=date(2026, 11, 2)) -> AgendaTemplate:
    draft = templates.draft_next(body=body, by=actors[ADMIN].user, now=NOW)
    return templates.publish(template_id=draft.pk, starts_on=starts_on, note="", by=actors[ADMIN].user, now=NOW)


def set_date(actors, area, on, *, kind="community") -> MeetingDate:
    return dates.set_date(
        area_id=area.pk,
        kind=kind,
        on=on,
        starts=time(9, 30),
        length_minutes=150,
        cut_off_days=7,
        note="",
        by=actors[ADMIN].user,
        now=NOW,
    )


def plan(actors, world, day) -> Meeting:
    return planning.plan(
        date_id=day.pk,
        community_id=world.north.pk,
        place="Hartwell Primary, the hall",
        online_link="",
        welcome_note="",
        by=actors[CHAIR].user,
        now=NOW,
    )
