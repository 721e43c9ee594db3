"""Make the board's digest of a week, once, and tell the board's members where it is."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.services.notices import notify
from communities import queries
from communities.models import Area, Role
from core import audit
from core.wording import words
from dashboards.models import BoardDigest
from dashboards.queries.digest import facts_of, weeks_due


def make_due(*, today: date, now: datetime) -> int:
    """The digests that are due in every area, with or without communities, the oldest first. Returns how many were new."""
    return sum(
        make(area_id=area.pk, week_starts_on=week, now=now)
        for area in Area.objects.order_by("pk")
        for week in weeks_due(area, today)
    )


@transaction.atomic
def make(*, area_id: int, week_starts_on: date, now: datetime) -> bool:
    """Freeze the week of one area. False when it was made before: however many schedulers run, there is one digest.

    The area's row is locked, so a second maker waits for the first to commit and then finds the week taken.
    """
    area = Area.objects.select_for_update().get(pk=area_id)
    if BoardDigest.objects.filter(area=area, week_starts_on=week_starts_on).exists():
        return False
    digest = BoardDigest.objects.create(
        area=area, week_starts_on=week_starts_on, facts=facts_of(area, week_starts_on), made_at=now
    )
    audit.record(action="dashboards.digest_made", target=digest, by=None, at=now, week=str(week_starts_on))
    _tell_board(digest, now)
    return True


def _tell_board(digest: BoardDigest, now: datetime) -> None:
    members = queries.people_with(Role.BOARD_MEMBER, on=localdate(now), area=digest.area)
    notify(
        members,
        subject=f"{words().board_word} digest, week of {digest.week_starts_on:%-d %B %Y}",
        text=f"What the communities of {digest.area.name} reported, decided and spent.",
        link=reverse("dashboards:digest", kwargs={"area": digest.area.slug, "week": digest.week_starts_on}),
        key=f"digest:{digest.area_id}:{digest.week_starts_on}",
        now=now,
    )
