"""When the uncommitted money would be gone at this period's pace, or why nobody can tell yet."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from core.formats import pounds, short_date
from funding.models import Account, Award, Budget, LedgerLeg, LedgerTransaction
from funding.models.amounts import NOTHING

LEAST_DAYS = 28
LEAST_DECISIONS = 3


@dataclass(frozen=True, slots=True)
class Runway:
    """`on` is the day the money would be gone, None when it lasts or nobody can tell; `sentence` says which."""

    sentence: str
    on: date | None = None
    tone: str = "going"


def ahead(budget: Budget, *, today: date) -> Runway:
    """The pace is what decisions of this period committed, less what they gave back, over its days so far. Inherited
    commitments, allocations and money carried over say nothing about pace and are left out.
    """
    period = budget.period
    if not period.is_open:
        return Runway(f"The period {period.name} is {period.get_state_display().lower()}.")
    if not budget.grant:
        return Runway("No money has been allocated yet.")
    if not budget.free:
        return Runway(
            "Nothing is uncommitted. New requests need money given back or drawn from contingency.", tone="alert"
        )
    if today > period.ends_on:
        return Runway(
            f"The period ended on {short_date(period.ends_on)} and {pounds(budget.free)} is still uncommitted."
        )
    days, decisions, spent = _pace(budget, today)
    if days < LEAST_DAYS or decisions < LEAST_DECISIONS or spent <= 0:
        return Runway(_too_early(days, decisions))
    return _forecast(budget, today, spent / days)


def _pace(budget: Budget, today: date) -> tuple[int, int, Decimal]:
    """Days since the start, decisions that committed money, pounds they committed and did not give back."""
    kinds = LedgerTransaction.Kind
    found = LedgerLeg.objects.filter(
        transaction__budget=budget,
        transaction__award__origin=Award.Origin.DECISION,
        transaction__instalment=None,
        account=Account.COMMITTED,
    ).aggregate(pounds=Sum("amount"), decisions=Count("pk", filter=Q(transaction__kind=kinds.COMMIT)))
    return (today - budget.period.starts_on).days + 1, found["decisions"], found["pounds"] or NOTHING


def _too_early(days: int, decisions: int) -> str:
    if days < LEAST_DAYS:
        return "The period has only just begun: there is too little to tell how long the money will last."
    made = {0: "No award has", 1: "One award has"}.get(decisions, f"Only {decisions} awards have")
    return f"{made} been made in this period: there is too little to tell how long the money will last."


def _forecast(budget: Budget, today: date, a_day: Decimal) -> Runway:
    ends_on, weekly = budget.period.ends_on, pounds((a_day * 7).quantize(Decimal(1)))
    days_left = math.floor(budget.free / a_day)
    pace = f"At this period’s pace, about {weekly} a week,"
    if days_left > (ends_on - today).days:
        left = budget.free - a_day * (ends_on - today).days
        return Runway(
            f"{pace} the money lasts to {short_date(ends_on)}, with about {pounds(_round(left))} left.", tone="done"
        )
    on = today + timedelta(days=days_left)
    return Runway(
        f"{pace} the uncommitted {pounds(budget.free)} is gone by {short_date(on)}. The period ends on {short_date(ends_on)}.",
        on=on,
        tone="alert",
    )


def _round(amount: Decimal) -> Decimal:
    """To the nearest ten pounds: a forecast is not to the penny."""
    return (amount / 10).quantize(Decimal(1)) * 10
