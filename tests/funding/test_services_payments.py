"""Schedules go out once, paid marks come back once, and both can be undone without erasing anything."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Notice
from core.idempotency import KeyReused
from core.verdicts import Refused
from funding.models import Award, Instalment, LedgerTransaction, ScheduleLine
from funding.services import awards, payments
from tests.factories.funding_money import FundingPeriodFactory, make_budget

NOW = datetime(2027, 1, 20, 10, 0, tzinfo=UTC)
TERMS = [date(2026, 9, 1), date(2027, 1, 4), date(2027, 4, 12)]
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(world):
    return make_budget(grant=10_000, community=world.north, period=FundingPeriodFactory(payment_days=TERMS))


@pytest.fixture
def officer(actors):
    return actors["officer"].user


@pytest.fixture
def award(budget, world, actors):
    return awards.grant(
        budget_id=budget.pk,
        school_id=world.hartwell.pk,
        amount=Decimal(1000),
        reference="CoS-2041",
        title="Help",
        starts_on=TERMS[0],
        ends_on=date(2027, 7, 20),
        by=actors["chair"].user,
        now=NOW,
    )


def export(by, *, due_by=date(2027, 1, 31), key=None):
    return payments.export(key=key or uuid4(), due_by=due_by, by=by, now=NOW)


def mark(reference="CoS-2041/1", amount="333.34", paid_on=date(2027, 1, 15)):
    return payments.Mark(reference, Decimal(amount), paid_on)


def test_a_schedule_holds_what_is_due_once(award, officer):
    schedule = export(officer)

    assert [(line.reference, str(line.amount)) for line in schedule.lines.all()] == [
        ("CoS-2041/1", "333.34"),
        ("CoS-2041/2", "333.33"),
    ]
    assert schedule.total == Decimal("666.67")
    assert [part.state for part in award.instalments.all()] == ["exported", "exported", "planned"]
    with pytest.raises(payments.NothingDue):
        export(officer)


def test_a_schedule_sent_twice_with_one_key_is_made_once(award, officer):
    key = uuid4()

    assert export(officer, key=key) == export(officer, key=key)
    with pytest.raises(KeyReused):
        export(officer, key=key, due_by=date(2027, 4, 30))


def test_the_school_is_told_without_a_pupil(award, officer, actors):
    export(officer)

    notice = Notice.objects.get(person=actors["business_manager"].user)
    assert notice.subject == "£666.67 for Hartwell Primary was sent for payment"
    assert notice.text == "For CoS-2041/1, CoS-2041/2."


@pytest.mark.parametrize("who", ["chair", "administrator", "senco", "board_member", "data_protection"])
def test_only_an_officer_makes_a_schedule(award, actors, who):
    with pytest.raises(Refused, match="Only a High Needs Funding officer"):
        export(actors[who].user)


def test_a_schedule_called_back_leaves_its_instalments_due_and_its_lines_as_they_were(award, officer):
    first = export(officer)

    payments.withdraw(schedule_id=first.pk, why="Wrong month", by=officer, now=NOW)

    assert set(award.instalments.values_list("state", flat=True)) == {"planned"}
    assert ScheduleLine.objects.filter(schedule=first).count() == 2
    assert export(officer).lines.count() == 2
    with pytest.raises(Refused, match="called back already"):
        payments.withdraw(schedule_id=first.pk, why="Again", by=officer, now=NOW)


def test_paid_marks_move_committed_to_paid(award, budget, officer):
    export(officer)

    payments.mark_paid(marks=[mark()], by=officer, now=NOW)

    budget.refresh_from_db()
    assert (budget.committed, budget.paid) == (Decimal("666.66"), Decimal("333.34"))
    part = award.instalments.get(number=1)
    assert (part.state, part.paid_on) == ("paid", date(2027, 1, 15))
    with pytest.raises(Refused, match="Part of this schedule was paid"):
        payments.withdraw(schedule_id=part.schedule_id, why="Late", by=officer, now=NOW)


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ([mark("CoS-9/1")], "There is no instalment CoS-9/1."),
        ([mark(amount="333.33")], "CoS-2041/1 is £333.34, but the file says £333.33."),
        ([mark(), mark()], "CoS-2041/1 stands in the file twice."),
        ([mark("CoS-2041/3", "333.33")], "CoS-2041/3 was not sent for payment."),
        ([mark(paid_on=date(2027, 1, 21))], "The day CoS-2041/1 was paid is in the future."),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_with_its_reason(award, officer, budget, marks, sentence):
    export(officer)

    with pytest.raises(payments.MarkRefused) as refused:
        payments.mark_paid(marks=marks, by=officer, now=NOW)

    assert str(refused.value) == sentence
    assert not Instalment.objects.filter(state="paid").exists()
    assert sentence in [found.problem for found in payments.check(marks, today=NOW.date())]


def test_a_mark_taken_twice_pays_once(award, officer, budget):
    export(officer)
    payments.mark_paid(marks=[mark()], by=officer, now=NOW)

    with pytest.raises(payments.MarkRefused, match="marked as paid already"):
        payments.mark_paid(marks=[mark()], by=officer, now=NOW)


def test_an_award_paid_in_full_is_finished_and_runs_again_when_marks_are_undone(award, officer, budget):
    export(officer, due_by=date(2027, 4, 30))
    marks = [mark(), mark("CoS-2041/2", "333.33"), mark("CoS-2041/3", "333.33")]
    payments.mark_paid(marks=marks, by=officer, now=NOW)
    assert Award.objects.get().state == "finished"

    payments.unmark_paid(references=["CoS-2041/2", "CoS-2041/3"], why="Wrong file", by=officer, now=NOW)

    budget.refresh_from_db()
    assert (budget.committed, budget.paid, Award.objects.get().state) == (
        Decimal("666.66"),
        Decimal("333.34"),
        "active",
    )
    assert LedgerTransaction.objects.filter(kind="reversal").count() == 2
    with pytest.raises(payments.MarkRefused, match="is not marked as paid"):
        payments.unmark_paid(references=["CoS-2041/2"], why="Again", by=officer, now=NOW)
    payments.mark_paid(marks=marks[1:], by=officer, now=NOW)
    assert Award.objects.get().state == "finished"
