"""A moment is kept in UTC and belongs to a day in London: for an hour of every summer night those differ."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from communities.services import principles
from tests.actors import ADMIN

APPS = ("accounts", "communities", "core", "dashboards", "funding", "meetings", "provision")
DAY_IN_UTC = re.compile(r"\b(now|at|moment)\.date\(\)|utcnow|today\(\)\.")


def test_no_day_is_taken_from_a_moment_in_utc():
    sources = [path for app in APPS for path in Path(app).rglob("*.py")]

    assert len(sources) > 300
    assert [str(path) for path in sources if DAY_IN_UTC.search(path.read_text())] == []


@pytest.mark.django_db
def test_half_past_midnight_in_summer_belongs_to_the_new_day(actors):
    now = datetime(2027, 7, 10, 23, 30, tzinfo=UTC)

    assert principles.draft(by=actors[ADMIN].user, now=now).starts_on == date(2027, 7, 11)
