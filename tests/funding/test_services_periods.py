"""A period is set up, opened, given out and closed once for all, with every pound carried to its place."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Notice
from core.verdicts import Refused
from funding.models import Budget, FundingPeriod, LedgerTransaction
from funding.queries import figures
from funding.services import awards, budgets, ledger, periods
from tests.factories.funding_money import FundingPeriodFactory, make_budget

NOW = datetime(2027, 8, 31, 16, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(actors):
    return actors["administrator"].user


@pytest.fixture
def period(world):
    return FundingPeriodFactory(payment_days=[date(2026, 9, 1), date(2027, 4, 1)])


@pytest.fixture
def following():
    return FundingPeriodFactory(name="2027-28", slug="2027-28", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))


def close(period, admin, into=None):
    return periods.close(period_id=period.pk, into_id=into.pk if into else None, by=admin, now=NOW)


def with_an_award(budget, world, admin):
    return awards.grant(
        budget_id=budget.pk,
        school_id=world.hartwell.pk,
        amount=Decimal(1000),
        reference="CoS-1",
        title="Help",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 7, 20),
        by=admin,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("rule", "cap", "carried", "returned"),
    [("all", None, "9000.00", "0.00"), ("none", None, "0.00", "9000.00"), ("cap", "2500", "2500.00", "6500.00")],
)
def test_closing_carries_by_the_rule_and_shows_it_before(world, admin, period, following, rule, cap, carried, returned):
    period.carry_forward, period.carry_cap = rule, Decimal(cap) if cap else None
    period.save()
    period.refresh_from_db()
    budget = make_budget(grant=10_000, contingency=500, community=world.north, period=period)
    award = with_an_award(budget, world, admin)

    (row,) = periods.preview(period)
    assert (str(row.carried), str(row.returned), str(row.committed)) == (carried, returned, "1000.00")
    close(period, admin, following)

    new = Budget.objects.get(period=following)
    assert figures.of(new).as_text() == {
        "grant": str(Decimal(carried) + 1000),
        "contingency": "0.00",
        "committed": "1000.00",
        "paid": "0.00",
        "free": carried,
    }
    budget.refresh_from_db()
    assert set(figures.of(budget).as_text().values()) == {"0.00"}
    assert figures.upto(budget.pk) == figures.of(budget)
    assert {part.budget_id for part in award.instalments.all()} == {new.pk}


def test_promises_move_on_with_their_instalments_and_are_released_in_the_new_period(
    world, actors, admin, period, following
):
    budget = make_budget(grant=10_000, community=world.north, period=period)
    award = with_an_award(budget, world, admin)
    close(period, admin, following)

    awards.release_early(award_id=award.pk, reason="Moved", by=actors["head"].user, now=NOW)

    new = Budget.objects.get(period=following)
    assert (new.committed, new.free) == (Decimal(0), Decimal(10_000))


def test_money_that_has_nowhere_to_go_keeps_the_period_open(world, admin, period):
    make_budget(grant=100, community=world.north, period=period)

    with pytest.raises(periods.NeedsNext, match=r"£100\.00 has to move on"):
        close(period, admin)
    with pytest.raises(periods.NeedsNext, match="another period"):
        close(period, admin, period)

    assert not LedgerTransaction.objects.filter(kind="carry_out").exists()


def test_a_closed_period_never_changes_again(world, admin, period):
    period.carry_forward = "none"
    period.save()
    budget = make_budget(grant=100, community=world.north, period=period)
    close(period, admin)

    with pytest.raises(ledger.NotOpen):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(1), by=admin, now=NOW)
    with pytest.raises(periods.Fixed):
        close(period, admin)
    with pytest.raises(periods.Fixed):
        periods.change(period_id=period.pk, by=admin, now=NOW, name="Other")
    with pytest.raises(periods.Fixed):
        periods.open_period(period_id=period.pk, by=admin, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        FundingPeriod.objects.filter(pk=period.pk).update(state="open", closed_at=None, closed_by=None)


def test_chairs_hear_that_their_period_is_closed(world, actors, admin, period, following):
    make_budget(grant=100, community=world.north, period=period)

    close(period, admin, following)

    assert Notice.objects.get(person=actors["chair"].user, key__startswith="funding.closed").subject == (
        f"The period {period.name} is closed for North"
    )
    assert not Notice.objects.filter(person=actors["neighbour"].user).exists()


def test_settings_change_until_they_cannot(admin, period):
    draft = FundingPeriodFactory(state="draft")

    periods.change(period_id=draft.pk, by=admin, now=NOW, starts_on=date(2026, 8, 1))
    periods.change(period_id=period.pk, by=admin, now=NOW, contingency_percent=Decimal(5))

    with pytest.raises(periods.Fixed, match="first and last day"):
        periods.change(period_id=period.pk, by=admin, now=NOW, ends_on=date(2027, 9, 1))


def test_only_what_was_never_opened_is_removed(world, admin, period):
    draft = FundingPeriodFactory(state="draft")

    periods.remove(period_id=draft.pk, by=admin, now=NOW)

    with pytest.raises(periods.Fixed):
        periods.remove(period_id=period.pk, by=admin, now=NOW)
    assert list(FundingPeriod.objects.all()) == [period]


@pytest.mark.parametrize("who", ["chair", "officer", "head", "board_member", "data_protection", "stranger"])
def test_only_the_administrator_runs_periods(actors, period, who):
    by = actors[who].user
    for act in (
        lambda: periods.set_up(by=by, now=NOW),
        lambda: periods.change(period_id=period.pk, by=by, now=NOW),
        lambda: periods.open_period(period_id=period.pk, by=by, now=NOW),
        lambda: periods.remove(period_id=period.pk, by=by, now=NOW),
        lambda: close(period, by),
        lambda: budgets.give(period_id=period.pk, rows=[], by=by, now=NOW),
    ):
        with pytest.raises(Refused):
            act()


def give(period, admin, *rows):
    return budgets.give(period_id=period.pk, rows=[budgets.Wanted(*row) for row in rows], by=admin, now=NOW)


def test_budgets_are_given_as_totals_and_sent_twice_have_one_effect(world, actors, admin, period):
    period.contingency_percent = Decimal("7.5")
    period.save()

    changed = give(period, admin, (world.north.pk, Decimal(1000)), (world.south.pk, Decimal(500), Decimal(0)))
    again = give(period, admin, (world.north.pk, Decimal(1000)), (world.south.pk, Decimal(500), Decimal(0)))

    assert (len(changed), again) == (2, [])
    north = Budget.objects.get(community=world.north)
    assert (north.grant, north.contingency) == (Decimal(1000), Decimal(75))
    assert Notice.objects.filter(person=actors["chair"].user).count() == 1


def test_a_budget_is_raised_and_cut_by_the_difference(world, admin, period):
    give(period, admin, (world.north.pk, Decimal(1000), Decimal(300)))

    give(period, admin, (world.north.pk, Decimal(400), Decimal(100)))

    north = Budget.objects.get(community=world.north)
    assert (north.grant, north.contingency, north.free) == (Decimal(400), Decimal(100), Decimal(300))


def test_one_row_that_cannot_be_keeps_all_rows_out(world, admin, period):
    budget = make_budget(grant=1000, community=world.north, period=period)
    with_an_award(budget, world, admin)

    with pytest.raises(budgets.RowsRefused) as refused:
        give(period, admin, (world.south.pk, Decimal(5)), (world.north.pk, Decimal(10), Decimal(0)))

    assert refused.value.sentences == {world.north.pk: "There is £0.00 uncommitted; this needs £990.00."}
    assert not Budget.objects.filter(community=world.south).exists()


def test_a_row_drawn_before_the_budget_changed_is_not_written_over(world, admin, period):
    budget = make_budget(grant=1000, community=world.north, period=period)
    drawn = (Decimal(1000), Decimal(0))
    ledger.add_grant(budget_id=budget.pk, amount=Decimal(50), by=admin, now=NOW)

    assert give(period, admin, (world.north.pk, *drawn, drawn)) == [], "a row nobody touched posts nothing"
    with pytest.raises(budgets.RowsRefused) as refused:
        give(period, admin, (world.north.pk, Decimal(900), Decimal(0), drawn))

    assert "it is now £1,050.00" in refused.value.sentences[world.north.pk]
