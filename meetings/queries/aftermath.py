"""What came of a meeting, for its people."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from meetings.models import Action, AgendaItem, Escalation, Meeting
from meetings.queries import escalations
from meetings.queries.actions import open_to
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


def actions(person: User, meeting: Meeting, only: set[int] | None) -> "QuerySet[Action]":
    """Actions agreed at the meeting, as far as this person may know of them."""
    rows = open_to(person, meeting.actions.all())
    if only is not None:
        rows = rows.filter(Q(item__in=only) | Q(owner=person))
    return rows.select_related("owner").order_by("due_on", "pk")


def told(person: User, meeting: Meeting, only: set[int] | None) -> "QuerySet[Escalation]":
    """What went up to the board."""
    rows = escalations.open_to(person, Escalation.objects.filter(item__meeting=meeting))
    if only is not None:
        rows = rows.filter(item__in=only)
    return rows.exclude(state=Escalation.State.WITHDRAWN).order_by("pk")
