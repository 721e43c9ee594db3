"""The main job from beginning to end, each step by its own role, in the service's own pages: once in each manner."""

from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from tests.actors import ADMIN, CHAIR
from tests.journeys.person import MANNERS
from tests.journeys.story.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
BEGINS = datetime(2027, 1, 11, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(params=MANNERS, ids=lambda manner: manner.name)
def stage(request, at_browser):
    with time_machine.travel(BEGINS, tick=True) as clock:
        yield Stage(request.param, at_browser, clock)


def test_the_clock_and_the_people(actors, stage):
    stage.people = {"administrator": actors[ADMIN].user, "chair": actors[CHAIR].user}
    admin = stage.person("administrator").go("/county/imports/")
    stage.look(admin, "imports").press("Communities and their schools").sees("What the file must hold")
    stage.look(admin, "upload")
    admin.upload("Choose a file", {"name": "list.csv", "mimeType": "text/csv", "buffer": b"Community;Area\r\n"})
    admin.press("Upload and compare").sees("Reading list.csv")
    stage.worked(admin).sees("The file has no columns")
    stage.at(datetime(2027, 2, 11, 9, 0, tzinfo=timezone.get_default_timezone()))
    chair = stage.person("chair").go("/meetings/")
    stage.look(chair, "meetings")
    stage.look(stage.person("administrator").go("/"), "home")
