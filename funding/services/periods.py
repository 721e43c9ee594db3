"""Funding periods: set up, opened, changed, and closed once for all with everything in them carried to its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities import queries as places
from core import audit
from core.formats import exact_pounds
from core.verdicts import require
from funding.models import Account, Budget, FundingPeriod, Instalment
from funding.models.amounts import NOTHING
from funding.permissions import money as permissions
from funding.services import ledger

State = FundingPeriod.State
Carry = FundingPeriod.Carry
# Once money moves in a period its days stand: postings were made in the belief that they do.
ONLY_BEFORE_OPENING = ("starts_on", "ends_on")


class NeedsNext(Exception):
    """There is money to carry and no open period to carry it to."""


class Fixed(Exception):
    """The setting can no longer change."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing does to one budget, in pounds. `committed` moves with its unpaid instalments."""

    budget: Budget
    left: Decimal
    carried: Decimal
    committed: Decimal

    @property
    def returned(self) -> Decimal:
        """What goes back to the council."""
        return self.left - self.carried

    @property
    def moves(self) -> Decimal:
        """All that moves to the next period."""
        return self.carried + self.committed


@transaction.atomic
def set_up(*, by: User, now: datetime, **settings: Any) -> FundingPeriod:
    """A new period, being set up. `settings` are the columns of FundingPeriod that the form asks for."""
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.create(**settings)
    audit.record(action="funding.period_set_up", target=period, by=by, at=now)
    return period


@transaction.atomic
def change(*, period_id: int, by: User, now: datetime, **settings: Any) -> FundingPeriod:
    """Change settings. Raises Refused, and Fixed when the period is too far along for it."""
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.select_for_update(no_key=True).get(pk=period_id)
    changed = {name: value for name, value in settings.items() if getattr(period, name) != value}
    if period.state == State.CLOSED and changed:
        raise Fixed(f"The period {period.name} is closed. Nothing in it can change.")
    if period.state == State.OPEN and set(changed) & set(ONLY_BEFORE_OPENING):
        raise Fixed("The period is open, so its first and last day can no longer change.")
    for name, value in changed.items():
        setattr(period, name, value)
    period.save(update_fields=list(changed))
    audit.record(
        action="funding.period_changed",
        target=period,
        by=by,
        at=now,
        **{name: _plain(value) for name, value in changed.items()},
    )
    return period


@transaction.atomic
def open_period(*, period_id: int, by: User, now: datetime) -> FundingPeriod:
    """From now on money moves in it. Opening twice changes nothing."""
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.select_for_update(no_key=True).get(pk=period_id)
    if period.state == State.DRAFT:
        period.state = State.OPEN
        period.save(update_fields=["state"])
        audit.record(action="funding.period_opened", target=period, by=by, at=now)
    elif period.state == State.CLOSED:
        raise Fixed(f"The period {period.name} is closed. It cannot be opened again.")
    return period


@transaction.atomic
def remove(*, period_id: int, by: User, now: datetime) -> None:
    """Take away a period that was never opened and holds nothing."""
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.select_for_update().get(pk=period_id)
    if period.state != State.DRAFT or period.budgets.exists():
        raise Fixed("Only a period that is still being set up, without budgets, can be removed.")
    audit.record(action="funding.period_removed", target=period, by=by, at=now, name=period.name)
    period.delete()


def preview(period: FundingPeriod) -> list[Closing]:
    """What closing would do now, community by community."""
    budgets = period.budgets.select_related("community", "period").order_by("community__name")
    return [_closing(period, budget) for budget in budgets]


@transaction.atomic
def close(*, period_id: int, into_id: int | None, by: User, now: datetime) -> FundingPeriod:
    """Carry, return, and close for ever. Promises not yet paid move to `into` with their instalments.

    Raises Refused, Fixed, NeedsNext and ledger.NotPosted. Budgets are locked in the order of their numbers, so a posting
    made at the same time is either in before we look, or finds the period closed.
    """
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.select_for_update(no_key=True).get(pk=period_id)
    if period.state != State.OPEN:
        raise Fixed(
            f"The period {period.name} is {period.get_state_display().lower()}. Only an open period can be closed."
        )
    into = _next(period, into_id)
    targets = {
        budget.pk: ledger.open_budget(community_id=budget.community_id, period_id=into.pk, by=by, now=now)
        for budget in period.budgets.order_by("pk")
        if into is not None
    }
    everyone = sorted({*period.budgets.values_list("pk", flat=True), *(target.pk for target in targets.values())})
    locked = {pk: ledger.lock(pk) for pk in everyone}
    for budget in (locked[pk] for pk in period.budgets.order_by("pk").values_list("pk", flat=True)):
        target = targets.get(budget.pk)
        _settle(period, budget, locked[target.pk] if target else None, by=by, now=now)
    period.state, period.closed_at, period.closed_by = State.CLOSED, now, by
    period.save(update_fields=["state", "closed_at", "closed_by"])
    audit.record(action="funding.period_closed", target=period, by=by, at=now, into=into.pk if into else None)
    _tell_chairs(period, now=now)
    return period


def _next(period: FundingPeriod, into_id: int | None) -> FundingPeriod | None:
    if into_id is None:
        return None
    into = FundingPeriod.objects.select_for_update(no_key=True).get(pk=into_id)
    if into.pk == period.pk or into.state != State.OPEN:
        raise NeedsNext("Choose another period that is open.")
    return into


def _closing(period: FundingPeriod, budget: Budget) -> Closing:
    left = budget.free + budget.contingency
    carried = {Carry.ALL: left, Carry.NONE: NOTHING, Carry.CAP: min(left, period.carry_cap or NOTHING)}[
        Carry(period.carry_forward)
    ]
    return Closing(budget, left, carried, budget.committed)


def _settle(period: FundingPeriod, budget: Budget, into: Budget | None, *, by: User, now: datetime) -> None:
    plan = _closing(period, budget)
    if plan.moves and into is None:
        raise NeedsNext(
            f"{exact_pounds(plan.moves)} has to move on. Open the period that follows, then choose it as the next one."
        )
    from_free = min(plan.carried, budget.free)
    out = {Account.FREE: from_free, Account.CONTINGENCY: plan.carried - from_free, Account.COMMITTED: plan.committed}
    if plan.moves and into is not None:
        home = {Account.FREE: plan.carried, Account.COMMITTED: plan.committed}
        ledger.carry(source=budget, into=into, out=out, home=home, by=by, now=now)
        unpaid = [Instalment.State.PLANNED, Instalment.State.EXPORTED]
        Instalment.objects.filter(budget=budget, state__in=unpaid).update(budget=into)
    if plan.returned:
        rest = {Account.FREE: budget.free, Account.CONTINGENCY: budget.contingency}
        ledger.lapse(source=budget, legs=rest, by=by, now=now, note=f"Left at the end of {period.name}")


def _tell_chairs(period: FundingPeriod, *, now: datetime) -> None:
    for budget in period.budgets.select_related("community"):
        notify(
            places.people_with("chair", on=localdate(now), community=budget.community),
            subject=f"The period {period.name} is closed for {budget.community.name}",
            text="See what moved to the next period and what went back to the council.",
            link=reverse("funding:budget", args=[budget.community.slug, period.slug]),
            key=f"funding.closed:{budget.pk}",
            now=now,
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | date):
        return str(value)
    return [str(day) for day in value] if isinstance(value, Sequence) and not isinstance(value, str) else value
