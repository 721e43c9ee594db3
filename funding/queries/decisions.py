"""Recommendations and decisions of a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from communities.models import Community, Principle, PrinciplesVersion
from core import lists, together
from core.models import ListEntry
from core.once import once_a_page
from core.prepared import prepared
from funding.models import Budget, ChairDecision, FundingPeriod, FundingRequest, Recommendation
from meetings.models import AgendaItem
from meetings.queries.agenda import item_with_key


@prepared
def newest_recommendation(request: FundingRequest) -> "QuerySet[Recommendation]":
    """A list of one, or of none before there is any."""
    return request.recommendations.select_related("recorded_by").order_by("-version")[:1]


def recommendation(request: FundingRequest) -> Recommendation | None:
    """The newest one; None before there is any."""
    return next(iter(newest_recommendation(request)), None)


@prepared
def newest_decision(request: FundingRequest) -> "QuerySet[ChairDecision]":
    """A list of one, or of none before there is any; it may have been taken back since."""
    return request.decisions.select_related("decided_by", "reversal", "release").order_by("-version")[:1]


def standing(request: FundingRequest) -> ChairDecision | None:
    """The decision that stands: the newest unless it was taken back."""
    return still_standing(_newest_decision_in_full(request))


@prepared
def _newest_decision_in_full(request: FundingRequest) -> "QuerySet[ChairDecision]":
    around = ("period", "recommendation__item", "principles", "decided_by", "reversal", "release")
    return request.decisions.select_related(*around).order_by("-version")[:1]


def still_standing(newest: Iterable[ChairDecision]) -> ChairDecision | None:
    """The one of `newest_decision`, unless it was taken back."""
    return next((decision for decision in newest if not hasattr(decision, "reversal")), None)


def item_of(request: FundingRequest) -> AgendaItem | None:
    """Where the request stands on an agenda not yet closed."""
    return item_with_key(request.key)


def principles_in_force(on: date) -> PrinciplesVersion | None:
    """The published version that a decision of this day is taken under."""
    return _versions_in_force(on).prefetch_related("principles").first()


def _versions_in_force(on: date) -> "QuerySet[PrinciplesVersion]":
    published = PrinciplesVersion.objects.filter(published_at__isnull=False, starts_on__lte=on)
    return published.order_by("-starts_on", "-number")


@prepared
def open_budgets(community: Community) -> "QuerySet[Budget]":
    """Budgets of the community in periods that take postings, the newest period first."""
    return (
        Budget.objects.filter(community=community, period__state=FundingPeriod.State.OPEN)
        .select_related("period")
        .order_by("-period__starts_on")
    )


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision of this day can stand on: open budgets, Principles in force, reasons for declining and deferring."""

    budgets: list[Budget]
    principles: list[Principle]
    decline_reasons: list[tuple[str, str]]
    defer_reasons: list[tuple[str, str]]


@once_a_page
def grounds(request: FundingRequest, on: date) -> Grounds:
    """All of it in one query; no budgets before the request was submitted to a community."""
    budgets = open_budgets(request.community) if request.community else Budget.objects.none()
    principles = _principles(on)
    decline, defer = (_reasons(on, name=name) for name in ("decline_reason", "defer_reason"))
    together.fetch(budgets, principles, decline, defer)
    reasons = [[(entry.code, entry.label) for entry in entries] for entries in (decline, defer)]
    return Grounds(list(budgets), list(principles), *reasons)


@prepared
def _principles(on: date) -> "QuerySet[Principle]":
    return Principle.objects.filter(version=_versions_in_force(on).values("pk")[:1]).order_by("number")


@prepared
def _reasons(on: date, *, name: str) -> "QuerySet[ListEntry]":
    return lists.entries(name, on=on)


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
