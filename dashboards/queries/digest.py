"""What happened in an area in one week, as plain facts. Requests are counted, never told; a departure has its reference."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet

from accounts.models import User
from communities import queries
from communities.models import Area, Community
from communities.powers import prepared_for_powers
from core.days import begins
from dashboards.models import BoardDigest
from dashboards.queries.missed import missed_in
from funding.models import Budget, DecisionRelease
from funding.queries.balances import current_budgets_of
from meetings.models import Action, Escalation, Meeting
from meetings.queries import actions as action_queries
from meetings.queries import escalations as escalation_queries

Facts = dict[str, Any]
WEEK = timedelta(days=7)
MOST_WEEKS = 8  # what lies further back is no news to a board


def facts_of(area: Area, week_starts_on: date) -> Facts:
    """The digest of an area for the week that starts on that Monday; JSON-ready."""
    first, last = week_of(week_starts_on)
    communities = list(area.communities.filter(closed_on=None))
    return {
        "communities": _communities(communities, first, last),
        "actions": [_action(action) for action in _reported(communities, first, last)],
        "escalations": [_escalation(one) for one in _raised(communities, first, last)],
        "missed": missed_in(area, communities, week_starts_on),
    }


def week_of(monday: date) -> tuple[datetime, datetime]:
    """The moments at which the week begins and at which the next one does, in London."""
    return begins(monday), begins(monday + WEEK)


def last_full_week(today: date) -> date:
    """The Monday of the week before this one."""
    return today - timedelta(days=today.weekday() + 7)


def weeks_due(area: Area, today: date) -> list[date]:
    """The Mondays of the full weeks since the area's last digest, the oldest first: more than one after schedulers were
    away. At most the last eight; an area without a digest begins with the last full week.
    """
    newest = last_full_week(today)
    known = BoardDigest.objects.filter(area=area).aggregate(last=Max("week_starts_on"))["last"]
    first = max(known + WEEK, newest - (MOST_WEEKS - 1) * WEEK) if known else newest
    return [first + number * WEEK for number in range((newest - first) // WEEK + 1)]


def _communities(communities: list[Community], first: datetime, last: datetime) -> list[Facts]:
    decided = _decided(communities, first, last)
    held = Counter(
        Meeting.objects.filter(community__in=communities, closed_at__gte=first, closed_at__lt=last).values_list(
            "community_id", flat=True
        )
    )
    budgets = current_budgets_of(tuple(community.pk for community in communities), first.date())
    balances = {budget.community_id: budget for budget in budgets}
    return [
        {
            "name": community.name,
            "slug": community.slug,
            "meetings_closed": held[community.pk],
            "decisions": decided[community.pk],
            "balance": _balance(balances.get(community.pk)),
        }
        for community in communities
    ]


def _decided(communities: list[Community], first: datetime, last: datetime) -> dict[int, Facts]:
    releases = DecisionRelease.objects.filter(
        meeting__community__in=communities, released_at__gte=first, released_at__lt=last
    ).select_related("decision", "meeting")
    found: dict[int, Facts] = defaultdict(
        lambda: {"approved": 0, "declined": 0, "deferred": 0, "amount": "0.00", "departures": 0}
    )
    for release in releases:
        row, decision = found[release.meeting.community_id or 0], release.decision
        word = {"approve": "approved", "in_part": "approved", "decline": "declined", "defer": "deferred"}.get(
            decision.answer
        )
        if word:
            row[word] += 1
        row["amount"] = str(Decimal(row["amount"]) + decision.amount)
        row["departures"] += decision.departs
    return found


def _balance(budget: Budget | None) -> Facts | None:
    if budget is None:
        return None
    figures = {name: str(getattr(budget, name)) for name in ("grant", "contingency", "committed", "paid", "free")}
    return figures | {"period": budget.period.name}


def _reported(communities: list[Community], first: datetime, last: datetime) -> "QuerySet[Action]":
    moved = Q(reported_at__gte=first, reported_at__lt=last)
    for moment in ("done_at", "confirmed_at", "dropped_at"):
        moved |= Q(**{f"{moment}__gte": first, f"{moment}__lt": last})
    actions = Action.objects.filter(moved, community__in=communities, report_to_board=True)
    return actions.select_related("community", "owner").order_by("community__name", "due_on")


def _action(action: Action) -> Facts:
    return {
        "id": action.pk,
        "title": action.title,
        "community": action.community.name if action.community else "",
        "owner": action.owner.name,
        "due_on": action.due_on.isoformat(),
        "state": action.get_state_display(),
        "because": action.report_because,
    }


def _raised(communities: list[Community], first: datetime, last: datetime) -> "QuerySet[Escalation]":
    raised = Escalation.objects.filter(community__in=communities, raised_at__gte=first, raised_at__lt=last)
    return raised.exclude(state=Escalation.State.WITHDRAWN).select_related("community").order_by("kind", "raised_at")


def _escalation(escalation: Escalation) -> Facts:
    return {
        "id": escalation.pk,
        "kind": escalation.get_kind_display(),
        "title": escalation.title,
        "community": escalation.community.name,
    }


def digests_for(person: User) -> "QuerySet[BoardDigest]":
    """Digests of the areas on whose boards the person sits; all for county posts."""
    return BoardDigest.objects.filter(area__in=queries.areas_for(person)).select_related("area")


@prepared_for_powers
def newest_of(person: User, area: Area) -> "QuerySet[BoardDigest]":
    """The last twelve digests of an area, if the person may read them."""
    return digests_for(person).filter(area=area)[:12]


def open_to(person: User, facts: Facts) -> Facts:
    """The facts of a digest without what came out of items closed to the person."""
    actions = Action.objects.filter(pk__in=[row["id"] for row in facts["actions"]])
    matters = Escalation.objects.filter(pk__in=[row["id"] for row in facts["escalations"]])
    seen = {
        "actions": set(action_queries.open_to(person, actions).values_list("pk", flat=True)),
        "escalations": set(escalation_queries.open_to(person, matters).values_list("pk", flat=True)),
    }
    return facts | {part: [row for row in facts[part] if row["id"] in ids] for part, ids in seen.items()}
