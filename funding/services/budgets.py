"""Give each community its money: the administrator types what it should have, the ledger gets the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities import queries as places
from communities.models import Community
from core import audit
from core.formats import exact_pounds
from core.verdicts import require
from funding.models import Budget, FundingPeriod
from funding.models.amounts import NOTHING
from funding.permissions import money as permissions
from funding.services import ledger


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a community should have, in pounds. `contingency` None means the period's percentage.

    `was` is what the page showed when it was drawn (allocated, contingency): a budget that changed meanwhile is not
    overwritten.
    """

    community_id: int
    grant: Decimal
    contingency: Decimal | None = None
    was: tuple[Decimal, Decimal] | None = None


class RowsRefused(Exception):
    """Nothing was given; `sentences` by community number."""

    def __init__(self, sentences: dict[int, str]) -> None:
        super().__init__("Some rows need another look. Nothing was changed.")
        self.sentences = sentences


@transaction.atomic
def give(*, period_id: int, rows: Sequence[Wanted], by: User, now: datetime) -> list[Budget]:
    """All rows or none. Returns the budgets that changed. Sending the same rows twice has one effect. Raises RowsRefused."""
    require(permissions.may_set_up(by))
    period = FundingPeriod.objects.select_for_update(no_key=True).get(pk=period_id)
    changed, refused = [], {}
    for row in sorted(rows, key=lambda row: row.community_id):
        try:
            with transaction.atomic():
                budget = _give(period, row, by=by, now=now)
        except ledger.NotPosted as problem:
            refused[row.community_id] = str(problem)
        else:
            changed += [budget] if budget else []
    if refused:
        raise RowsRefused(refused)
    audit.record(action="funding.budgets_given", target=period, by=by, at=now, communities=len(changed))
    _tell_chairs(changed, now=now)
    return changed


def default_contingency(period: FundingPeriod, grant: Decimal) -> Decimal:
    """The period's percentage of the amount, to the penny."""
    return (grant * period.contingency_percent / 100).quantize(NOTHING, rounding=ROUND_HALF_UP)


class Meanwhile(ledger.NotPosted):
    """The budget changed after the page was drawn."""


def _give(period: FundingPeriod, row: Wanted, *, by: User, now: datetime) -> Budget | None:
    """The budget when anything changed."""
    contingency = default_contingency(period, row.grant) if row.contingency is None else row.contingency
    if row.was == (row.grant, contingency):
        return None
    budget = ledger.open_budget(community_id=row.community_id, period_id=period.pk, by=by, now=now)
    budget = ledger.lock(budget.pk)
    if (budget.grant, budget.contingency) == (row.grant, contingency):
        return None
    if row.was is not None and row.was != (budget.grant, budget.contingency):
        raise Meanwhile(
            f"This budget changed after the page was opened: it is now {exact_pounds(budget.grant)} with "
            f"{exact_pounds(budget.contingency)} contingency. Check and send again."
        )
    _post_difference(budget, row.grant, contingency, by=by, now=now)
    return budget


def _post_difference(budget: Budget, grant: Decimal, contingency: Decimal, *, by: User, now: datetime) -> None:
    """Less contingency is set first, so that what it frees can go back to the council."""
    more = grant - budget.grant
    how: dict[str, Any] = {"budget_id": budget.pk, "by": by, "now": now}
    if contingency < budget.contingency:
        ledger.set_contingency(amount=contingency, **how)
    if more > 0:
        ledger.add_grant(amount=more, **how)
    elif more < 0:
        ledger.take_back(amount=-more, **how)
    ledger.set_contingency(amount=contingency, **how)


def _tell_chairs(budgets: Sequence[Budget], *, now: datetime) -> None:
    names = Community.objects.in_bulk([budget.community_id for budget in budgets])
    for budget in Budget.objects.filter(pk__in=[budget.pk for budget in budgets]).select_related("period"):
        community = names[budget.community_id]
        last = budget.transactions.order_by("-pk").values_list("pk", flat=True).first()
        notify(
            places.people_with("chair", on=localdate(now), community=community),
            subject=f"The budget of {community.name} for {budget.period.name} changed",
            text=f"It is now {exact_pounds(budget.grant)}, of which {exact_pounds(budget.contingency)} is contingency.",
            link=reverse("funding:budget", args=[community.slug, budget.period.slug]),
            key=f"funding.given:{budget.pk}:{last}",
            now=now,
        )
