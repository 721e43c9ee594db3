"""The money of Wealdshire: a year that is closed with its accounts, the one that runs, and the next one, being set up."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import User
from communities.models import Community, Role
from communities.queries import member_schools
from dashboards.sample.people import holder
from dashboards.sample.stage import morning
from funding.models import Award, Budget, FundingPeriod
from funding.services import awards, budgets, periods

YEAR_BEGINS = (4, 9)  # a period starts in April or in September
TERMS = ((9, 1), (11, 1), (1, 5), (2, 20), (4, 15), (6, 1))  # month and day on which instalments fall due
BEFORE = 60  # days before the running period's first, on which Wealdshire began to use the product
GRANT, EACH_MORE = 60_000, 8_000  # pounds for the first community, and more for each one after it
LEFT = 38_000  # pounds left of the earlier year when its books were brought over
INHERITED, INHERITED_MORE = 14_400, 600
CARRY_CAP = 10_000


def first_day(met_first: date) -> date:
    """The first day of the period in which every meeting was held; it runs on for two weeks or more on any day."""
    starts = [date(year, month, 1) for year in (met_first.year - 1, met_first.year) for month in YEAR_BEGINS]
    return max(day for day in starts if day <= met_first)


def begun_at(first: date) -> datetime:
    """When the administrator set the county up."""
    return morning(first - timedelta(days=BEFORE))


def bring_over(admin: User, first: date) -> None:
    """The three periods; what was left of the earlier year, and what had been promised in it before."""
    now = begun_at(first)
    earlier = _set_up(admin, first, -1, now, carry_forward="cap", carry_cap=Decimal(CARRY_CAP))
    for years in (0, 1):
        _set_up(admin, first, years, now, contingency_percent=Decimal("5.00"))
    _open(earlier, admin, now, first_grant=LEFT, more=0)
    for number, budget in enumerate(earlier.budgets.order_by("pk")):
        _inherit(number, budget, admin, first)
    mistaken = _inherit(len(TERMS), earlier.budgets.order_by("pk")[0], admin, first)
    awards.withdraw_inherited(award_id=mistaken.pk, reason="Entered twice", by=admin, now=now)


def turn_the_year(admin: User, first: date) -> None:
    """Open the running period on its first day, then close the earlier one into it: capped, with what is not paid yet."""
    earlier, running = FundingPeriod.objects.order_by("starts_on")[:2]
    _open(running, admin, morning(first), first_grant=GRANT, more=EACH_MORE)
    periods.close(period_id=earlier.pk, into_id=running.pk, by=admin, now=morning(first + timedelta(days=12)))


def end_one_early(now: datetime) -> None:
    """A school gives back what it does not need any more."""
    award = Award.objects.filter(state="active", origin="decision", instalments__state="planned").order_by("pk")[0]
    head = holder(award.school, Role.HEADTEACHER)
    awards.release_early(award_id=award.pk, reason="The pupil manages alone since half term.", by=head, now=now)


def running() -> FundingPeriod:
    """The period that is open."""
    return FundingPeriod.objects.get(state="open")


def _set_up(admin: User, first: date, years: int, now: datetime, **settings: Any) -> FundingPeriod:
    """The period that starts some years after `first`."""
    first = first.replace(year=first.year + years)
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    days = [date(year, month, day) for year in (first.year, last.year) for month, day in TERMS]
    return periods.set_up(
        by=admin, now=now, name=f"{first:%B %Y} to {last:%B %Y}", slug=f"{first.year}-{last:%y}", starts_on=first,
        ends_on=last, payment_days=sorted({day for day in days if first <= day <= last}), **settings,
    )  # fmt: skip


def _open(period: FundingPeriod, admin: User, now: datetime, *, first_grant: int, more: int) -> None:
    periods.open_period(period_id=period.pk, by=admin, now=now)
    rows = [
        budgets.Wanted(community_id=community.pk, grant=Decimal(first_grant + more * number))
        for number, community in enumerate(Community.objects.order_by("pk"))
    ]
    budgets.give(period_id=period.pk, rows=rows, by=admin, now=now)


def _inherit(number: int, budget: Budget, admin: User, first: date) -> Award:
    """A promise made before the communities had their budgets, paid over the terms of two periods."""
    schools = member_schools(budget.community, on=first)
    return awards.inherit(
        key=uuid4(), budget_id=budget.pk, school=schools[number % len(schools)], reference=f"HNF-{410 + number}",
        amount=Decimal(INHERITED + INHERITED_MORE * number), title="Promised before the community had its budget",
        starts_on=first - timedelta(days=BEFORE), ends_on=first + timedelta(days=300), by=admin, now=begun_at(first),
    )  # fmt: skip
