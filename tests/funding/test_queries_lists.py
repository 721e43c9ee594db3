"""The list of requests and its filters agree."""

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.pages import page_of
from funding.models import FundingRequest
from funding.queries import lists
from tests.actors import CHAIR, SENCO
from tests.factories.accounts import UserFactory
from tests.factories.funding_requests import NOW, FundingRequestFactory


def at_north(world):
    """What a request has that its chair can read."""
    sent = {"sent_at": NOW, "sent_by": UserFactory(), "submitted_at": NOW, "submitted_by": UserFactory()}
    return {"community": world.north, "state": FundingRequest.State.SUBMITTED, **sent}


def test_filters_count_every_request_not_every_state(world, actors):
    for _ in range(3):
        FundingRequestFactory(school=world.hartwell, state=FundingRequest.State.DRAFT)

    assert lists.counts(actors[SENCO].user)["open"] == 3


def test_a_list_is_narrowed_by_school_and_kind_and_counts_what_it_shows(world, actors):
    chair, kinds = actors[CHAIR].user, FundingRequest.Kind
    for school, kind in ((world.hartwell, kinds.GROUP), (world.oakfield, kinds.GROUP), (world.oakfield, kinds.PROJECT)):
        FundingRequestFactory(school=school, kind=kind, **at_north(world))

    found = [
        lists.filtered(chair, school=school, kind=kind)
        for school in ("", world.oakfield.slug)
        for kind in ("", "group")
    ]

    assert [len(rows[0:25]) for rows in found] == [rows.count() for rows in found] == [3, 2, 2, 1]
    assert lists.filtered(chair, shown="no such", kind="no such").count() == 3


def test_one_request_more_is_no_other_question(world, actors):
    asked = []
    for number in (1, 2):
        FundingRequestFactory(school=world.hartwell, **at_north(world))
        with CaptureQueriesContext(connection) as queries:
            assert len(list(page_of(RequestFactory().get("/"), lists.filtered(actors[CHAIR].user)))) == number
        asked.append(queries[-1]["sql"])

    assert asked[1] == asked[0]


def test_only_who_reaches_several_schools_chooses_one(world, actors):
    FundingRequestFactory(school=world.hartwell, **at_north(world))
    page = actors[CHAIR].client.get("/requests/").content.decode()
    assert "All schools" not in page

    FundingRequestFactory(school=world.oakfield, **at_north(world))
    page = actors[CHAIR].client.get("/requests/").content.decode()
    assert "All schools" in page
