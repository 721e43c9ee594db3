"""What the screens of a running meeting show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DurationField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from core.prepared import prepared
from meetings.models import Action, AgendaItem, ChairNote, Escalation, ItemSpell, Meeting, NoteDraft, Recusal
from meetings.queries.recusals import Fact

Item = AgendaItem.State


@dataclass(frozen=True)
class Row:
    """A line of the agenda beside the open item. `closed` is why this person may not read it."""

    item: AgendaItem
    closed: Fact | None
    now: datetime

    @property
    def word(self) -> str:
        return {
            Item.WAITING: "Waiting",
            Item.CURRENT: "Open now",
            Item.DONE: "Discussed",
            Item.DEFERRED: "Next meeting",
        }[Item(self.item.state)]

    @property
    def tone(self) -> str:
        return {Item.CURRENT: "going", Item.DONE: "done", Item.DEFERRED: "waiting"}.get(Item(self.item.state), "todo")

    @property
    def used(self) -> int:
        """Whole minutes the item has taken."""
        return int(self.item.used.total_seconds() // 60)  # type: ignore[attr-defined]

    @property
    def over(self) -> int:
        """Minutes more than planned; nought while it keeps to its time."""
        return max(0, self.used - self.item.minutes_planned)


@prepared
def items_of(meeting: Meeting, now: datetime) -> "QuerySet[AgendaItem]":
    """The items in order, each with `used` (time taken so far) and `told` (titles of what goes up to the board)."""
    spells = ItemSpell.objects.filter(item=OuterRef("pk")).order_by().values("item")
    length = Sum(Coalesce(F("ended_at"), Value(now)) - F("started_at"), output_field=DurationField())
    told = Escalation.objects.filter(item=OuterRef("pk")).exclude(state=Escalation.State.WITHDRAWN).order_by("pk")
    return (
        meeting.items.exclude(position=None)
        .annotate(
            used=Coalesce(Subquery(spells.annotate(length=length).values("length")), Value(timedelta(0))),
            told=ArraySubquery(told.values("title")),
        )
        .order_by("position")
    )


def rows_of(meeting: Meeting, closed: dict[int, Fact], *, now: datetime) -> list[Row]:
    """The agenda as lines, with what is closed to this person; one query."""
    rows = []
    for item in items_of(meeting, now):
        item.meeting = meeting
        rows.append(Row(item, closed.get(item.pk), now))
    return rows


@prepared
def typed_by(person: User, item: AgendaItem) -> "QuerySet[NoteDraft]":
    """Words of this person that could not be saved on the item, newest first."""
    return NoteDraft.objects.filter(item=item, person=person).order_by("-kept_at")


@prepared
def note_on(item: AgendaItem) -> "QuerySet[ChairNote]":
    """The chair's private note, for those who may run the meeting: a list of one or none."""
    return ChairNote.objects.filter(item=item)


def recusals_around(item: AgendaItem | None) -> "QuerySet[Recusal]":
    """Who left the room in this meeting, each with whether they came back when this item opened; nobody without an item."""
    return _recusals(item.meeting, item) if item else Recusal.objects.none()


@prepared
def _recusals(meeting: Meeting, item: AgendaItem) -> "QuerySet[Recusal]":
    started = ItemSpell.objects.filter(item=item, ended_at=None).values("started_at")
    rows = Recusal.objects.filter(item__meeting=meeting).select_related("person").order_by("person__name")
    return rows.annotate(returned_now=Exists(started.filter(started_at=OuterRef("until_at"))))


def left_and_back(item: AgendaItem | None, rows: Iterable[Recusal]) -> tuple[list[str], list[str]]:
    """Names read out when the item opens, from `recusals_around` it: who leaves, and who returns from the one before."""
    if item is None:
        return [], []
    out = [row.person.name for row in rows if row.item_id == item.pk and row.until_at is None]
    back = [row.person.name for row in rows if row.returned_now and row.person.name not in out]  # type: ignore[attr-defined]  # annotated
    return out, list(dict.fromkeys(back))


def neighbours(rows: list[Row], item: AgendaItem | None) -> tuple[AgendaItem | None, AgendaItem | None]:
    """The items before and after this one; before the first is opened, the first is next."""
    items = [row.item for row in rows]
    if item is None:
        waiting = [one for one in items if one.state == Item.WAITING]
        return None, (waiting[0] if waiting else None)
    at = next((number for number, one in enumerate(items) if one.pk == item.pk), None)
    if at is None:
        return None, None
    return (items[at - 1] if at else None), (items[at + 1] if at + 1 < len(items) else None)


@prepared
def actions_of(person: User, meeting: Meeting) -> "QuerySet[Action]":
    """What this person has agreed to do at this meeting so far."""
    return meeting.actions.filter(owner=person).order_by("due_on", "pk")


@prepared
def actions_from(item: AgendaItem) -> "QuerySet[Action]":
    """What was agreed at this item, in order."""
    return Action.objects.filter(item=item).select_related("owner").order_by("pk")


def live_meeting_of(meeting: Meeting) -> Meeting | None:
    """The meeting of the same community or board that runs now and comes after this one; None when none does."""
    live = [Meeting.State.RUNNING, Meeting.State.SUSPENDED]
    rows = Meeting.objects.filter(community=meeting.community_id, area=meeting.area_id, state__in=live)
    later = rows.exclude(pk=meeting.pk).filter(on__gte=meeting.on).select_related("community", "area")
    return later.order_by("on").first()


def tag_of(meeting: Meeting, person: User, *marks: Any) -> str:
    """The ETag of what this person sees of the running meeting: it changes with the meeting's beat and nothing else."""
    return '"' + "-".join(str(mark) for mark in (meeting.pk, meeting.pulse, meeting.version, person.pk, *marks)) + '"'
