"""Money moves by postings that balance, and never more than there is."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from funding.models import Account, Budget, FundingPeriod, LedgerLeg, LedgerTransaction
from funding.services import ledger
from tests.factories.accounts import UserFactory
from tests.factories.funding_money import (
    EmptyBudgetFactory,
    FundingPeriodFactory,
    make_budget,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def figures(budget):
    budget.refresh_from_db()
    return [str(getattr(budget, name)) for name in ("grant", "contingency", "free", "committed", "paid")]


def from_the_ledger(budget):
    """The five figures made anew from the legs."""
    sums = dict.fromkeys(Account, Decimal("0.00"))
    for leg in LedgerLeg.objects.filter(transaction__budget=budget):
        sums[Account(leg.account)] += leg.amount
    sums[Account.GRANT] *= -1
    return [
        str(abs(sums[Account(name)]) if sums[Account(name)] == 0 else sums[Account(name)])
        for name in ("grant", "contingency", "free", "committed", "paid")
    ]


def test_money_goes_from_allocated_to_paid(by):
    budget = make_budget(grant=1000)
    how = {"budget_id": budget.pk, "by": by, "now": NOW}

    ledger.set_contingency(amount=Decimal(100), **how)
    ledger.commit(amount=Decimal("600.50"), **how)
    ledger.pay(amount=Decimal("200.25"), **how)
    ledger.release(amount=Decimal("0.25"), **how)

    assert figures(budget) == ["1000.00", "100.00", "299.75", "400.00", "200.25"]
    assert from_the_ledger(budget) == figures(budget)


def test_more_than_is_uncommitted_is_refused_with_both_figures(by):
    budget = make_budget(grant=1250)

    with pytest.raises(ledger.NotEnough) as refused:
        ledger.commit(budget_id=budget.pk, amount=Decimal(3200), by=by, now=NOW)

    assert str(refused.value) == "There is £1,250.00 uncommitted; this needs £3,200.00."
    assert figures(budget) == ["1250.00", "0.00", "1250.00", "0.00", "0.00"]


def test_a_commitment_may_draw_on_the_contingency(by):
    budget = make_budget(grant=1000, contingency=400)
    how = {"budget_id": budget.pk, "by": by, "now": NOW}

    ledger.commit(amount=Decimal(700), from_contingency=Decimal(100), **how)

    assert figures(budget) == ["1000.00", "300.00", "0.00", "700.00", "0.00"]
    with pytest.raises(ledger.NotEnough, match=r"£300\.00 set aside as contingency"):
        ledger.commit(amount=Decimal(301), from_contingency=Decimal(301), **how)
    with pytest.raises(ledger.NothingToPost):
        ledger.commit(amount=Decimal(5), from_contingency=Decimal(6), **how)


def test_contingency_is_set_to_a_figure_not_moved_by_one(by):
    budget = make_budget(grant=1000, contingency=400)
    how = {"budget_id": budget.pk, "by": by, "now": NOW}

    assert ledger.set_contingency(amount=Decimal(400), **how) is None
    ledger.set_contingency(amount=Decimal(150), **how)

    assert figures(budget) == ["1000.00", "150.00", "850.00", "0.00", "0.00"]
    with pytest.raises(ledger.NothingToPost):
        ledger.set_contingency(amount=Decimal(-1), **how)


def test_more_than_is_committed_is_neither_paid_nor_released(by):
    budget = make_budget(grant=1000)
    how = {"budget_id": budget.pk, "by": by, "now": NOW}
    ledger.commit(amount=Decimal(10), **how)

    for move in (ledger.pay, ledger.release):
        with pytest.raises(ledger.NotEnough, match=r"There is £10\.00 committed"):
            move(amount=Decimal(11), **how)


def test_money_goes_back_to_the_council_only_when_uncommitted(by):
    budget = make_budget(grant=1000)
    how = {"budget_id": budget.pk, "by": by, "now": NOW}
    ledger.commit(amount=Decimal(900), **how)

    ledger.take_back(amount=Decimal(60), **how)

    assert figures(budget) == ["940.00", "0.00", "40.00", "900.00", "0.00"]
    with pytest.raises(ledger.NotEnough):
        ledger.take_back(amount=Decimal(41), **how)


@pytest.mark.parametrize("amount", ["0", "-5", "0.001"])
def test_an_amount_that_is_none_is_refused(by, amount):
    budget = make_budget(grant=1000)

    with pytest.raises(ledger.NothingToPost):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(amount), by=by, now=NOW)


def test_a_posting_is_corrected_once_by_its_opposite(by):
    budget = make_budget(grant=1000, contingency=50)
    posted = ledger.commit(
        budget_id=budget.pk,
        amount=Decimal(300),
        from_contingency=Decimal(20),
        by=by,
        now=NOW,
    )
    how = {"by": by, "now": NOW, "note": "Typed twice"}

    correction = ledger.reverse(transaction_id=posted.pk, **how)

    assert correction.reverses == posted
    assert figures(budget) == ["1000.00", "50.00", "950.00", "0.00", "0.00"]
    for pk in (posted.pk, correction.pk):
        with pytest.raises(ledger.AlreadyReversed):
            ledger.reverse(transaction_id=pk, **how)


def test_an_allocation_that_is_spent_cannot_be_corrected_away(by):
    budget = make_budget(grant=1000)
    ledger.commit(budget_id=budget.pk, amount=Decimal(800), by=by, now=NOW)
    given = LedgerTransaction.objects.get(kind="grant")

    with pytest.raises(ledger.NotEnough):
        ledger.reverse(transaction_id=given.pk, by=by, now=NOW, note="Wrong year")


@pytest.mark.parametrize(("state", "words"), [("draft", "is not open yet"), ("closed", "is closed")])
def test_only_an_open_period_takes_postings(by, state, words):
    period = FundingPeriodFactory(state="draft")
    budget = EmptyBudgetFactory(period=period)
    if state == "closed":
        FundingPeriod.objects.update(state="closed", closed_at=NOW, closed_by=by)

    with pytest.raises(ledger.NotOpen, match=words):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(1), by=by, now=NOW)


def test_a_budget_is_opened_once(by):
    period = FundingPeriodFactory()
    community = EmptyBudgetFactory().community
    how = {"community_id": community.pk, "period_id": period.pk, "by": by, "now": NOW}

    first, second = ledger.open_budget(**how), ledger.open_budget(**how)

    assert first == second
    FundingPeriod.objects.filter(pk=period.pk).update(state="closed", closed_at=NOW, closed_by=by)
    with pytest.raises(ledger.NotOpen):
        ledger.open_budget(**how)


def refusal(statement, *values):
    """What the database says when it refuses the statement, at once or when the transaction ends; "" when it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        return str(error)
    return ""


