"""Promises to schools commit money, are paid in parts that sum to the penny, and give back what is not needed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import AuditEntry
from core.verdicts import Refused
from funding.models import Instalment
from funding.services import awards, ledger
from tests.factories.funding_money import FundingPeriodFactory, PaymentScheduleFactory, make_budget

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TERMS = [date(2026, 9, 1), date(2027, 1, 4), date(2027, 4, 12)]


@pytest.fixture
def budget(world):
    return make_budget(
        grant=10_000, contingency=1_000, community=world.north, period=FundingPeriodFactory(payment_days=TERMS)
    )


def granted(budget, world, by, **changes):
    how = {
        "budget_id": budget.pk,
        "school_id": world.hartwell.pk,
        "amount": Decimal(1000),
        "reference": "CoS-2041",
        "title": "Ten hours a week of help",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2027, 7, 20),
        "by": by,
        "now": NOW,
    }
    return awards.grant(**{**how, **changes})


@pytest.mark.django_db
def test_an_award_over_the_terms_is_paid_on_each_payment_day(budget, world, actors):
    award = granted(budget, world, actors["chair"].user)

    parts = [(part.number, part.due_on, str(part.amount)) for part in award.instalments.all()]
    assert parts == [(1, TERMS[0], "333.34"), (2, TERMS[1], "333.33"), (3, TERMS[2], "333.33")]
    budget.refresh_from_db()
    assert (budget.free, budget.committed) == (Decimal(8000), Decimal(1000))
    assert AuditEntry.objects.filter(action="funding.award_granted", target_id=str(award.pk)).exists()


@pytest.mark.django_db
def test_one_sum_is_due_on_the_first_day(budget, world, actors):
    award = granted(budget, world, actors["chair"].user, over_terms=False)

    assert [(part.due_on, part.amount) for part in award.instalments.all()] == [(date(2026, 9, 1), Decimal(1000))]


@pytest.mark.django_db
def test_an_award_too_small_for_its_terms_has_fewer_instalments(budget, world, actors):
    award = granted(budget, world, actors["chair"].user, amount=Decimal("0.02"))

    assert [str(part.amount) for part in award.instalments.all()] == ["0.01", "0.01"]


@pytest.mark.django_db
def test_an_award_into_the_next_period_uses_its_payment_days_too(budget, world, actors):
    after = date(2027, 9, 1)
    FundingPeriodFactory(starts_on=after, ends_on=date(2028, 8, 31), payment_days=[after])

    award = granted(budget, world, actors["chair"].user, starts_on=date(2027, 4, 1), ends_on=date(2027, 12, 20))

    assert [part.due_on for part in award.instalments.all()] == [TERMS[2], after]


@pytest.mark.django_db
def test_nothing_is_left_of_an_award_that_could_not_be_paid_for(budget, world, actors):
    with pytest.raises(ledger.NotEnough):
        granted(budget, world, actors["chair"].user, amount=Decimal(9001))
    granted(budget, world, actors["chair"].user)
    with pytest.raises(awards.ReferenceTaken, match="CoS-2041"):
        granted(budget, world, actors["chair"].user)

    assert Instalment.objects.count() == 3


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=12))
@settings(max_examples=300, deadline=None)
def test_equal_parts_sum_to_the_penny(pennies, parts):
    amount = Decimal(pennies).scaleb(-2)

    shares = awards.equally(amount, parts)

    assert sum(shares) == amount
    assert len(shares) == parts
    assert max(shares) - min(shares) < Decimal("0.01") * parts
    assert all(share == share.quantize(Decimal("0.01")) for share in shares)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["senco", "head", "chair"])
def test_an_award_ended_early_gives_back_what_was_not_sent_for_payment(budget, world, actors, who):
    award = granted(budget, world, actors["chair"].user)
    Instalment.objects.filter(award=award, number=1).update(state="exported", schedule=PaymentScheduleFactory())

    ended = awards.release_early(award_id=award.pk, reason="The pupil moved on", by=actors[who].user, now=NOW)

    assert (ended.state, ended.released_amount) == ("released", Decimal("666.66"))
    assert [part.state for part in award.instalments.all()] == ["exported", "cancelled", "cancelled"]
    budget.refresh_from_db()
    assert (budget.free, budget.committed) == (Decimal("8666.66"), Decimal("333.34"))
    with pytest.raises(Refused, match="not running"):
        awards.release_early(award_id=award.pk, reason="Again", by=actors[who].user, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["business_manager", "colleague", "neighbour", "outsider", "officer", "administrator"])
def test_others_do_not_end_the_award_of_a_school(budget, world, actors, who):
    award = granted(budget, world, actors["chair"].user)

    with pytest.raises(Refused, match="Only the SENCO or headteacher of the school, or the chair"):
        awards.release_early(award_id=award.pk, reason="No", by=actors[who].user, now=NOW)


@pytest.mark.django_db
def test_an_award_sent_for_payment_in_full_has_nothing_to_give_back(budget, world, actors):
    award = granted(budget, world, actors["chair"].user)
    award.instalments.update(state="exported", schedule=PaymentScheduleFactory())

    with pytest.raises(awards.NothingLeft):
        awards.release_early(award_id=award.pk, reason="No", by=actors["head"].user, now=NOW)


def inherited(budget, world, by):
    return awards.inherit(
        key=uuid4(),
        budget_id=budget.pk,
        school=world.hartwell,
        amount=Decimal(500),
        reference="HNF-77",
        title="Award from before September",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 3, 31),
        by=by,
        now=NOW,
    )


@pytest.mark.django_db
def test_an_inherited_commitment_reduces_the_balance_on_day_one(budget, world, actors):
    award = inherited(budget, world, actors["administrator"].user)

    budget.refresh_from_db()
    assert (budget.free, budget.committed, award.origin) == (Decimal(8500), Decimal(500), "inherited")
    with pytest.raises(Refused):
        inherited(budget, world, actors["chair"].user)


@pytest.mark.django_db
def test_an_inherited_commitment_entered_by_mistake_is_taken_back(budget, world, actors):
    admin = actors["administrator"].user
    award = inherited(budget, world, admin)
    how = {"award_id": award.pk, "reason": "Wrong school", "now": NOW}

    with pytest.raises(Refused, match="Only a county administrator"):
        awards.withdraw_inherited(by=actors["chair"].user, **how)
    assert awards.withdraw_inherited(by=admin, **how).state == "withdrawn"

    budget.refresh_from_db()
    assert (budget.free, budget.committed) == (Decimal(9000), Decimal(0))
    with pytest.raises(Refused, match="not running"):
        awards.withdraw_inherited(by=admin, **how)


@pytest.mark.django_db
def test_a_commitment_that_is_being_paid_is_not_taken_back(budget, world, actors):
    admin = actors["administrator"].user
    award = inherited(budget, world, admin)
    award.instalments.filter(number=1).update(state="exported", schedule=PaymentScheduleFactory())

    with pytest.raises(awards.AlreadyUnderWay):
        awards.withdraw_inherited(award_id=award.pk, reason="Wrong", by=admin, now=NOW)


@pytest.mark.django_db
def test_a_decision_is_never_taken_back_like_an_entry(budget, world, actors):
    award = granted(budget, world, actors["chair"].user)

    with pytest.raises(Refused, match="decided by the chair"):
        awards.withdraw_inherited(award_id=award.pk, reason="Wrong", by=actors["administrator"].user, now=NOW)
