"""The chair's home."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, Community
from core.formats import pounds
from dashboards.homes.parts import Home, Need, Stat, own_actions, upcoming
from funding.models import Budget, ExpenditureReport, FundingRequest
from meetings.models import Action, Bulletin, Meeting

REPORT_ASKS = {"draft": "Send the expenditure report", "queried": "Answer the officer’s question about the report"}


def home(person: User, post: Appointment, now: datetime) -> Home:
    """What the chair of one community has to do next."""
    community, today = post.community, timezone.localdate(now)
    if community is None:
        return Home()
    needs = [*_meetings(community, now), *_reports(community), *_bulletins(community), *_actions(community)]
    return Home(
        needs=[*needs, *own_actions(person, today)],
        coming_up=upcoming([community], now),
        stats=_stats(community, now),
    )


def _meetings(community: Community, now: datetime) -> list[Need]:
    open_ones = (
        Meeting.objects.filter(community=community).exclude(state__in=["closed", "cancelled"]).order_by("starts_at")
    )
    words = {
        "draft": "Publish the agenda",
        "published": "Get ready for the meeting",
        "running": "Go on with the meeting",
        "suspended": "Resume the meeting",
    }
    meetings = list(open_ones[:3])
    if not meetings:
        return [Need("Plan the next meeting", f"/meetings/{community.slug}/plan/", "No meeting is planned")]
    return [
        Need(
            text=f"{words[meeting.state]} of {meeting.on:%-d %B}",
            href=f"/meetings/{community.slug}/{meeting.on}/",
            why=f"You chair {community.name}",
            by=meeting.on,
            late=meeting.ends_at < now,
        )
        for meeting in meetings
    ]


def _reports(community: Community) -> list[Need]:
    waiting = ExpenditureReport.objects.filter(budget__community=community, state__in=REPORT_ASKS)
    return [
        Need(REPORT_ASKS[report.state], f"/money/{community.slug}/reports/", f"You chair {community.name}")
        for report in waiting[:5]
    ]


def _bulletins(community: Community) -> list[Need]:
    mine = Bulletin.objects.filter(published_at__isnull=False, withdrawn_at=None).filter(area=community.area_id)
    waiting = mine.exclude(acknowledgements__community=community).order_by("due_on")
    return [
        Need(
            f"Acknowledge “{bulletin.title}”", "/meetings/bulletins/", "The board told your community", bulletin.due_on
        )
        for bulletin in waiting[:5]
        if bulletin.to_all or community in bulletin.communities.all()
    ]


def _actions(community: Community) -> list[Need]:
    done = Action.objects.filter(community=community, state=Action.State.DONE).count()
    if not done:
        return []
    return [
        Need(f"Confirm {done} finished action{'s' if done > 1 else ''}", "/actions/?state=done", "The chair confirms")
    ]


def _stats(community: Community, now: datetime) -> list[Stat]:
    today = timezone.localdate(now)
    budget = (
        Budget.objects.filter(community=community, period__starts_on__lte=today, period__ends_on__gte=today)
        .select_related("period")
        .first()
    )
    waiting = FundingRequest.objects.filter(
        community=community, state__in=["submitted", "deferred", "discussed"]
    ).count()
    stats = [Stat(waiting, "Requests waiting for a decision", href="/requests/")]
    if budget:
        href = f"/money/{community.slug}/{budget.period.slug}/"
        stats.insert(
            0,
            Stat(budget.free, "Uncommitted", f"of {pounds(budget.grant)} in {budget.period.name}", href, money=True),
        )
    return stats
