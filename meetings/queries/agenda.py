"""An agenda, read item by item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import User
from communities.models import Area, Community
from core.prepared import prepared
from meetings import sources
from meetings.models import AgendaItem, ChairNote, Escalation, ItemKind, ItemProposal, Meeting, MeetingRead

LIVE = (Meeting.State.RUNNING, Meeting.State.SUSPENDED)
NOT_OVER = (Meeting.State.DRAFT, Meeting.State.PUBLISHED, *LIVE)


def items_of(meeting: Meeting) -> "QuerySet[AgendaItem]":
    """The items that stand on the agenda, in order."""
    return meeting.items.exclude(position=None).order_by("position")


def item_with_key(key: str) -> AgendaItem | None:
    """The item a matter has on an agenda not yet closed; the newest if there are several, None if there is none."""
    return items_with_keys([key]).get(key)


def items_with_keys(keys: Iterable[str]) -> dict[str, AgendaItem]:
    """The same for several matters at once: the item of each that has one, by its key."""
    return {item.source_key: item for item in _open_items(tuple(keys))}  # the newest comes last


@prepared
def _open_items(keys: tuple[str, ...]) -> "QuerySet[AgendaItem]":
    return (
        AgendaItem.objects.filter(source_key__in=keys, meeting__state__in=NOT_OVER)
        .exclude(state=AgendaItem.State.REMOVED)
        .select_related("meeting__community", "meeting__area")
        .order_by("pk")
    )


def next_meeting(body: Community | Area, now: datetime) -> Meeting | None:
    """The running meeting of a community or board, also past its end, or the next one planned; None when there is none."""
    return _not_over(body).filter(Q(state__in=LIVE) | Q(ends_at__gt=now)).first()


def meeting_after(meeting: Meeting) -> Meeting | None:
    """The next one of the same community or board that is planned for after it; None when there is none."""
    return _not_over(meeting.body).filter(starts_at__gt=meeting.starts_at).first()


def _not_over(body: Community | Area) -> "QuerySet[Meeting]":
    mine = {"community": body} if isinstance(body, Community) else {"area": body}
    meetings = Meeting.objects.filter(**mine, state__in=NOT_OVER).select_related("community", "area", "template")
    return meetings.order_by("starts_at")


def earlier_of(item: AgendaItem) -> "QuerySet[AgendaItem]":
    """Items at which the same matter was discussed before: carried over, brought again, or sent up to this board."""
    before = Q(pk=item.carried_from_id)
    if item.source_key and item.kind in sources.SCHOOLS_OF:
        before |= Q(source_key=item.source_key)
    if item.kind == ItemKind.ESCALATION:
        _schools, number = sources.matter_of(item)
        before |= Q(pk__in=Escalation.objects.filter(pk=number).values("item"))
    return AgendaItem.objects.filter(before).exclude(pk=item.pk)


@dataclass(frozen=True, slots=True)
class News:
    """What changed since the person last read the agenda; `is_read` when they have seen this version."""

    sentences: list[str]
    is_read: bool


def news_for(person: User, meeting: Meeting) -> News:
    """The changes since the person's last reading; nothing is new to somebody who reads it for the first time."""
    mark = MeetingRead.objects.filter(meeting=meeting, person=person).first()
    if mark is None:
        return News([], is_read=False)
    if mark.version >= meeting.version:
        return News([], is_read=True)
    changes = meeting.changes.filter(version__gt=mark.version).exclude(made_by=person)
    return News(list(changes.values_list("sentence", flat=True)), is_read=False)


def open_proposals(meeting: Meeting) -> "QuerySet[ItemProposal]":
    """What members propose and the chair has not answered."""
    return meeting.proposals.filter(state=ItemProposal.State.OPEN).select_related("proposed_by", "school")


def proposals_of(person: User, meeting: Meeting) -> "QuerySet[ItemProposal]":
    """The person's own proposals for a meeting, answered or not."""
    return meeting.proposals.filter(proposed_by=person).select_related("item")


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything an agenda ever held: what stands on it in order, and what was taken off, the latest first."""

    standing: list[AgendaItem]
    removed: list[AgendaItem]


def whole(meeting: Meeting) -> Whole:
    """The agenda with what was taken off. One query."""
    rows = list(meeting.items.order_by("position", "-removed_at"))
    return Whole([row for row in rows if row.position], [row for row in rows if not row.position])


@dataclass(frozen=True, slots=True)
class Matter:
    """An open matter and where it stands: on the agenda already, taken off before, or new."""

    proposal: sources.Proposal
    on_agenda: bool
    taken_off: bool


def open_matters(meeting: Meeting, now: datetime) -> list[Matter]:
    """Everything the sources propose for this meeting, with what filling would do."""
    known = {item.source_key: item for item in meeting.items.exclude(source_key="")}
    found = []
    for proposal in sources.proposals(meeting, now):
        item = known.get(proposal.key)
        off = bool(item and item.state == AgendaItem.State.REMOVED)
        stays_off = bool(off and item and item.source_stamp == proposal.fingerprint)
        found.append(Matter(proposal, on_agenda=bool(item) and not off, taken_off=stays_off))
    return found


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The items before and behind one on the agenda; None at the ends."""

    before: AgendaItem | None
    behind: AgendaItem | None


def neighbours(item: AgendaItem) -> Neighbours:
    """What comes before and behind an item. One query."""
    at = item.position or 0
    near = {other.position: other for other in items_of(item.meeting).filter(position__in=[at - 1, at + 1])}
    for other in near.values():
        other.meeting = item.meeting
    return Neighbours(near.get(at - 1), near.get(at + 1))


def chair_note(item: AgendaItem) -> str:
    """The chair's private note on an item; empty when there is none. For those who run the meeting only."""
    note = ChairNote.objects.filter(item=item).first()
    return note.text if note else ""
