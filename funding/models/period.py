"""The stretches of time money is given for, and what each community was given. Periods may overlap (April and September)."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from communities.models import Community
from funding.models.amounts import NOTHING, money

TOTALS = ("grant", "contingency", "free", "committed", "paid")


class FundingPeriod(models.Model):
    """A draft is being set up, an open one takes postings, a closed one never changes again.

    `payment_days` are the days on which instalments fall due, usually the first day of each term; an award paid over the
    terms has one on each of them. `carry_cap` is pounds a community, only with the cap rule. `escalation_threshold` None
    means that no request goes to the board for its amount.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Being set up"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class Carry(models.TextChoices):
        ALL = "all", "All of it moves to the next period"
        NONE = "none", "None of it moves: it goes back to the council"
        CAP = "cap", "It moves up to a limit for each community"

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    carry_forward = models.CharField(max_length=4, choices=Carry, default=Carry.ALL)
    carry_cap = money(null=True, blank=True)
    contingency_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    ehcp_may_draw = models.BooleanField(default=True)
    escalation_threshold = money(null=True, blank=True)
    payment_days = ArrayField(models.DateField(), default=list, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(name="period_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="carry_cap_only_with_the_cap_rule",
                condition=Q(carry_forward="cap", carry_cap__gte=0) | (~Q(carry_forward="cap") & Q(carry_cap=None)),
            ),
            models.CheckConstraint(
                name="contingency_is_a_percentage",
                condition=Q(contingency_percent__gte=0, contingency_percent__lte=100),
            ),
            models.CheckConstraint(
                name="escalation_threshold_above_nothing",
                condition=Q(escalation_threshold=None) | Q(escalation_threshold__gt=0),
            ),
            models.CheckConstraint(
                name="closing_is_whole_or_absent",
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, closed_by=None)),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="closed_for_ever",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (period {self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether money may move in it."""
        return self.state == self.State.OPEN


class Budget(models.Model):
    """What one community has in one period. The totals are moved by the ledger's trigger and by nothing else.

    grant = free + contingency + committed + paid, always: five figures, all in pounds.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="budgets")
    period = models.ForeignKey(FundingPeriod, on_delete=models.PROTECT, related_name="budgets")
    grant = money(default=NOTHING, editable=False)
    contingency = money(default=NOTHING, editable=False)
    free = money(default=NOTHING, editable=False)
    committed = money(default=NOTHING, editable=False)
    paid = money(default=NOTHING, editable=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["community", "period"], name="one_budget_a_community_and_period"),
            models.CheckConstraint(name="never_spend_more_than_is_free", condition=Q(free__gte=0)),
            models.CheckConstraint(name="contingency_never_below_nothing", condition=Q(contingency__gte=0)),
            models.CheckConstraint(name="committed_never_below_nothing", condition=Q(committed__gte=0)),
            models.CheckConstraint(name="paid_never_below_nothing", condition=Q(paid__gte=0)),
            models.CheckConstraint(
                name="every_pound_has_one_place",
                condition=Q(grant=F("free") + F("contingency") + F("committed") + F("paid")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="only_the_ledger_moves_totals",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                # Depth 2: this trigger, fired by the one on the ledger's legs. A direct UPDATE arrives at depth 1.
                func="""
                    IF pg_trigger_depth() < 2 THEN
                        RAISE EXCEPTION 'only the ledger moves a budget';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="budgets_start_empty",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NEW."grant" <> 0 OR NEW.free <> 0 OR NEW.contingency <> 0 OR NEW.committed <> 0 OR NEW.paid <> 0 THEN
                        RAISE EXCEPTION 'a budget starts empty: post to the ledger';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="budgets_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"community {self.community_id} in period {self.period_id} (budget {self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether money may move in it."""
        return self.period.is_open
