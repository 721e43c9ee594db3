"""The main job from beginning to end, each step by its own role, in the service's own pages: once in each manner."""

from datetime import datetime
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from dashboards.models import Indicator
from tests.journeys.person import MANNERS
from tests.journeys.story import board, county, figures, follow_ups, meeting, meeting_before, money, request
from tests.journeys.story.stage import Stage

# Three minutes each where nothing else runs.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1500)]
BEGINS = datetime(2027, 1, 11, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(params=MANNERS, ids=lambda manner: manner.name)
def manner(request):
    return request.param


@pytest.fixture
def indicators(db):
    """A migration writes them; the test that emptied the tables before this one took them away."""
    if not Indicator.objects.exists():
        import_module("dashboards.migrations.0002_first_indicators").add(apps, None)


@pytest.fixture
def stage(manner, at_browser, indicators):
    with time_machine.travel(BEGINS, tick=True) as clock:
        yield Stage(manner, at_browser, clock)


def test_from_an_empty_county_to_the_answer_of_the_board(stage):
    county.set_up_the_county(stage)
    request.ask_the_community(stage)
    board.tell(stage)
    meeting_before.draft(stage)
    figures.look_at_the_figures(stage)
    meeting.meet(stage)
    money.account_for_it(stage)
    follow_ups.follow_up(stage)
    board.answer(stage)
