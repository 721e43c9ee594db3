"""What the database itself refuses about requests and decisions."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from funding.models import FundingRequest
from tests.factories.funding_requests import NOW, CostLineFactory, FundingRequestFactory, RequestPupilFactory

pytestmark = pytest.mark.django_db


def test_references_come_from_a_sequence_and_never_repeat():
    first, second = FundingRequestFactory(), FundingRequestFactory()

    assert first.reference == f"CoS-{first.number}"
    assert second.number > first.number > 2000


def test_a_cost_line_is_worked_out_to_the_penny_by_the_database():
    by_the_hour = CostLineFactory(one_sum=None, rate=Decimal("14.37"), hours=Decimal("7.5"), weeks=13, people=2)
    one_sum = CostLineFactory(one_sum=Decimal("250.00"))

    assert (by_the_hour.amount, one_sum.amount) == (Decimal("2802.15"), Decimal("250.00"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"one_sum": None},
        {"one_sum": Decimal(0)},
        {"rate": Decimal(1)},
        {"one_sum": None, "rate": Decimal(1), "hours": Decimal(1), "weeks": 1, "people": 0},
        {"what": ""},
    ],
)
def test_a_cost_line_is_a_rate_or_one_sum(wrong):
    with pytest.raises(IntegrityError):
        CostLineFactory(**wrong)


def test_nobody_signs_what_they_drafted(world, actors):
    request = FundingRequestFactory(school=world.hartwell, drafted_by=actors["senco"].user)

    with pytest.raises(IntegrityError, match="nobody_signs_what_they_drafted"):
        FundingRequest.objects.filter(pk=request.pk).update(
            state="submitted",
            community=world.north,
            sent_at=NOW,
            sent_by=actors["head"].user,
            submitted_at=NOW,
            submitted_by=actors["senco"].user,
        )


def test_a_submitted_request_has_a_community_and_a_signature():
    request = FundingRequestFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        FundingRequest.objects.filter(pk=request.pk).update(state="submitted")


def test_two_needs_are_two():
    with pytest.raises(IntegrityError, match="two_needs_are_two"):
        RequestPupilFactory(primary_need="semh", secondary_need="semh")
