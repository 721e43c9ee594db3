"""The board member's home."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, Community
from dashboards.homes.parts import Home, Need, Stat, own_actions
from dashboards.models import BoardDigest
from meetings.models import Escalation


def home(person: User, post: Appointment, now: datetime) -> Home:
    """Matters that wait for the board, and the newest digest."""
    area, today = post.area, timezone.localdate(now)
    if area is None:
        return Home()
    waiting = Escalation.objects.filter(area=area, state="open").select_related("community").order_by("raised_at")[:10]
    needs = [
        Need(f"Answer {one.community.name}: {one.title}", "/board/matters/", one.get_kind_display()) for one in waiting
    ]
    newest = BoardDigest.objects.filter(area=area).order_by("-week_starts_on").first()
    if newest:
        href = f"/board/{area.slug}/digests/{newest.week_starts_on}/"
        needs.append(
            Need(
                f"Read the digest of the week of {newest.week_starts_on:%-d %B}",
                href,
                f"You sit on the board of {area.name}",
            )
        )
    communities = Community.objects.filter(area=area, closed_on=None).count()
    stats = [
        Stat(communities, "Communities in the area", href=f"/board/{area.slug}/"),
        Stat(Escalation.objects.filter(area=area, state="open").count(), "Matters waiting for the board"),
    ]
    return Home(needs=[*needs, *own_actions(person, today)], stats=stats)
