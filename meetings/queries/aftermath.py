"""What came of a meeting, for its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from meetings.models import Action, AgendaItem, Escalation, Meeting
from meetings.queries.agenda import items_of
from meetings.queries.recusals import Fact


@dataclass(frozen=True, slots=True)
class Row:
    """An item, why it is closed to this person, and the items of later meetings in which it goes on."""

    item: AgendaItem
    closed: Fact | None
    onward: list[AgendaItem]


def rows(meeting: Meeting, closed: dict[int, Fact], only: set[int] | None) -> list[Row]:
    """Every item this person may know of; `only` names those of a guest."""
    onward = Prefetch("carried_to", AgendaItem.objects.exclude(position=None).select_related("meeting"))
    items = items_of(meeting).prefetch_related(onward)
    return [
        Row(item, closed.get(item.pk), list(item.carried_to.all())) for item in items if only is None or item.pk in only
    ]


def actions(meeting: Meeting, closed: Iterable[int]) -> "QuerySet[Action]":
    """Actions agreed at the meeting, but for those of items closed to this person."""
    return meeting.actions.exclude(item__in=list(closed)).select_related("owner").order_by("due_on", "pk")


def told(meeting: Meeting, closed: Iterable[int]) -> "QuerySet[Escalation]":
    """What went up to the board."""
    rows = Escalation.objects.filter(item__meeting=meeting).exclude(item__in=list(closed))
    return rows.exclude(state=Escalation.State.WITHDRAWN).order_by("pk")
