"""The chair's home."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, Community
from core import together
from core.prepared import prepared
from dashboards.homes.parts import Home, Need, Stat, open_actions, to_finish, uncommitted
from funding.models import ExpenditureReport, FundingRequest
from funding.queries.balances import current_budgets_of
from meetings.models import Action, Bulletin, Meeting
from meetings.queries import actions as action_queries
from meetings.queries import bulletins

REPORT_ASKS = {
    "draft": ("Send the expenditure report of", "It is a draft"),
    "queried": ("Answer the officer about the expenditure report of", "The officer asked about a line"),
}
TO_DECIDE = ["submitted", "deferred", "discussed"]
MEETING_ASKS = {
    "draft": "Publish the agenda of",
    "published": "Get ready for the meeting of",
    "running": "Go on with the meeting of",
    "suspended": "Resume the meeting of",
}


def home(person: User, post: Appointment, now: datetime) -> Home:
    """What the chair of one community has to do next."""
    community, today = post.community, timezone.localdate(now)
    if community is None:
        return Home()
    actions, mine = _counted(person, community, today), open_actions(person)
    budgets = current_budgets_of((community.pk,), today)
    meetings, reports, told = _open_meetings(community), _waiting(community), _told(community)
    together.fetch(meetings, reports, told, mine, budgets)
    needs = [*_meetings(community, meetings, now), *_reports(reports), *_bulletins(community, told, today)]
    return Home(
        needs=[*needs, *_to_confirm(actions["done"]), *to_finish(mine, today)],
        coming_up=[meeting for meeting in meetings if meeting.ends_at >= now],
        stats=[*uncommitted(community, budgets), *_stats(community, actions)],
    )


@prepared
def _open_meetings(community: Community) -> "QuerySet[Meeting]":
    """The next three that are neither closed nor cancelled, drafts too: the chair plans them."""
    meetings = Meeting.objects.filter(community=community).exclude(state__in=["closed", "cancelled"])
    return meetings.select_related("community", "area").order_by("starts_at")[:3]


def _meetings(community: Community, meetings: Iterable[Meeting], now: datetime) -> list[Need]:
    if not meetings:
        return [Need("Plan the next meeting", reverse("meetings:plan", args=[community.slug]), "No meeting is planned")]
    return [
        Need(
            text=f"{MEETING_ASKS[meeting.state]} {meeting.on:%-d %B}",
            href=meeting.get_absolute_url(),
            why=f"You chair {community.name}",
            by=meeting.on,
            late=meeting.ends_at < now,
        )
        for meeting in meetings
    ]


@prepared
def _waiting(community: Community) -> "QuerySet[ExpenditureReport]":
    waiting = ExpenditureReport.objects.filter(budget__community=community, state__in=REPORT_ASKS)
    return waiting.select_related("budget__period").order_by("pk")[:5]


@prepared
def _told(community: Community) -> "QuerySet[Bulletin]":
    return bulletins.unacknowledged_by(community)[:5]


def _reports(waiting: Iterable[ExpenditureReport]) -> list[Need]:
    return [
        Need(f"{ask} {report.budget.period.name}", reverse("funding:report", args=[report.pk]), why)
        for report in waiting
        for ask, why in [REPORT_ASKS[report.state]]
    ]


def _bulletins(community: Community, told: Iterable[Bulletin], today: date) -> list[Need]:
    return [
        Need(
            text=f"Acknowledge “{bulletin.title}”",
            href=reverse("meetings:bulletin-acknowledge", args=[bulletin.pk, community.slug]),
            why=f"It is for {community.name}",
            by=bulletin.due_on,
            late=bulletin.due_on < today,
        )
        for bulletin in told
    ]


def _counted(person: User, community: Community, today: date) -> dict[str, int]:
    open_now, done = Q(state=Action.State.OPEN), Q(state=Action.State.DONE)
    return (
        action_queries.visible_to(person)
        .filter(community=community)
        .aggregate(
            done=Count("pk", filter=done),
            open=Count("pk", filter=open_now),
            late=Count("pk", filter=open_now & Q(due_on__lt=today)),
        )
    )


def _to_confirm(done: int) -> list[Need]:
    if not done:
        return []
    text = f"Confirm {done} finished action{pluralize(done)}"
    return [Need(text, f"{reverse('meetings:actions')}?state=done", "An action ends when the chair confirms it")]


def _stats(community: Community, actions: dict[str, int]) -> list[Stat]:
    waiting = FundingRequest.objects.filter(community=community, state__in=TO_DECIDE).count()
    late = f"{actions['late']} past the day agreed" if actions["late"] else "None past the day agreed"
    return [
        Stat(waiting, "Requests waiting for a decision", href=reverse("funding:requests")),
        Stat(actions["open"], "Open actions", late, reverse("meetings:actions")),
    ]
