"""Periods and budgets as the county administrator sees them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, Sum

from communities.models import Community, School
from funding.models import Budget, FundingPeriod
from funding.models.amounts import NOTHING
from funding.queries.figures import NAMES, Figures


def with_sums() -> "QuerySet[FundingPeriod]":
    """Periods, the newest first, with `communities` and `given` (pounds, None before there is a budget)."""
    return FundingPeriod.objects.annotate(communities=Count("budgets"), given=Sum("budgets__grant")).order_by(
        "-starts_on"
    )


def budgets_of(period: FundingPeriod) -> "QuerySet[Budget]":
    """By community."""
    return period.budgets.select_related("community").order_by("community__name")


def sums_of(period: FundingPeriod) -> Figures:
    """The county's five figures of a period."""
    sums = period.budgets.aggregate(**{name: Sum(name) for name in NAMES})
    return Figures(**{name: sums[name] or NOTHING for name in NAMES})


def every_budget() -> "QuerySet[Budget]":
    """For county posts."""
    return Budget.objects.select_related("community", "period")


def communities_with_budgets(period: FundingPeriod) -> list[Any]:
    """Every open community by name, with `budget` (None where it has none yet)."""
    found = Community.objects.filter(closed_on=None).order_by("name")
    rows = found.prefetch_related(Prefetch("budgets", Budget.objects.filter(period=period), to_attr="found_budgets"))
    communities: list[Any] = list(rows)
    for community in communities:
        community.budget = next(iter(community.found_budgets), None)
    return communities


def schools_to_pay(community: Community) -> "QuerySet[School]":
    """Schools that are or were members: an old commitment may be to one that left."""
    return School.objects.filter(memberships__community=community).order_by("name").distinct()


def closing_sums(rows: Iterable[Any]) -> dict[str, Decimal]:
    """The preview's last row."""
    rows = list(rows)
    return {
        name: sum((getattr(row, name) for row in rows), NOTHING)
        for name in ("left", "carried", "returned", "committed")
    }
