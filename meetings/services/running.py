"""A meeting starts, moves from item to item, stands still and goes on. Closing it is a service of its own."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import audit
from core.verdicts import require
from meetings.models import AgendaItem, Attendance, ItemSpell, Meeting, Outcome, Recusal, Suspension
from meetings.permissions import live as permissions
from meetings.queries import recusals
from meetings.services import interests
from meetings.services.pulse import beat, beat_item

State = Meeting.State
Item = AgendaItem.State


@transaction.atomic
def start(*, meeting_id: int, by: User, now: datetime) -> Meeting:
    """Start the meeting; no item is open yet. Starting it twice starts it once. Raises Refused."""
    meeting = beat(meeting_id)
    if meeting.state == State.RUNNING and meeting.started_by_id == by.pk:
        return meeting
    require(permissions.may_start(by, meeting, now=now))
    meeting.state, meeting.started_at, meeting.started_by = State.RUNNING, now, by
    meeting.save(update_fields=["state", "started_at", "started_by"])
    interests.record_all(meeting, now=now)
    audit.record(action="meeting.started", target=meeting, by=by, at=now)
    return meeting


@transaction.atomic
def open_item(*, item_id: int, by: User, now: datetime) -> AgendaItem:
    """Go to this item: the one before it ends, its clock starts, and whoever has an interest leaves the room.

    Only this starts a clock. An item discussed before is opened again. Raises Refused.
    """
    item = beat_item(item_id)
    require(permissions.may_open(by, item))
    if item.state == Item.CURRENT:
        return item
    end_current(item.meeting, now=now)
    interests.record_found(item, now=now)
    item.state, item.started_at, item.ended_at = Item.CURRENT, item.started_at or now, None
    item.save(update_fields=["state", "started_at", "ended_at"])
    ItemSpell.objects.create(item=item, started_at=now)
    item.meeting.current_item = item
    item.meeting.save(update_fields=["current_item"])
    send_out(item, now=now)
    audit.record(action="item.opened", target=item, by=by, at=now)
    return item


@transaction.atomic
def end_item(*, item_id: int, by: User, now: datetime) -> AgendaItem:
    """End the item without opening another; ending it twice ends it once. Raises Refused."""
    item = beat_item(item_id)
    require(permissions.may_open(by, item))
    if item.state == Item.CURRENT:
        end_current(item.meeting, now=now)
        item.refresh_from_db(fields=["state", "ended_at"])
        audit.record(action="item.ended", target=item, by=by, at=now)
    return item


@transaction.atomic
def suspend(*, meeting_id: int, reason: str, by: User, now: datetime) -> Meeting:
    """Stand still: clocks stop, nothing is opened, typing goes on. Raises Refused."""
    meeting = beat(meeting_id)
    require(permissions.may_suspend(by, meeting))
    Suspension.objects.create(meeting=meeting, suspended_at=now, suspended_by=by, reason=reason)
    ItemSpell.objects.filter(item__meeting=meeting, ended_at=None).update(ended_at=now)
    meeting.state = State.SUSPENDED
    meeting.save(update_fields=["state"])
    audit.record(action="meeting.suspended", target=meeting, by=by, at=now)
    return meeting


@transaction.atomic
def resume(*, meeting_id: int, by: User, now: datetime) -> Meeting:
    """Go on where the meeting stood still: the clock of the open item runs again. Raises Refused."""
    meeting = beat(meeting_id)
    require(permissions.may_resume(by, meeting))
    meeting.suspensions.filter(resumed_at=None).update(resumed_at=now, resumed_by=by)
    if meeting.current_item:
        ItemSpell.objects.create(item=meeting.current_item, started_at=now)
    meeting.state = State.RUNNING
    meeting.save(update_fields=["state"])
    audit.record(action="meeting.resumed", target=meeting, by=by, at=now)
    return meeting


def end_current(meeting: Meeting, *, now: datetime) -> None:
    """End the open item of a locked meeting, if there is one: its clock stops and whoever was out may return."""
    current = meeting.current_item
    if current is None:
        return
    current = AgendaItem.objects.select_for_update(of=("self",)).get(pk=current.pk)
    deferred = current.outcome_kind == Outcome.DEFERRED
    current.state, current.ended_at = Item.DEFERRED if deferred else Item.DONE, now
    current.save(update_fields=["state", "ended_at"])
    current.spells.filter(ended_at=None).update(ended_at=now)
    current.recusals.filter(until_at=None).update(until_at=now)
    meeting.current_item = None
    meeting.save(update_fields=["current_item"])


def send_out(item: AgendaItem, *, now: datetime) -> None:
    """Whoever is here and has an interest in the open item leaves the room; written once for each."""
    here = Attendance.objects.filter(meeting=item.meeting, left_at=None, person__in=recusals.recused_ids(item))
    leaving = set(here.values_list("person_id", flat=True))
    out = set(item.recusals.filter(until_at=None).values_list("person_id", flat=True))
    Recusal.objects.bulk_create(Recusal(item=item, person_id=pk, from_at=now) for pk in leaving - out if pk)
