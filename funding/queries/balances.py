"""Budgets and awards a person may see. Out of scope means not found."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from communities import powers
from communities import queries as places
from communities.models import Community
from core.prepared import prepared
from funding.models import Award, Budget, FundingPeriod
from meetings.models import Meeting

SEES_ALL = ("view_money", "administer_county")


def sees_all_money(person: User) -> bool:
    """The officer and the administrator."""
    return any(powers.holds_anywhere(person, power) for power in SEES_ALL)


def communities_for(person: User) -> "QuerySet[Community]":
    """Communities whose money the person may see: their own, those of their board's area, all for county posts of money."""
    if sees_all_money(person):
        return Community.objects.all()
    return Community.objects.filter(
        Q(pk__in=places.held(person, "view_balance", "communities.community"))
        | Q(area_id__in=places.held(person, "moderate_area", "communities.area"))
    )


def chaired_by(person: User) -> "QuerySet[Community]":
    """Communities for which the person reports."""
    return Community.objects.filter(pk__in=places.held(person, "decide_funding", "communities.community"))


def budgets_for(person: User) -> "QuerySet[Budget]":
    """Budgets of opened periods the person may see, the newest period first."""
    return (
        Budget.objects.filter(community__in=communities_for(person))
        .exclude(period__state=FundingPeriod.State.DRAFT)
        .select_related("community", "period")
        .order_by("-period__starts_on", "community__name")
    )


def current_budgets_for(person: User, *, on: date) -> "QuerySet[Budget]":
    """The current budget of each community whose money the person may see, by name."""
    return _current(budgets_for(person), on=on).order_by("community__name")


@prepared
def current_budgets_of(communities: tuple[int, ...], on: date) -> "QuerySet[Budget]":
    """The current budget of each of these communities, with its period; asked by those who may see them."""
    opened = Budget.objects.filter(community__in=communities).exclude(period__state=FundingPeriod.State.DRAFT)
    return _current(opened.select_related("period"), on=on)


def _current(budgets: "QuerySet[Budget]", *, on: date) -> "QuerySet[Budget]":
    """One a community wherever a single balance stands for it: of the period running on the day, else of the latest. Of
    several running at once, the one that began last. Pages name the period, for the others hold money too.
    """
    running = ExpressionWrapper(Q(period__starts_on__lte=on, period__ends_on__gte=on), output_field=BooleanField())
    ranked = budgets.annotate(
        place=Window(
            RowNumber(),
            partition_by=F("community_id"),
            order_by=[running.desc(), F("period__starts_on").desc(), F("pk").desc()],
        )
    )
    return ranked.filter(place=1)


def lines_of_budgets(person: User, *, on: date) -> "QuerySet[Budget, Any]":
    """The same as lines of a list: names and addresses of community and period, and the five figures."""
    return current_budgets_for(person, on=on).values(
        "grant", "contingency", "committed", "paid", "free", name=F("community__name"), slug=F("community__slug"),
        period_name=F("period__name"), period_slug=F("period__slug"),
    )  # fmt: skip


def awards_for(person: User) -> "QuerySet[Award]":
    """Awards of the person's school, of the community they chair, or all for county posts of money."""
    found = Award.objects.select_related("school", "community", "budget__period")
    if sees_all_money(person):
        return found
    return found.filter(
        Q(school_id__in=places.held(person, "view_awards", "communities.school"))
        | Q(community_id__in=places.held(person, "decide_funding", "communities.community"))
    )


def awards_of_schools(person: User) -> "QuerySet[Award]":
    """Awards of the schools where the person holds a post, the newest first."""
    held = places.held(person, "view_awards", "communities.school")
    return Award.objects.filter(school_id__in=held).select_related("school").order_by("-granted_at", "-pk")


def one_and_its_periods(person: User, community: str, period: str) -> tuple[Budget, list[dict[str, Any]]] | None:
    """The budget with these addresses, and every opened period of its community, the newest first (`current` for its
    own). None when the person may not see it or there is none.
    """
    every = list(budgets_for(person).filter(community__slug=community))
    found = next((budget for budget in every if budget.period.slug == period), None)
    if found is None:
        return None
    periods = [
        {"name": other.period.name, "slug": other.period.slug, "current": other.pk == found.pk} for other in every
    ]
    return found, periods


def closed_meetings(community: Community) -> "QuerySet[Meeting]":
    """Meetings that were held, the newest first."""
    return Meeting.objects.filter(community=community, state=Meeting.State.CLOSED).order_by("-starts_at")
