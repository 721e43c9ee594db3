"""Who was there from when to when. What is said (arrived at twenty to) and when it was written down are both kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from core import audit
from core.formats import clock
from core.idempotency import claim
from core.verdicts import require
from meetings.models import AgendaItem, Attendance, Invitation, Meeting
from meetings.models.people import How
from meetings.permissions import live as permissions
from meetings.services.pulse import beat
from meetings.services.running import send_out

EARLIEST = timedelta(hours=2)


class WrongTime(Exception):
    """The time cannot be; the text is what the person reads."""


class ChangedMeanwhile(Exception):
    """Somebody else corrected these times first."""


@transaction.atomic
def arrive(
    *,
    meeting_id: int,
    invitation_id: int,
    by: User,
    now: datetime,
    at: datetime | None = None,
    how: str = How.IN_PERSON,
) -> Attendance:
    """Whoever fills this place is here: the person invited, or their substitute. Twice is once.

    `at` None means now. Raises Refused, WrongTime.
    """
    meeting = _open(meeting_id, by)
    place = Invitation.objects.select_related("person", "substitute").get(
        pk=invitation_id, meeting=meeting, withdrawn_at=None
    )
    name = place.substitute_name
    person = None if name else place.substitute or place.person
    same = Q(person=person) if person else Q(invitation=place, guest_name=name)
    already = meeting.attendances.filter(same, left_at=None).first()
    if already:
        return already
    return _came(meeting, by=by, now=now, at=at, person=person, guest_name=name, school_id=place.school_id,
                 how=how, invitation=place, item=place.item if person is None else None)  # fmt: skip


@transaction.atomic
def everybody_came(*, meeting_id: int, by: User, now: datetime) -> list[Attendance]:
    """Everybody who said that they come, and every substitute, is here now. Those already here stay as they are."""
    meeting = _open(meeting_id, by)
    coming = Q(answer=Invitation.Answer.YES) | ~Q(substitute=None) | ~Q(substitute_name="")
    places = meeting.invitations.filter(coming, withdrawn_at=None, item=None)
    return [
        arrive(meeting_id=meeting_id, invitation_id=pk, by=by, now=now) for pk in places.values_list("pk", flat=True)
    ]


@transaction.atomic
def guest_came(
    *,
    key: UUID,
    meeting_id: int,
    name: str,
    by: User,
    now: datetime,
    at: datetime | None = None,
    how: str = How.IN_PERSON,
    school_id: int | None = None,
    item_id: int | None = None,
) -> Attendance:
    """Somebody without a place walked in: for the whole meeting or for one item. The same form twice is one guest.

    Raises Refused, WrongTime, KeyReused.
    """
    claimed = claim(key=key, purpose="meetings.guest", by=by, body={"meeting": meeting_id, "name": name})
    if claimed.answer:
        return Attendance.objects.get(pk=claimed.answer["attendance"])
    meeting = _open(meeting_id, by)
    item = AgendaItem.objects.get(pk=item_id, meeting=meeting) if item_id else None
    return _came(meeting, by=by, now=now, at=at, person=None, guest_name=name, school_id=school_id, how=how, item=item)


@transaction.atomic
def leave(*, attendance_id: int, by: User, now: datetime, at: datetime | None = None) -> Attendance:
    """They left, now or at a time that is said. Leaving twice is leaving once. Raises Refused, WrongTime."""
    row = _locked(attendance_id, by)
    if row.left_at:
        return row
    row.left_at = _possible(row.meeting, at or now, now, after=row.arrived_at)
    row.left_recorded_at, row.left_recorded_by = now, by
    _keep(row)
    _out_no_more(row, now)
    audit.record(action="attendance.left", target=row, by=by, at=now, left_at=row.left_at.isoformat())
    return row


@transaction.atomic
def correct(
    *, attendance_id: int, version: int, arrived_at: datetime, left_at: datetime | None, by: User, now: datetime
) -> Attendance:
    """Set other times. Raises Refused, WrongTime, ChangedMeanwhile when somebody corrected them first."""
    row = _locked(attendance_id, by)
    if row.version != version:
        raise ChangedMeanwhile("Somebody else changed these times while you were looking. Look at them again.")
    before = {"arrived_at": row.arrived_at.isoformat(), "left_at": row.left_at.isoformat() if row.left_at else None}
    row.arrived_at = _possible(row.meeting, arrived_at, now)
    row.left_at = _possible(row.meeting, left_at, now, after=row.arrived_at) if left_at else None
    row.left_recorded_at, row.left_recorded_by = (now, by) if left_at else (None, None)
    _keep(row)
    _out_no_more(row, now)
    audit.record(action="attendance.corrected", target=row, by=by, at=now, before=before)
    return row


@transaction.atomic
def take_back(*, attendance_id: int, by: User, now: datetime) -> None:
    """They were never here: a slip of the finger. The audit keeps that it was written. Raises Refused."""
    row = _locked(attendance_id, by)
    audit.record(action="attendance.taken_back", target=row, by=by, at=now, arrived_at=row.arrived_at.isoformat())
    _out_no_more(row, now, gone=True)
    row.delete()


def _open(meeting_id: int, by: User) -> Meeting:
    meeting = beat(meeting_id)
    require(permissions.may_record_attendance(by, meeting))
    return meeting


def _locked(attendance_id: int, by: User) -> Attendance:
    meeting = _open(Attendance.objects.values_list("meeting_id", flat=True).get(pk=attendance_id), by)
    row = Attendance.objects.select_for_update().get(pk=attendance_id)
    row.meeting = meeting
    return row


def _came(meeting: Meeting, *, by: User, now: datetime, at: datetime | None, **who: object) -> Attendance:
    arrived_at = _possible(meeting, at or now, now)
    row = Attendance(meeting=meeting, arrived_at=arrived_at, recorded_at=now, recorded_by=by, **who)
    _keep(row, new=True)
    if meeting.current_item:
        meeting.current_item.meeting = meeting
        send_out(meeting.current_item, now=now)
    audit.record(action="attendance.arrived", target=row, by=by, at=now, arrived_at=arrived_at.isoformat())
    return row


def _keep(row: Attendance, *, new: bool = False) -> None:
    row.version += 0 if new else 1
    try:
        with transaction.atomic():
            row.save(force_insert=new)
    except IntegrityError as error:
        if "in_one_place_at_a_time" not in str(error):
            raise
        raise WrongTime("They were here already at that time. Correct the other times first.") from error


def _out_no_more(row: Attendance, now: datetime, *, gone: bool = False) -> None:
    """Whoever has left the meeting is not waiting outside an item any more."""
    if row.person_id and (row.left_at or gone) and row.meeting.current_item:
        row.meeting.current_item.recusals.filter(person_id=row.person_id, until_at=None).update(until_at=now)


def _possible(meeting: Meeting, at: datetime, now: datetime, *, after: datetime | None = None) -> datetime:
    """The time, when it can be: not in the future, not long before the meeting, not before they came."""
    if at > now + timedelta(minutes=1):
        raise WrongTime(f"It is {clock(now)} now. Enter a time that has been.")
    started = meeting.started_at or meeting.starts_at
    if at < started - EARLIEST:
        raise WrongTime(f"The meeting started at {clock(started)}. Enter a time on that day, like {clock(started)}.")
    if after and at < after:
        raise WrongTime(f"They arrived at {clock(after)}. Enter a time after that.")
    return at
