"""Homes of people at a school."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Sum
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities import queries
from communities.models import Appointment, Role
from dashboards.homes.parts import Home, Need, Stat, own_actions, unanswered, uncommitted, upcoming
from funding.models import Award, FundingRequest, Instalment
from funding.queries.balances import current_budgets_of

SENCO_ASKS = {
    "draft": ("Go on with", "It is a draft"),
    "returned": ("Look again at", "The headteacher returned it"),
    "asked": ("Answer the question about", "The chair asked the school"),
}
HEAD_ASKS = {"with_head": ("Sign off or return", "It waits for the headteacher")}


def home(person: User, post: Appointment, now: datetime) -> Home:
    """SENCO and headteacher."""
    today = timezone.localdate(now)
    asks = HEAD_ASKS if post.role == Role.HEADTEACHER else SENCO_ASKS
    community = queries.community_of(post.school, on=today) if post.school else None
    return Home(
        needs=[*_requests(post, asks), *unanswered(person, now), *own_actions(person, today)],
        coming_up=upcoming(now, community=community) if community else [],
        stats=[
            *_request_stats(post),
            *_award_stats(post),
            *(uncommitted(community, current_budgets_of((community.pk,), today)) if community else []),
        ],
    )


def business_home(person: User, post: Appointment, now: datetime) -> Home:
    """Business manager: awards and instalments, never pupil text."""
    today = timezone.localdate(now)
    to_come = Instalment.objects.filter(award__school=post.school, state__in=["planned", "exported"])
    due = to_come.aggregate(pounds=Sum("amount"), count=Count("pk"))
    stats = [
        *_award_stats(post),
        Stat(
            due["pounds"] or Decimal(0),
            "Still to be paid to the school",
            href=reverse("funding:awards"),
            money=True,
        ),
        Stat(due["count"], "Instalments still to come", href=reverse("funding:awards")),
    ]
    return Home(needs=own_actions(person, today), stats=stats)


def _requests(post: Appointment, asks: dict[str, tuple[str, str]]) -> list[Need]:
    requests = FundingRequest.objects.filter(school=post.school, state__in=asks).order_by("changed_at")[:10]
    return [
        Need(
            text=f"{asks[request.state][0]} {request.reference}",
            href=reverse("funding:request", args=[request.reference]),
            why=asks[request.state][1],
        )
        for request in requests
    ]


def _request_stats(post: Appointment) -> list[Stat]:
    open_now = FundingRequest.objects.filter(school=post.school).exclude(state__in=["released", "withdrawn"]).count()
    return [Stat(open_now, "Requests not answered yet", href=reverse("funding:requests"))]


def _award_stats(post: Appointment) -> list[Stat]:
    awards = Award.objects.filter(school=post.school, state="active").aggregate(total=Sum("amount"), count=Count("pk"))
    return [
        Stat(
            awards["total"] or Decimal(0),
            "Awarded to the school and running",
            f"{awards['count']} award{pluralize(awards['count'])}",
            reverse("funding:awards"),
            money=True,
        )
    ]
