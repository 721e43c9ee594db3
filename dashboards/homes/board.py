"""The board member's home."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, Area, Community
from core.models import AuditEntry
from dashboards.homes.parts import Home, Need, Stat, own_actions, unanswered, upcoming
from dashboards.models import BoardDigest
from dashboards.queries.counts import counts
from meetings.models import Bulletin
from meetings.queries import escalations


def home(person: User, post: Appointment, now: datetime) -> Home:
    """Matters that wait for the board, the newest digest until it is read, the board's own meetings."""
    area, today = post.area, timezone.localdate(now)
    if area is None:
        return Home()
    return Home(
        needs=[*_matters(person, area), *_digest(person, area), *unanswered(person, now), *own_actions(person, today)],
        coming_up=upcoming(now, area=area),
        stats=_stats(person, area),
    )


def _matters(person: User, area: Area) -> list[Need]:
    return [
        Need(
            f"Answer “{one.title}” from {one.community.name}",
            one.get_absolute_url(),
            f"{one.get_kind_display()}, sent to your board on {timezone.localtime(one.raised_at):%-d %B}",
        )
        for one in escalations.waiting_in(person, area)[:10]
    ]


def _digest(person: User, area: Area) -> list[Need]:
    """The newest digest, until the person has opened it."""
    newest = BoardDigest.objects.filter(area=area).order_by("-week_starts_on").first()
    if newest is None or _has_read(person, newest):
        return []
    href = reverse("dashboards:digest", args=[area.slug, newest.week_starts_on])
    text = f"Read the digest of the week of {newest.week_starts_on:%-d %B}"
    return [Need(text, href, f"You sit on the board of {area.name}")]


def _has_read(person: User, digest: BoardDigest) -> bool:
    read = AuditEntry.objects.filter(target_type=digest._meta.label_lower, target_id=str(digest.pk), by=person)
    return read.filter(action__startswith="read.").exists()


def _stats(person: User, area: Area) -> list[Stat]:
    found = counts(
        communities=Community.objects.filter(area=area, closed_on=None),
        waiting=escalations.waiting_in(person, area),
        out=Bulletin.objects.filter(area=area, published_at__isnull=False, withdrawn_at=None),
    )
    return [
        Stat(found["communities"], "Communities in the area", href=reverse("dashboards:board", args=[area.slug])),
        Stat(found["waiting"], "Matters waiting for the board", href=reverse("meetings:escalations")),
        Stat(found["out"], "Bulletins out", href=reverse("meetings:bulletins")),
    ]
