"""The county sets the days on which communities and boards of an area meet. Whoever runs the meetings is told."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Area
from communities.permissions import may_administer
from core import audit
from core.formats import clock, long_date
from core.models import AuditEntry
from core.verdicts import require
from meetings import permissions
from meetings.models import MeetingDate
from meetings.queries import people


class DateTaken(Exception):
    """The area has such a date on that day already."""


class DatePast(Exception):
    """Meetings are planned for days to come."""


@transaction.atomic
def set_date(
    *,
    area_id: int,
    kind: str,
    on: date,
    starts: time,
    length_minutes: int,
    cut_off_days: int,
    note: str,
    by: User,
    now: datetime,
) -> MeetingDate:
    """Add a day. Raises Refused, DateTaken, DatePast."""
    require(may_administer(by))
    area = Area.objects.select_for_update().get(pk=area_id)
    day = MeetingDate(area=area, kind=kind, set_at=now, set_by=by)
    _write(day, on=on, starts=starts, length_minutes=length_minutes, cut_off_days=cut_off_days, note=note, now=now)
    act = audit.record(action="date.set", target=day, by=by, on=str(on), area=area_id)
    _tell(day, f"A new date for {_whose(day)}", f"{_spoken(day)}. You can plan the meeting now.", act=act, now=now)
    return day


@transaction.atomic
def change_date(
    *, date_id: int, on: date, starts: time, length_minutes: int, cut_off_days: int, note: str, by: User, now: datetime
) -> MeetingDate:
    """Change a day or its times. Meetings that took it stay where they are until their chair moves them: they are asked to.

    Raises Refused, DateTaken, DatePast.
    """
    require(may_administer(by))
    day = _locked(date_id)
    require(permissions.may_change_date(day))
    before = _spoken(day)
    _write(day, on=on, starts=starts, length_minutes=length_minutes, cut_off_days=cut_off_days, note=note, now=now)
    act = audit.record(action="date.changed", target=day, by=by, on=str(on))
    if before != _spoken(day):
        text = f"{before} is now {_spoken(day)}. A meeting you have planned stays where it is until you move it."
        _tell(day, f"A date for {_whose(day)} has changed", text, act=act, now=now)
    return day


@transaction.atomic
def withdraw_date(*, date_id: int, reason: str, by: User, now: datetime) -> MeetingDate:
    """Take a day back, with the reason. Meetings that took it are not cancelled: their chair moves or cancels them."""
    require(may_administer(by))
    day = _locked(date_id)
    require(permissions.may_change_date(day))
    day.withdrawn_at, day.withdrawn_by, day.withdrawn_because = now, by, reason
    day.save()
    act = audit.record(action="date.withdrawn", target=day, by=by)
    text = (
        f"{_spoken(day)} was withdrawn: {reason} If you planned a meeting on it, move it to another date or cancel it."
    )
    _tell(day, f"A date for {_whose(day)} was withdrawn", text, act=act, now=now)
    return day


def _locked(date_id: int) -> MeetingDate:
    return MeetingDate.objects.select_for_update(of=("self",)).select_related("area").get(pk=date_id)


def _write(day: MeetingDate, *, now: datetime, **facts: object) -> None:
    for name, value in facts.items():
        setattr(day, name, value)
    if day.on < localdate(now):
        raise DatePast("Choose a day from today on.")
    others = MeetingDate.objects.filter(area=day.area, kind=day.kind, on=day.on, withdrawn_at=None).exclude(pk=day.pk)
    if others.exists():
        raise DateTaken(
            f"{day.area.name} has a date for {day.get_kind_display().lower()} on {long_date(day.on)} already."
        )
    day.save()


def _spoken(day: MeetingDate) -> str:
    return f"{long_date(day.on)} at {clock(day.starts)}"


def _whose(day: MeetingDate) -> str:
    return f"communities in {day.area.name}" if day.kind == "community" else f"the board of {day.area.name}"


def _tell(day: MeetingDate, subject: str, text: str, *, act: AuditEntry, now: datetime) -> None:
    notify(
        people.who_runs_on(day, on=localdate(now)),
        subject=subject,
        text=text,
        link="/meetings/",
        key=f"meetings.date:{act.pk}",
        now=now,
    )
