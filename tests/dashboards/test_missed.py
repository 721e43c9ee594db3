"""A community misses its dates when it met on none of those near each other, and the board hears of it once they passed."""

from datetime import date, datetime, timedelta

import pytest

from dashboards.queries.missed import missed_in
from tests.actors import ADMIN
from tests.factories.communities import CommunityFactory
from tests.factories.meetings import MeetingDateFactory, MeetingFactory

FIRST, SECOND = date(2026, 11, 18), date(2026, 11, 25)
WEEKS = [date(2026, 10, 26) + timedelta(weeks=number) for number in range(12)]


@pytest.fixture
def alternatives(world):
    for day in (FIRST, SECOND):
        MeetingDateFactory(area=world.weald, on=day)


def _told(world) -> dict[str, str]:
    """The dates the board is told North missed, by the week of the digest."""
    found = {week: missed_in(world.weald, [world.north], week) for week in WEEKS}
    return {str(week): rows[0]["dates"] for week, rows in found.items() if rows}


def _meets(world, on: date, **state):
    return MeetingFactory(community=world.north, on=on, **state)


def test_dates_nobody_met_on_are_told_together_when_the_last_has_passed(world, alternatives):
    assert _told(world) == {"2026-11-23": "18 November, 25 November"}


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_who_met_on_one_alternative_missed_none(world, alternatives, day):
    _meets(world, day, closed=True)

    assert _told(world) == {}


def test_a_meeting_that_was_held_and_not_closed_yet_was_not_missed(world, alternatives):
    _meets(world, SECOND, running=True)

    assert _told(world) == {}


@pytest.mark.parametrize("state", [{}, {"published": True}, {"cancelled": True}])
def test_a_meeting_that_never_started_was_not_held(world, alternatives, state):
    _meets(world, FIRST, **state)

    assert _told(world) == {"2026-11-23": "18 November, 25 November"}


def test_a_date_that_stands_alone_is_told_in_its_own_week(world):
    for day in (FIRST, FIRST + timedelta(weeks=5)):
        MeetingDateFactory(area=world.weald, on=day)
    _meets(world, FIRST + timedelta(weeks=5), closed=True)

    assert _told(world) == {"2026-11-16": "18 November"}


def test_dates_three_weeks_apart_are_alternatives_and_a_day_more_is_another_meeting(world):
    MeetingDateFactory(area=world.weald, on=FIRST)
    held = _meets(world, FIRST + timedelta(days=21), closed=True)
    assert _told(world) == {}

    held.on += timedelta(days=1)
    held.save()

    assert _told(world) == {"2026-11-16": "18 November"}


def test_a_meeting_still_planned_on_a_date_the_county_took_back_is_a_chance(world):
    MeetingDateFactory(area=world.weald, on=FIRST)
    _meets(world, FIRST + timedelta(weeks=2), published=True)

    assert _told(world) == {"2026-11-30": "18 November"}


def test_dates_all_year_round_are_each_told_once(world):
    days = [date(2026, 9, 23) + timedelta(weeks=number) for number in range(12)]
    for day in days:
        MeetingDateFactory(area=world.weald, on=day)

    told = ", ".join(_told(world).values()).split(", ")

    # The digest of 26 October tells of the date three weeks before it; the last date lets the three before it pass too.
    assert told == [f"{day:%-d %B}" for day in days if day >= date(2026, 10, 7)]


def test_withdrawn_dates_dates_of_the_board_and_dates_of_another_area_are_missed_by_nobody(world, actors):
    at = datetime.fromisoformat("2026-11-02T12:00Z")
    by = actors[ADMIN].user
    MeetingDateFactory(area=world.weald, on=FIRST, withdrawn_at=at, withdrawn_by=by, withdrawn_because="Snow")
    MeetingDateFactory(area=world.weald, on=FIRST, kind="board")
    MeetingDateFactory(area=world.coast, on=FIRST)

    assert _told(world) == {}


def test_a_community_misses_no_date_before_it_opened(world, alternatives):
    young = CommunityFactory(area=world.weald, opened_on=SECOND)

    assert missed_in(world.weald, [young], date(2026, 11, 23)) == [{"community": young.name, "dates": "25 November"}]


def test_each_community_answers_for_itself(world, alternatives):
    west = CommunityFactory(name="West", slug="west", area=world.weald)
    _meets(world, FIRST, closed=True)

    assert missed_in(world.weald, [world.north, west], date(2026, 11, 23)) == [
        {"community": "West", "dates": "18 November, 25 November"}
    ]
