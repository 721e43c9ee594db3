"""The ledger: every movement of money, written once. Legs sum to zero; the legs' trigger moves the budget's totals."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models.append_only import append_only_triggers
from funding.models.amounts import money
from funding.models.period import Budget

PERIOD_IS_OPEN = """
    IF (SELECT p.state FROM funding_fundingperiod p JOIN funding_budget b ON b.period_id = p.id
        WHERE b.id = NEW.budget_id) <> 'open' THEN
        RAISE EXCEPTION 'this funding period is not open';
    END IF;
    RETURN NEW;
"""
# The grant account is where money comes from: its legs are negative, so that all legs sum to zero.
MOVE_TOTALS = """
    UPDATE funding_budget b SET
        "grant" = b."grant" - d.given, free = b.free + d.free, contingency = b.contingency + d.contingency,
        committed = b.committed + d.committed, paid = b.paid + d.paid
    FROM (
        SELECT t.budget_id,
            COALESCE(SUM(l.amount) FILTER (WHERE l.account = 'grant'), 0) AS given,
            COALESCE(SUM(l.amount) FILTER (WHERE l.account = 'free'), 0) AS free,
            COALESCE(SUM(l.amount) FILTER (WHERE l.account = 'contingency'), 0) AS contingency,
            COALESCE(SUM(l.amount) FILTER (WHERE l.account = 'committed'), 0) AS committed,
            COALESCE(SUM(l.amount) FILTER (WHERE l.account = 'paid'), 0) AS paid
        FROM new_legs l JOIN funding_ledgertransaction t ON t.id = l.transaction_id
        GROUP BY t.budget_id
    ) d WHERE b.id = d.budget_id;
    RETURN NULL;
"""
LEGS_BALANCE = """
    SELECT t.id, t.size, count(l.id), COALESCE(SUM(l.amount), 0) INTO STRICT whose, wanted, found, total
    FROM funding_ledgertransaction t LEFT JOIN funding_ledgerleg l ON l.transaction_id = t.id
    WHERE t.id = NEW.{column} GROUP BY t.id, t.size;
    IF total <> 0 OR found < 2 OR found <> wanted THEN
        RAISE EXCEPTION 'ledger transaction % has % legs of % that sum to %', whose, found, wanted, total;
    END IF;
    RETURN NULL;
"""


def _balanced(column: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="legs_balance",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[
            ("whose", "bigint"),
            ("wanted", "int"),
            ("found", "int"),
            ("total", "numeric"),
        ],
        func=LEGS_BALANCE.replace("{column}", column),
    )


class Account(models.TextChoices):
    """Where a pound can be. `free` is uncommitted."""

    GRANT = "grant", "Allocated"
    FREE = "free", "Uncommitted"
    CONTINGENCY = "contingency", "Contingency"
    COMMITTED = "committed", "Committed"
    PAID = "paid", "Paid"


class LedgerTransaction(models.Model):
    """One movement in one budget. `amount` is pounds, never negative; `size` is the number of legs, so that none is added later.

    `reverses` points a correction at its original, once.
    """

    append_only = True

    class Kind(models.TextChoices):
        GRANT = "grant", "Allocated"
        RESERVE = "reserve", "Set aside as contingency"
        DRAW = "draw", "Drawn from contingency"
        COMMIT = "commit", "Committed"
        RELEASE = "release", "Released"
        PAY = "pay", "Paid"
        REVERSAL = "reversal", "Corrected"
        CARRY_OUT = "carry_out", "Carried to the next period"
        CARRY_IN = "carry_in", "Brought from the last period"
        LAPSE = "lapse", "Returned to the council"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="transactions")
    kind = models.CharField(max_length=10, choices=Kind)
    amount = money()
    size = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    award = models.ForeignKey(
        "funding.Award",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transactions",
    )
    instalment = models.ForeignKey(
        "funding.Instalment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transactions",
    )
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversed_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="transaction_amount_above_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transaction_has_two_legs_or_more", condition=Q(size__gte=2)),
            models.CheckConstraint(
                name="a_reversal_points_at_its_original",
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses=None)),
            ),
            models.CheckConstraint(
                name="nothing_reverses_itself",
                condition=Q(reverses=None) | ~Q(reverses=F("pk")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["budget", "id"], name="ledger_by_budget"),
            models.Index(fields=["budget", "at"], name="ledger_by_budget_and_moment"),
        ]
        triggers: ClassVar = [
            *append_only_triggers(),
            pgtrigger.Trigger(
                name="period_is_open",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=PERIOD_IS_OPEN,
            ),
            _balanced("id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} £{self.amount} (transaction {self.pk})"


class LedgerLeg(models.Model):
    """One side of a movement: plus arrives in the account, minus leaves it."""

    append_only = True

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="legs")
    account = models.CharField(max_length=11, choices=Account)
    amount = money()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["transaction", "account"], name="one_leg_an_account"),
            models.CheckConstraint(name="a_leg_moves_something", condition=~Q(amount=0)),
            models.CheckConstraint(name="leg_in_a_known_account", condition=Q(account__in=Account.values)),
        ]
        triggers: ClassVar = [
            *append_only_triggers(),
            pgtrigger.Trigger(
                name="legs_move_totals",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_legs"),  # type: ignore[no-untyped-call]
                func=MOVE_TOTALS,
            ),
            _balanced("transaction_id"),
        ]

    def __str__(self) -> str:
        return f"{self.account} £{self.amount} (leg {self.pk})"
