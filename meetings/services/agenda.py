"""The agenda fills itself: open matters become items, each once, each saying why it is there."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import audit
from core.verdicts import require
from meetings import permissions, sources
from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.queries.agenda import NOT_OVER
from meetings.services import changes, interests, ordering
from meetings.sources import Proposal

# Kinds of which a meeting has one standing item that takes the open matter in, instead of a second item beside it.
ADOPTED = frozenset(
    {ItemKind.MINUTES, ItemKind.ACTIONS, ItemKind.BALANCE, ItemKind.REVIEW, ItemKind.PROVISION, ItemKind.NEXT_DATE}
)


@dataclass
class Filled:
    """What filling did: items that are new, items that came back because their matter changed, words brought up to date."""

    added: list[AgendaItem] = field(default_factory=list)
    returned: list[AgendaItem] = field(default_factory=list)
    updated: list[AgendaItem] = field(default_factory=list)


@transaction.atomic
def fill(*, meeting_id: int, by: User, now: datetime) -> Filled:
    """Put every open matter on the agenda. Filling twice changes nothing; what the chair removed stays off until its
    matter changes. Raises Refused.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    filled = Filled()
    known = {item.source_key: item for item in meeting.items.exclude(source_key="")}
    for proposal in sources.proposals(meeting, now):
        _take_in(meeting, proposal, known.get(proposal.key), filled, by=by, now=now)
    audit.record(action="agenda.filled", target=meeting, by=by, added=len(filled.added), returned=len(filled.returned))
    return filled


@transaction.atomic
def place(*, meeting_id: int, proposal: Proposal, by: User, now: datetime) -> AgendaItem:
    """Put one matter on the agenda ("discuss this"), also when the chair had taken it off before. Raises Refused."""
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    existing = meeting.items.filter(source_key=proposal.key).first()
    if existing and existing.state != AgendaItem.State.REMOVED:
        _refresh(existing, proposal)
        interests.record_found(existing, now=now)
        return existing
    item = _return(existing, proposal) if existing else _add(meeting, proposal)
    interests.record_found(item, now=now)
    audit.record(action="agenda.placed", target=item, by=by, source=proposal.key)
    changes.note(meeting, f"“{item.title}” was added.", by=by, now=now)
    return item


@transaction.atomic
def take_off(*, source_key: str, because: str, by: User, now: datetime) -> int:
    """A matter is settled or withdrawn: take it off every agenda not yet run. Returns from how many.

    For the apps that own the matter; it asks no power of `by`. What a meeting has discussed stays, and so does a
    standing item of the county: it loses its link and its reason only.
    """
    found = AgendaItem.objects.filter(
        source_key=source_key, state=AgendaItem.State.WAITING, meeting__state__in=NOT_OVER
    ).order_by("meeting_id")
    for item in found:
        meeting = changes.lock(item.meeting_id)
        _settle(meeting, AgendaItem.objects.get(pk=item.pk), because, by=by, now=now)
    return len(found)


def _take_in(
    meeting: Meeting, proposal: Proposal, item: AgendaItem | None, filled: Filled, *, by: User, now: datetime
) -> None:
    if item is None:
        filled.added.append(item := _add(meeting, proposal))
    elif item.state != AgendaItem.State.REMOVED:
        if _refresh(item, proposal):
            filled.updated.append(item)
        interests.record_found(item, now=now)
        return
    elif item.source_stamp == proposal.fingerprint:
        return
    else:
        filled.returned.append(_return(item, proposal))
    interests.record_found(item, now=now)
    changes.note(meeting, f"“{item.title}” was added.", by=by, now=now)


def _add(meeting: Meeting, proposal: Proposal) -> AgendaItem:
    """A standing item of the same kind that has no matter yet takes it in; otherwise it becomes an item of its own."""
    standing = (
        meeting.items.filter(
            kind=proposal.kind, source_key="", template_line__isnull=False, state=AgendaItem.State.WAITING
        )
        .order_by("position")
        .first()
        if proposal.kind in ADOPTED
        else None
    )
    if standing:
        standing.source_key, standing.source_stamp = proposal.key, proposal.fingerprint
        standing.link, standing.why = proposal.link, proposal.why
        standing.save(update_fields=["source_key", "source_stamp", "link", "why"])
        return standing
    item = AgendaItem(
        meeting=meeting,
        kind=proposal.kind,
        title=proposal.title[:160],
        link=proposal.link,
        why=proposal.why[:300],
        source_key=proposal.key,
        source_stamp=proposal.fingerprint,
        carried_from_id=proposal.carried_from,
        minutes_planned=proposal.minutes,
    )
    ordering.insert(item, ordering.home_of(meeting, proposal.kind))
    return item


def _return(item: AgendaItem, proposal: Proposal) -> AgendaItem:
    item.state = AgendaItem.State.WAITING
    item.removed_at = item.removed_by = None
    item.removed_because = ""
    item.title, item.link, item.why = proposal.title[:160], proposal.link, proposal.why[:300]
    item.source_stamp, item.version = proposal.fingerprint, item.version + 1
    ordering.insert(item, ordering.home_of(item.meeting, item.kind))
    return item


def _refresh(item: AgendaItem, proposal: Proposal) -> bool:
    """Bring the words of an item up to date; a standing item keeps the county's title. Says whether anything changed."""
    title = item.title if item.template_line else proposal.title[:160]
    new = (title, proposal.link, proposal.why[:300], proposal.fingerprint)
    if item.state != AgendaItem.State.WAITING or new == (item.title, item.link, item.why, item.source_stamp):
        return False
    item.title, item.link, item.why, item.source_stamp = new
    item.save(update_fields=["title", "link", "why", "source_stamp"])
    return True


def _settle(meeting: Meeting, item: AgendaItem, because: str, *, by: User, now: datetime) -> None:
    if item.template_line:
        item.source_key = item.source_stamp = item.link = ""
        item.why = because
        item.save(update_fields=["source_key", "source_stamp", "link", "why"])
        return
    strike(item, because, by=by, now=now)
    changes.note(meeting, f"“{item.title}” was taken off. {because}", by=by, now=now)


def strike(item: AgendaItem, because: str, *, by: User, now: datetime) -> None:
    """Take the item off and close the gap. The caller holds the meeting's lock and has asked."""
    position, item.position = item.position, None
    item.state = AgendaItem.State.REMOVED
    item.removed_at, item.removed_by, item.removed_because = now, by, because[:300]
    item.version += 1
    item.save()
    ordering.close_gap(item.meeting, position or 0)
    audit.record(action="agenda.removed", target=item, by=by)
