"""Random histories of one county's money against a plain model in Python: no sequence breaks the books."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from communities import powers
from funding.models import Budget, Instalment, LedgerTransaction
from funding.queries import figures
from funding.services import awards, ledger, payments, periods
from tests.factories.funding_money import FundingPeriodFactory, PaymentScheduleFactory, make_budget
from tests.world import World

NOW = datetime(2027, 5, 4, 10, 0, tzinfo=UTC)
NAMES = ("grant", "contingency", "committed", "paid", "free")
AMOUNTS = st.integers(min_value=1, max_value=60_000).map(lambda pennies: Decimal(pennies).scaleb(-2))
TERMS = [date(2026, 9, 1), date(2027, 1, 4), date(2027, 4, 12)]


class Books(RuleBasedStateMachine):
    """`model` is what a careful person would have in a notebook: five figures, and what each posting changed."""

    world: World
    admin: User
    officer: User
    head: User
    posted: Bundle = Bundle("posted")
    running: Bundle = Bundle("running")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.numbers = count(1)
        self.period = FundingPeriodFactory(payment_days=TERMS)
        self.budget = make_budget(grant=0, community=self.world.north, period=self.period)
        self.model = dict.fromkeys(NAMES, Decimal(0))
        self.carried = Decimal(0)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def try_to(self, act, **change):
        """The service and the notebook agree on whether it is possible, and on what changes."""
        after = {name: self.model[name] + change.get(name, 0) for name in NAMES}
        possible = all(value >= 0 for value in after.values())
        try:
            with transaction.atomic():
                found = act()
        except ledger.NotEnough:
            assert not possible, f"refused {change} with {self.model}"
            return None
        assert possible, f"allowed {change} with {self.model}"
        self.model = after
        return found

    @property
    def how(self):
        return {"budget_id": self.budget.pk, "by": self.admin, "now": NOW}

    @rule(target=posted, amount=AMOUNTS)
    def allocate(self, amount):
        found = self.try_to(lambda: ledger.add_grant(amount=amount, **self.how), grant=amount, free=amount)
        return multiple((found.pk, {"grant": amount, "free": amount}, self.budget.pk))

    @rule(amount=AMOUNTS)
    def take_back(self, amount):
        self.try_to(lambda: ledger.take_back(amount=amount, **self.how), grant=-amount, free=-amount)

    @rule(amount=AMOUNTS)
    def set_contingency(self, amount):
        more = amount - self.model["contingency"]
        self.try_to(lambda: ledger.set_contingency(amount=amount, **self.how), contingency=more, free=-more)

    @rule(target=posted, amount=AMOUNTS, share=st.integers(0, 4))
    def commit(self, amount, share):
        part = (amount * share / 4).quantize(Decimal("0.01"))
        change = {"free": part - amount, "contingency": -part, "committed": amount}
        found = self.try_to(lambda: ledger.commit(amount=amount, from_contingency=part, **self.how), **change)
        return multiple((found.pk, change, self.budget.pk)) if found else multiple()

    @rule(posting=consumes(posted))
    def correct(self, posting):
        pk, change, budget = posting
        opposite = {name: -value for name, value in change.items()}
        how = {"transaction_id": pk, "by": self.admin, "now": NOW, "note": "Wrong"}
        if budget != self.budget.pk:
            with pytest.raises(ledger.NotOpen), transaction.atomic():
                ledger.reverse(**how)
        elif self.try_to(lambda: ledger.reverse(**how), **opposite):
            with pytest.raises(ledger.AlreadyReversed), transaction.atomic():
                ledger.reverse(**how)

    @rule(target=running, amount=AMOUNTS)
    def approve(self, amount):
        reference = f"CoS-{next(self.numbers)}"
        found = self.try_to(
            lambda: awards.grant(
                school_id=self.world.hartwell.pk, amount=amount, reference=reference, title="Help",
                starts_on=TERMS[0], ends_on=date(2027, 7, 20), **self.how,
            ),
            free=-amount,
            committed=amount,
        )  # fmt: skip
        return multiple(found) if found else multiple()

    @rule(award=running)
    def pay_the_next_part(self, award):
        part = award.instalments.filter(state=Instalment.State.PLANNED).first()
        if part is None:
            return
        Instalment.objects.filter(pk=part.pk).update(state="exported", schedule=PaymentScheduleFactory())
        mark = payments.Mark(f"{award.reference}/{part.number}", part.amount, TERMS[0])
        self.try_to(
            lambda: payments.mark_paid(marks=[mark], by=self.officer, now=NOW), committed=-part.amount, paid=part.amount
        )

    @rule(award=running)
    def undo_the_last_mark(self, award):
        part = award.instalments.filter(state=Instalment.State.PAID).last()
        if part is None or part.budget_id != self.budget.pk:
            return
        reference = f"{award.reference}/{part.number}"
        self.try_to(
            lambda: payments.unmark_paid(references=[reference], why="Wrong", by=self.officer, now=NOW),
            committed=part.amount,
            paid=-part.amount,
        )

    @rule(award=consumes(running))
    def end_early(self, award):
        left = sum((part.amount for part in award.instalments.filter(state="planned")), Decimal(0))
        award.refresh_from_db()
        if not left or award.state != "active":
            return
        self.try_to(
            lambda: awards.release_early(award_id=award.pk, reason="Moved", by=self.head, now=NOW),
            committed=-left,
            free=left,
        )

    @rule(carry=st.sampled_from(["all", "none"]))
    def close_the_year(self, carry):
        """All that is left moves or returns; what was paid stays behind with the closed year."""
        closed, old = self.period, self.budget
        type(closed).objects.filter(pk=closed.pk).update(carry_forward=carry)
        self.period = FundingPeriodFactory(payment_days=TERMS)
        periods.close(period_id=closed.pk, into_id=self.period.pk, by=self.admin, now=NOW)
        old.refresh_from_db()
        assert figures.of(old) == figures.Figures(grant=self.model["paid"], paid=self.model["paid"])
        with pytest.raises(ledger.NotOpen), transaction.atomic():
            ledger.add_grant(budget_id=old.pk, amount=Decimal(1), by=self.admin, now=NOW)
        self.budget = Budget.objects.get(period=self.period)
        left = self.model["free"] + self.model["contingency"] if carry == "all" else Decimal(0)
        self.model = dict.fromkeys(NAMES, Decimal(0)) | {
            "free": left,
            "committed": self.model["committed"],
            "grant": left + self.model["committed"],
        }

    @invariant()
    def the_books_agree(self):
        with connection.cursor() as cursor:  # what the end of a request would check
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        self.budget.refresh_from_db()
        stored = figures.of(self.budget)
        assert stored == figures.Figures(**self.model)
        assert stored == figures.upto(self.budget.pk)
        waiting = Instalment.objects.filter(budget=self.budget, state__in=["planned", "exported"])
        promised = sum(waiting.values_list("amount", flat=True), Decimal(0))
        assert promised <= stored.committed

    @invariant()
    def corrections_point_at_their_originals(self):
        corrections = LedgerTransaction.objects.filter(kind="reversal")
        assert corrections.filter(reverses=None).count() == 0


@pytest.fixture
def county(world, actors):
    """Made once; each history is rolled back to here."""
    Books.world = world
    Books.admin, Books.officer, Books.head = (actors[name].user for name in ("administrator", "officer", "head"))
    for person in (Books.admin, Books.officer, Books.head):
        powers.grants(person)


@pytest.mark.parametrize(
    ("histories", "steps"),
    [(200, 6), pytest.param(300, 40, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])],
    ids=["short", "long"],
)
def test_no_history_breaks_the_books(county, histories, steps):
    how = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Books, settings=how)
