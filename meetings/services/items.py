"""The chair's hand on the agenda: local items, words, times, order, taking off and putting back."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from accounts.models import User
from core import audit
from core.verdicts import require
from meetings import permissions
from meetings.models import AgendaItem, ChairNote, ItemKind, Meeting
from meetings.services import agenda, changes, ordering

Where = Literal["up", "down", "top", "bottom"]


class ChangedMeanwhile(Exception):
    """Somebody else saved first; the text is what the person reads."""


class WrongOrder(Exception):
    """The numbers given do not make an order."""


@transaction.atomic
def add(
    *,
    meeting_id: int,
    title: str,
    why: str,
    minutes: int,
    presenter: str,
    audience: str,
    by: User,
    now: datetime,
    kind: str = ItemKind.LOCAL,
) -> AgendaItem:
    """A local item, behind the last of its kind. Raises Refused."""
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    item = AgendaItem(
        meeting=meeting,
        kind=kind,
        title=title,
        why=why or "Added by the chair.",
        minutes_planned=minutes,
        presenter=presenter,
        audience=audience,
    )
    ordering.insert(item, ordering.home_of(meeting, kind))
    audit.record(action="agenda.item_added", target=item, by=by)
    changes.note(meeting, f"“{title}” was added.", by=by, now=now)
    return item


@transaction.atomic
def change(
    *,
    item_id: int,
    version: int,
    title: str,
    why: str,
    minutes: int,
    presenter: str,
    audience: str,
    by: User,
    now: datetime,
) -> AgendaItem:
    """Change the plan of an item. A county item keeps the county's title. Raises Refused or ChangedMeanwhile."""
    item, meeting = _locked(item_id)
    require(permissions.may_change_agenda(by, meeting))
    if item.version != version:
        raise ChangedMeanwhile("Somebody changed this item while you were writing. Look at it again before you save.")
    before = item.title
    if item.template_line is None and not item.source_key:
        item.title, item.why = title, why or item.why
    item.minutes_planned, item.presenter, item.audience = minutes, presenter, audience
    item.version += 1
    item.save()
    audit.record(action="agenda.item_changed", target=item, by=by, minutes=minutes)
    if item.title != before:
        changes.note(meeting, f"“{before}” is now called “{item.title}”.", by=by, now=now)
    else:
        changes.note(meeting, "The times of some items changed.", by=by, now=now)
    return item


@transaction.atomic
def remove(*, item_id: int, reason: str, by: User, now: datetime) -> AgendaItem:
    """Take an item off, with a reason members can read. Raises Refused for what must stay."""
    item, meeting = _locked(item_id)
    require(permissions.may_remove(by, item))
    agenda.strike(item, reason, by=by, now=now)
    changes.note(meeting, f"“{item.title}” was taken off: {reason}", by=by, now=now)
    return item


@transaction.atomic
def restore(*, item_id: int, by: User, now: datetime) -> AgendaItem:
    """Put an item back that was taken off. Raises Refused."""
    item, meeting = _locked(item_id)
    require(permissions.may_change_agenda(by, meeting))
    if item.state != AgendaItem.State.REMOVED:
        return item
    item.state = AgendaItem.State.WAITING
    item.removed_at = item.removed_by = None
    item.removed_because = ""
    item.version += 1
    ordering.insert(item, ordering.home_of(meeting, item.kind))
    audit.record(action="agenda.item_restored", target=item, by=by)
    changes.note(meeting, f"“{item.title}” was put back.", by=by, now=now)
    return item


@transaction.atomic
def move(*, item_id: int, where: Where, by: User, now: datetime) -> AgendaItem:
    """One step up or down, or to the top or the bottom. At the end of the list nothing happens. Raises Refused."""
    item, meeting = _locked(item_id)
    require(permissions.may_change_agenda(by, meeting))
    order = _order(meeting)
    if item.pk not in order:
        return item
    at = order.index(item.pk)
    to = {"up": max(at - 1, 0), "down": min(at + 1, len(order) - 1), "top": 0, "bottom": len(order) - 1}[where]
    if to != at:
        order.insert(to, order.pop(at))
        ordering.put(meeting, order)
        audit.record(action="agenda.moved", target=item, by=by, to=to + 1)
        changes.note(meeting, "The order of items changed.", by=by, now=now)
    item.position = to + 1
    return item


@transaction.atomic
def renumber(*, meeting_id: int, numbers: dict[int, int], by: User, now: datetime) -> None:
    """Order the items by the numbers typed beside them; equal numbers keep the order they had. Raises Refused, WrongOrder
    when an item is missing, so that nobody orders an agenda that somebody else has changed.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    order = _order(meeting)
    if set(order) != set(numbers):
        raise WrongOrder("The agenda changed while you were ordering it. Look at it again.")
    wanted = sorted(order, key=lambda pk: numbers[pk])
    if wanted != order:
        ordering.put(meeting, wanted)
        audit.record(action="agenda.renumbered", target=meeting, by=by)
        changes.note(meeting, "The order of items changed.", by=by, now=now)


@transaction.atomic
def write_note(*, item_id: int, text: str, by: User, now: datetime) -> None:
    """The chair's private note on an item; an empty text clears it. Raises Refused."""
    item, meeting = _locked(item_id)
    require(permissions.may_run(by, meeting))
    ChairNote.objects.update_or_create(item=item, defaults={"text": text, "written_by": by, "written_at": now})
    audit.record(action="agenda.note_written", target=item, by=by)


def _locked(item_id: int) -> tuple[AgendaItem, Meeting]:
    """The item with its meeting locked first: everybody who changes an agenda waits in the same queue."""
    meeting = changes.lock(AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id))
    item = AgendaItem.objects.select_for_update().get(pk=item_id)
    item.meeting = meeting
    return item, meeting


def _order(meeting: Meeting) -> list[int]:
    return list(meeting.items.exclude(position=None).order_by("position").values_list("pk", flat=True))
