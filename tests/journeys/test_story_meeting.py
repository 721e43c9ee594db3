"""The later half of the main job, from the first agenda to the board's answer, each step by its own role."""

from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from tests.journeys.person import MANNERS
from tests.journeys.story.board import board
from tests.journeys.story.follow_ups import follow_ups
from tests.journeys.story.made import made
from tests.journeys.story.meeting import meeting
from tests.journeys.story.money import money
from tests.journeys.story.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
BEGINS = datetime(2027, 1, 11, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(params=MANNERS, ids=lambda manner: manner.name)
def stage(request, at_browser):
    with time_machine.travel(BEGINS, tick=True) as clock:
        yield Stage(request.param, at_browser, clock)


def test_from_the_first_agenda_to_the_answer_of_the_board(stage):
    made(stage)
    meeting(stage)
    money(stage)
    follow_ups(stage)
    board(stage)
