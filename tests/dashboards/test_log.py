"""The data protection officer asks who read what."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import audit
from dashboards.queries import log
from tests.actors import ADMIN, CHAIR, DATA_PROTECTION, SENCO
from tests.factories.accounts import UserFactory
from tests.factories.funding_requests import FundingRequestFactory
from tests.factories.meetings import AgendaItemFactory

LATE = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
EARLY = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


@pytest.fixture
def one(actors, world):
    """A request that was read on the 23rd, changed on the 24th, and discussed as an item that was read."""
    found = FundingRequestFactory(community=world.north)
    item = AgendaItemFactory(source_key=f"funding.request:{found.pk}")
    audit.record(action="read.viewed", target=found, by=actors[CHAIR].user, at=LATE)
    audit.record(action="funding.request_send", target=found, by=actors[SENCO].user, at=EARLY)
    audit.record(action="read.viewed", target=item, by=actors[SENCO].user, at=EARLY)
    audit.record(action="read.downloaded", target=FundingRequestFactory(), by=actors[CHAIR].user, at=EARLY)
    return found


def asked(**words) -> list[tuple[str, str]]:
    return [(line.did, line.entry.target_type) for line in log.lines(log.entries(**words))]


def test_a_request_brings_the_items_at_which_it_was_discussed(one):
    assert asked(request=one.reference.lower()) == [
        ("Viewed", "meetings.agendaitem"),
        ("Viewed", "funding.fundingrequest"),
    ]
    assert asked(request=one.reference, changes=True)[1] == (
        "Sent a request to the headteacher",
        "funding.fundingrequest",
    )
    assert asked(request="CoS-1") == []


def test_days_are_whole_days_of_this_county(one):
    assert len(asked(last=date(2026, 11, 23))) == 1
    assert len(asked(first=date(2026, 11, 24))) == 2


def test_the_page_names_person_act_and_reference(one, actors):
    page = actors[DATA_PROTECTION].client.get("/county/log/", {"who": actors[CHAIR].user.name}).content.decode()

    assert actors[CHAIR].user.name in page
    assert f'Request <span class="app-whole">{one.reference}</span>' in page
    assert "Agenda item" not in page


def test_a_person_is_called_by_name(actors):
    person = UserFactory(name="Grace Green")
    audit.record(action="account.closed", target=person, by=actors[ADMIN].user)

    page = actors[DATA_PROTECTION].client.get("/county/log/", {"changes": "on"}).content.decode()

    assert "Closed an account" in page
    assert "Grace" in page
    assert f"User {person.pk}" not in page


def test_a_question_nobody_can_answer_says_why_or_that_there_is_nothing(actors):
    client = actors[DATA_PROTECTION].client
    backwards = {"first_0": "2", "first_1": "3", "first_2": "2026", "last_0": "1", "last_1": "3", "last_2": "2026"}

    assert "The last day must be the first day or later" in client.get("/county/log/", backwards).content.decode()
    assert "Nothing like that is in the log" in client.get("/county/log/", {"request": "CoS-1"}).content.decode()


def test_before_anybody_read_anything_the_page_says_so(actors):
    page = actors[DATA_PROTECTION].client.get("/county/log/").content.decode()

    assert "Nobody has opened a paper" in page
    assert "Nothing like that is in the log" not in page


def test_the_log_is_for_the_data_protection_officer_alone(actors):
    answer = actors[ADMIN].client.get("/county/log/")

    assert answer.status_code == 403
    assert "Only the county’s data protection officer reads the log" in answer.content.decode()
    assert "/county/log/" not in actors[ADMIN].client.get("/county/").content.decode()
    assert "/county/log/" in actors[DATA_PROTECTION].client.get("/county/").content.decode()


def test_a_long_log_comes_in_pages_of_as_many_queries(one, actors):
    client = actors[DATA_PROTECTION].client
    client.get("/county/log/")
    with CaptureQueriesContext(connection) as few:
        client.get("/county/log/")
    for _ in range(40):
        audit.record(action="read.viewed", target=FundingRequestFactory(), by=actors[CHAIR].user)

    with CaptureQueriesContext(connection) as many:
        page = client.get("/county/log/").content.decode()

    assert "page=2" in page
    assert len(few) == len(many)
