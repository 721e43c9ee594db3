"""The first page says what needs this person now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.actors import ADMIN, BOARD, BUSINESS, CHAIR, DATA_PROTECTION, HEAD, OFFICER, PROFESSIONAL, SENCO, STRANGER
from tests.factories.meetings import ActionFactory

EVERY_ROLE = [SENCO, HEAD, BUSINESS, CHAIR, PROFESSIONAL, BOARD, OFFICER, ADMIN, DATA_PROTECTION]


@pytest.mark.parametrize("who", EVERY_ROLE)
def test_every_home_stays_under_twelve_queries_and_the_same_with_much_to_do(who, actors, world):
    client = actors[who].client
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        assert client.get("/").status_code == 200
    ActionFactory.create_batch(20, community=world.north, owner=actors[who].user, due_on=timezone.localdate())

    with CaptureQueriesContext(connection) as many:
        answer = client.get("/")

    assert "Finish the action" in answer.content.decode() or who == DATA_PROTECTION
    assert len(few) == len(many) <= 12, "\n".join(query["sql"][:140] for query in many)


def test_somebody_without_a_post_is_told_who_gives_one(actors):
    assert "You hold no post today" in actors[STRANGER].client.get("/").content.decode()


def test_a_chair_without_a_meeting_is_asked_to_plan_one(actors):
    assert "Plan the next meeting" in actors[CHAIR].client.get("/").content.decode()


def test_the_county_sees_what_is_missing(actors):
    page = actors[ADMIN].client.get("/county/").content.decode()

    assert "Publish an agenda template" in page
    assert "Set meeting dates" in page