NEW = """INSERT INTO funding_ledgertransaction (budget_id, kind, amount, size, at, by_id, note)
         SELECT id, 'grant', 5, 2, now(), opened_by_id, '' FROM funding_budget RETURNING id"""
LEG = "INSERT INTO funding_ledgerleg (transaction_id, account, amount)"
OLD = f"""{LEG} SELECT id, unnest(ARRAY['here', 'there']), unnest(ARRAY[5, -5]) FROM funding_ledgertransaction
          WHERE kind = 'grant'"""
REFUSED = {
    "a budget moved by hand": (
        'UPDATE funding_budget SET free = free + 1, "grant" = "grant" + 1',
        "only the ledger moves",
    ),
    "a budget deleted": ("DELETE FROM funding_budget", "Cannot delete rows"),
    "a posting changed": ("UPDATE funding_ledgertransaction SET amount = 1", "Cannot update or delete"),
    "a leg deleted": ("DELETE FROM funding_ledgerleg", "Cannot update or delete"),
    "legs truncated": ("TRUNCATE funding_ledgerleg", "written once"),
    "a posting without legs": (NEW, "has 0 legs of 2"),
    "one leg alone": (f"WITH t AS ({NEW}) {LEG} SELECT id, 'free', 5 FROM t", "every_pound_has_one_place"),
    "legs that do not balance": (
        f"WITH t AS ({NEW}) {LEG} SELECT id, 'free', 5 FROM t UNION SELECT id, 'grant', -4 FROM t",
        "every_pound_has_one_place",
    ),
    "balanced legs added to an old posting": (
        OLD.replace("there", "paid").replace("here", "committed"),
        "paid_never_below_nothing",
    ),
    "balanced legs added to an old posting without overdrawing": (
        OLD.replace("there", "contingency").replace("here", "committed"),
        "has 4 legs of 2",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_what_the_services_would_never_do(what):
    make_budget(grant=1000)
    if what.endswith("overdrawing"):
        ledger.set_contingency(budget_id=Budget.objects.get().pk, amount=Decimal(100), by=UserFactory(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    statement, words = REFUSED[what]

    assert words in refusal(statement)


def test_totals_of_a_new_budget_are_nothing(by):
    with pytest.raises(DatabaseError), transaction.atomic():
        EmptyBudgetFactory(grant=5, free=5)
    assert Budget.objects.count() == 0
