"""The board writes to its communities; chairs take note; what is withdrawn leaves the agendas not yet run."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Area, Community, Role
from communities.queries import people_with
from core import audit
from core.formats import short_date
from core.verdicts import require
from meetings import permissions
from meetings.models import Acknowledgement, Bulletin, Meeting
from meetings.queries import bulletins
from meetings.services import agenda


class NoAudience(Exception):
    """A bulletin is for somebody."""


class ChangedMeanwhile(Exception):
    """Somebody else saved first; the text is what the person reads."""


class TooLate(Exception):
    """The day by which it must be acknowledged has passed."""


@transaction.atomic
def write(
    *,
    area_id: int | None,
    title: str,
    text: str,
    to_all: bool,
    community_ids: Iterable[int],
    due_on: date,
    by: User,
    now: datetime,
) -> Bulletin:
    """A draft for the communities of an area, or county-wide with `area_id` None. Raises Refused, NoAudience, TooLate."""
    bulletin = Bulletin(area=Area.objects.get(pk=area_id) if area_id else None, written_at=now, written_by=by)
    require(permissions.may_write_bulletin(by, bulletin))
    _put(bulletin, title=title, text=text, to_all=to_all, community_ids=community_ids, due_on=due_on, now=now)
    audit.record(action="bulletin.written", target=bulletin, by=by)
    return bulletin


@transaction.atomic
def edit(
    *,
    bulletin_id: int,
    version: int,
    title: str,
    text: str,
    to_all: bool,
    community_ids: Iterable[int],
    due_on: date,
    by: User,
    now: datetime,
) -> Bulletin:
    """Change a draft. Raises Refused, ChangedMeanwhile, NoAudience, TooLate."""
    bulletin = _locked(bulletin_id)
    require(permissions.may_edit_bulletin(by, bulletin))
    if bulletin.version != version:
        raise ChangedMeanwhile("Somebody changed this bulletin while you were writing. Look at it again.")
    bulletin.version += 1
    _put(bulletin, title=title, text=text, to_all=to_all, community_ids=community_ids, due_on=due_on, now=now)
    audit.record(action="bulletin.edited", target=bulletin, by=by)
    return bulletin


@transaction.atomic
def publish(*, bulletin_id: int, by: User, now: datetime) -> Bulletin:
    """Send it out: the chairs are told, and it stands on their next agendas when these are filled. Raises Refused, TooLate."""
    bulletin = _locked(bulletin_id)
    require(permissions.may_edit_bulletin(by, bulletin))
    _in_time(bulletin.due_on, now)
    bulletin.published_at, bulletin.published_by = now, by
    bulletin.save()
    audit.record(action="bulletin.published", target=bulletin, by=by)
    notify(
        _chairs(bulletin, now),
        subject=f"A bulletin from the board, to acknowledge by {short_date(bulletin.due_on)}",
        text=bulletin.title,
        link=bulletin.get_absolute_url(),
        key=f"meetings.bulletin:{bulletin.pk}",
        now=now,
    )
    return bulletin


@transaction.atomic
def withdraw(*, bulletin_id: int, reason: str, by: User, now: datetime) -> Bulletin:
    """It no longer holds. It leaves every agenda not yet run; what a meeting has heard stays. Chairs are told. Raises Refused."""
    bulletin = _locked(bulletin_id)
    require(permissions.may_withdraw_bulletin(by, bulletin))
    bulletin.withdrawn_at, bulletin.withdrawn_by, bulletin.withdrawn_because = now, by, reason
    bulletin.save()
    audit.record(action="bulletin.withdrawn", target=bulletin, by=by)
    agenda.take_off(source_key=bulletins.key_of(bulletin), because="The board withdrew this bulletin.", by=by, now=now)
    notify(
        _chairs(bulletin, now),
        subject="The board has withdrawn a bulletin",
        text=f"{bulletin.title}. {reason}",
        link=bulletin.get_absolute_url(),
        key=f"meetings.bulletin.withdrawn:{bulletin.pk}",
        now=now,
    )
    return bulletin


@transaction.atomic
def discard(*, bulletin_id: int, by: User) -> None:
    """Throw a draft away. Raises Refused."""
    bulletin = _locked(bulletin_id)
    require(permissions.may_edit_bulletin(by, bulletin))
    audit.record(action="bulletin.discarded", target=bulletin, by=by)
    bulletin.delete()


@transaction.atomic
def acknowledge(
    *, bulletin_id: int, community_id: int, by: User, now: datetime, told_at_meeting_id: int | None = None
) -> Acknowledgement:
    """The chair takes note for the community, and says at which meeting the members heard of it, if they have.

    Doing it twice keeps the first note and adds the meeting. Raises Refused.
    """
    bulletin = _locked(bulletin_id)
    community = Community.objects.get(pk=community_id)
    require(permissions.may_acknowledge(by, bulletin, community))
    told = Meeting.objects.get(pk=told_at_meeting_id, community=community) if told_at_meeting_id else None
    note, new = Acknowledgement.objects.get_or_create(
        bulletin=bulletin,
        community=community,
        defaults={"acknowledged_at": now, "acknowledged_by": by, "told_at_meeting": told},
    )
    if told and not new and note.told_at_meeting is None:
        note.told_at_meeting = told
        note.save(update_fields=["told_at_meeting"])
    audit.record(action="bulletin.acknowledged", target=bulletin, by=by, community=community_id)
    return note


def _locked(bulletin_id: int) -> Bulletin:
    return Bulletin.objects.select_for_update(of=("self",)).select_related("area").get(pk=bulletin_id)


def _put(bulletin: Bulletin, *, community_ids: Iterable[int], now: datetime, **words: object) -> None:
    for name, value in words.items():
        setattr(bulletin, name, value)
    _in_time(bulletin.due_on, now)
    possible = bulletins.possible_audience(bulletin.area)
    named = list(possible.filter(pk__in=list(community_ids)))
    if not bulletin.to_all and not named:
        raise NoAudience("Choose at least one community.")
    bulletin.save()
    bulletin.communities.set([] if bulletin.to_all else named)


def _in_time(due_on: date, now: datetime) -> None:
    if due_on < localdate(now):
        raise TooLate("Choose a day from today on.")


def _chairs(bulletin: Bulletin, now: datetime) -> list[User]:
    audience = bulletins.audience_of(bulletin)
    return list(people_with(Role.CHAIR, on=localdate(now), community__in=audience.values("pk")))
