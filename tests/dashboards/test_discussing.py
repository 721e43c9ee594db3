"""A figure goes to the meeting people think of as the next one."""

from datetime import date, timedelta

import pytest

from dashboards.services import discussing
from tests.actors import CHAIR
from tests.factories.dashboards import IndicatorFactory
from tests.factories.meetings import MeetingFactory


def _discuss(world, actors, now):
    return discussing.discuss(
        indicator_id=IndicatorFactory().pk, community_id=world.north.pk, place="North", shown={}, by=actors[CHAIR].user,
        now=now,
    )  # fmt: skip


def test_a_meeting_that_runs_past_its_end_discusses_it_today(world, actors):
    overrun = MeetingFactory(community=world.north, running=True)
    MeetingFactory(community=world.north, published=True, on=date(2027, 1, 19))

    item = _discuss(world, actors, overrun.ends_at + timedelta(minutes=20))

    assert item.meeting == overrun


def test_with_no_meeting_ahead_the_chair_is_asked_to_plan_one(world, actors):
    over = MeetingFactory(community=world.north, closed=True)

    with pytest.raises(discussing.NoMeeting, match="North has no meeting planned"):
        _discuss(world, actors, over.ends_at)
