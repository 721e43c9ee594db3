"""The list of requests and its filters agree."""

from funding.models import FundingRequest
from funding.queries import lists
from tests.actors import SENCO
from tests.factories.funding_requests import FundingRequestFactory


def test_filters_count_every_request_not_every_state(world, actors):
    for _ in range(3):
        FundingRequestFactory(school=world.hartwell, state=FundingRequest.State.DRAFT)

    assert lists.counts(actors[SENCO].user)["open"] == 3
