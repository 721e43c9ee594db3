"""Budgets, old commitments and paid marks come in files: whole or not at all, and with a way back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from core.imports import base, services
from core.models import ImportRun
from funding.models import Award, Budget, Instalment, LedgerTransaction
from funding.services import awards, payments
from tests.factories.funding_money import FundingPeriodFactory, make_budget

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def period(world):
    return FundingPeriodFactory(name="2026-27", slug="2026-27", payment_days=[date(2026, 9, 1), date(2026, 11, 4)])


@pytest.fixture
def admin(actors):
    return actors["administrator"].user


@pytest.fixture
def officer(actors):
    return actors["officer"].user


def load(tmp_path, kind, text, by, name="file.csv"):
    path = tmp_path / name
    path.write_text(text)
    return services.run_to_end(kind=kind, path=path, by=by, now=NOW)


def take_back(run, by):
    base.IMPORTERS[run.kind].undo(changes_of(run), by=by, now=NOW)


def changes_of(run):
    return [
        base.Change(row.change, row.table, row.key, row.label, row.line, row.before, row.after)
        for row in run.rows.order_by("-pk")
        if row.change != "same"
    ]


BUDGETS = 'Community,Period,Allocated,Contingency\nNorth,2026-27,"10,000.50",500\nSouth,2026-27,8000,\n'


def test_budgets_are_loaded_and_the_same_file_changes_nothing(tmp_path, period, admin):
    load(tmp_path, "budgets", BUDGETS, admin)
    again = load(tmp_path, "budgets", BUDGETS, admin)

    assert again.state == ImportRun.State.READY
    assert [(str(row.grant), str(row.contingency)) for row in Budget.objects.order_by("community__name")] == [
        ("10000.50", "500.00"),
        ("8000.00", "0.00"),
    ]


def test_budgets_taken_back_are_returned_to_the_council(tmp_path, period, admin):
    run = load(tmp_path, "budgets", BUDGETS, admin)

    take_back(run, admin)

    assert set(Budget.objects.values_list("grant", flat=True)) == {Decimal(0)}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Nowhere,2026-27,5,", "There is no open community Nowhere."),
        ("North,1999,5,", "There is no period 1999."),
        ("North,2026-27,five,", "Allocated is “five”."),
        ("North,2026-27,5,6", "Contingency (£6.00) is more than what is allocated."),
    ],
)
def test_a_line_that_is_wrong_keeps_all_budgets_out(tmp_path, period, admin, line, sentence):
    with pytest.raises(services.NotLoaded) as refused:
        load(tmp_path, "budgets", f"{BUDGETS}{line}\n", admin)

    assert sentence in str(refused.value)
    assert not Budget.objects.exists()


def test_a_budget_is_not_cut_below_what_is_promised(tmp_path, period, admin, world):
    budget = make_budget(grant=1000, community=world.north, period=period)
    award(budget, world, admin)

    with pytest.raises(services.NotLoaded, match=r"£900\.00 of it is committed or paid already"):
        load(tmp_path, "budgets", "Community,Period,Allocated\nNorth,2026-27,500\n", admin)


def award(budget, world, by):
    return awards.grant(
        budget_id=budget.pk, school_id=world.hartwell.pk, amount=Decimal(900), reference="CoS-1", title="Help",
        starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 20), by=by, now=NOW,
    )  # fmt: skip


HEAD = "Reference,Community,Period,School,Amount,Starts on,Ends on,Paid\n"
OLD = f"{HEAD}HNF-1,North,2026-27,900101,400,01-09-2026,31-03-2027,terms\nHNF-2,North,2026-27,900102,100,01-09-2026,31-12-2026,once\n"


def test_old_commitments_are_loaded_and_taken_back(tmp_path, period, admin, world):
    budget = make_budget(grant=1000, community=world.north, period=period)
    run = load(tmp_path, "inherited-commitments", OLD, admin)

    budget.refresh_from_db()
    assert (budget.committed, budget.free) == (Decimal(500), Decimal(500))
    assert [found.instalments.count() for found in Award.objects.order_by("reference")] == [2, 1]
    assert load(tmp_path, "inherited-commitments", OLD, admin).state == ImportRun.State.READY

    take_back(run, admin)
    budget.refresh_from_db()
    assert (budget.committed, budget.free) == (Decimal(0), Decimal(1000))


def test_old_commitments_of_more_than_there_is_stay_out(tmp_path, period, admin, world):
    make_budget(grant=450, community=world.north, period=period)

    with pytest.raises(services.NotLoaded, match=r"more is committed than the £450\.00 there is"):
        load(tmp_path, "inherited-commitments", OLD, admin)
    assert not Award.objects.exists()


def test_an_old_commitment_with_other_facts_is_a_fault(tmp_path, period, admin, world):
    make_budget(grant=1000, community=world.north, period=period)
    load(tmp_path, "inherited-commitments", OLD, admin)

    with pytest.raises(services.NotLoaded, match="There is an award HNF-1 already, with other facts"):
        load(tmp_path, "inherited-commitments", OLD.replace(",400,", ",401,"), admin)


def test_a_commitment_under_payment_is_not_taken_back(tmp_path, period, admin, officer, world):
    make_budget(grant=1000, community=world.north, period=period)
    run = load(tmp_path, "inherited-commitments", OLD, admin)
    payments.export(key=uuid4(), due_by=date(2026, 11, 30), by=officer, now=NOW)

    with pytest.raises(base.CannotUndo, match=r"HNF-\d: Part of this award was paid or sent"):
        take_back(run, admin)


@pytest.fixture
def sent(world, period, officer, admin):
    award(make_budget(grant=1000, community=world.north, period=period), world, admin)
    return payments.export(key=uuid4(), due_by=date(2026, 11, 30), by=officer, now=NOW)


PAID = "Reference,Community,Amount,Paid on\nCoS-1/1,North,450.00,{one}\nCoS-1/2,North,450.00,{two}\nTotal,,900.00,\n"


def test_the_schedule_comes_back_with_days_and_unpaid_lines_are_passed_over(tmp_path, sent, officer):
    load(tmp_path, "paid-marks", PAID.format(one="15-11-2026", two=""), officer)
    assert [part.state for part in Instalment.objects.order_by("number")] == ["paid", "exported"]

    load(tmp_path, "paid-marks", PAID.format(one="15-11-2026", two="18-11-2026"), officer)
    budget = Budget.objects.get()
    assert (budget.committed, budget.paid, Award.objects.get().state) == (Decimal(0), Decimal(900), "finished")


def test_paid_marks_taken_back_are_reversed(tmp_path, sent, officer):
    run = load(tmp_path, "paid-marks", PAID.format(one="15-11-2026", two="18-11-2026"), officer)

    take_back(run, officer)

    budget = Budget.objects.get()
    assert (budget.committed, budget.paid) == (Decimal(900), Decimal(0))
    assert LedgerTransaction.objects.filter(kind="reversal").count() == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("CoS-9/1,North,5.00,15-11-2026", "There is no instalment CoS-9/1."),
        ("CoS-1/2,North,449.99,15-11-2026", "CoS-1/2 is £450.00, but the file says £449.99."),
        ("CoS-1/1,North,450.00,15-11-2026", "Each may stand in the file once."),
        ("CoS-1/2,North,450.00,15-01-2099", "The day CoS-1/2 was paid is in the future."),
    ],
)
def test_a_mark_that_does_not_fit_keeps_the_file_out(tmp_path, sent, officer, line, sentence):
    text = f"Reference,Community,Amount,Paid on\nCoS-1/1,North,450.00,15-11-2026\n{line}\n"

    with pytest.raises(services.NotLoaded) as refused:
        load(tmp_path, "paid-marks", text, officer)

    assert sentence in str(refused.value)
    assert not Instalment.objects.filter(state="paid").exists()


def test_each_kind_is_for_its_own_people(actors):
    for kind, who in (
        ("budgets", "administrator"),
        ("inherited-commitments", "administrator"),
        ("paid-marks", "officer"),
    ):
        allowed = {name for name, actor in actors.items() if actor.user and base.IMPORTERS[kind].may(actor.user)}
        assert allowed == {who}
