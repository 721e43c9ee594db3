"""Recommendations and decisions of a request."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from communities.models import Community, PrinciplesVersion
from funding.models import Budget, ChairDecision, FundingPeriod, FundingRequest, Recommendation
from meetings.models import AgendaItem
from meetings.queries.agenda import item_with_key


def recommendation(request: FundingRequest) -> Recommendation | None:
    """The newest one; None before there is any."""
    rows = request.recommendations.select_related("recorded_by", "item__meeting__community", "item__meeting__area")
    return rows.order_by("-version").first()


def standing(request: FundingRequest) -> ChairDecision | None:
    """The decision that stands: the newest unless it was taken back."""
    rows = request.decisions.select_related(
        "decided_by", "period", "recommendation__item", "principles", "reversal", "release"
    )
    newest = rows.order_by("-version").first()
    return None if newest is None or hasattr(newest, "reversal") else newest


def item_of(request: FundingRequest) -> AgendaItem | None:
    """Where the request stands on an agenda not yet closed."""
    return item_with_key(request.key)


def principles_in_force(on: date) -> PrinciplesVersion | None:
    """The published version that a decision of this day is taken under."""
    return (
        PrinciplesVersion.objects.filter(published_at__isnull=False, starts_on__lte=on)
        .order_by("-starts_on", "-number")
        .prefetch_related("principles")
        .first()
    )


def open_budgets(community: Community) -> "QuerySet[Budget]":
    """Budgets of the community in periods that take postings, the newest period first."""
    return (
        Budget.objects.filter(community=community, period__state=FundingPeriod.State.OPEN)
        .select_related("period")
        .order_by("-period__starts_on")
    )


def budgets_of(request: FundingRequest) -> list[Budget]:
    """The open budgets of the request's community; none before it was submitted to one."""
    return list(open_budgets(request.community)) if request.community else []


@dataclass(frozen=True, slots=True)
class Balance:
    """A budget before and after a decision, in pounds. `after` may be below nothing: then it does not reach."""

    budget: Budget
    amount: Decimal

    @property
    def before(self) -> Decimal:
        return self.budget.free

    @property
    def after(self) -> Decimal:
        return self.budget.free - self.amount

    @property
    def reaches(self) -> bool:
        return self.after >= 0
