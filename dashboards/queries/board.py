"""An area as its board sees it: communities as rows, what waits for an answer, who has taken note of what."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from communities import queries
from communities.models import Area, Community
from communities.queries import registers
from core.prepared import prepared
from funding.models import Budget
from funding.queries.balances import current_budgets_of
from meetings.models import Escalation, Meeting


@dataclass(frozen=True, slots=True)
class Row:
    """A community of the area today. Each may be None: `last`, its newest closed meeting, `next`, the one ahead, and
    `budget`, the current one.
    """

    community: Community
    chairs: list[str]
    last: Meeting | None
    next: Meeting | None
    budget: Budget | None
    waiting: int


def boards_for(person: User) -> "QuerySet[Area]":
    """The areas whose board pages the person may open, with the number of their communities."""
    open_now = Count("communities", filter=Q(communities__closed_on=None))
    return queries.areas_for(person).annotate(size=open_now).order_by("name")


def communities_of(area: Area, waiting: list[Escalation], *, on: date) -> list[Row]:
    """The area's open communities by name: chair, last and next meeting, balance, what waits for the board."""
    rows = list(registers.communities_with_chairs(on=on).filter(area=area, closed_on=None))
    budgets = {one.community_id: one for one in current_budgets_of(tuple(row.pk for row in rows), on)}
    meetings = _meetings(rows)
    sent_up = Counter(one.community_id for one in waiting)
    return [
        Row(
            community=row,
            chairs=row.chairs,  # type: ignore[attr-defined]
            last=next((one for one in reversed(meetings[row.pk]) if one.state == Meeting.State.CLOSED), None),
            next=next((one for one in meetings[row.pk] if one.is_open and one.on >= on), None),
            budget=budgets.get(row.pk),
            waiting=sent_up[row.pk],
        )
        for row in rows
    ]


def _meetings(communities: list[Community]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in _not_cancelled(tuple(community.pk for community in communities)):
        found[meeting.community_id or 0].append(meeting)
    return found


@prepared
def _not_cancelled(communities: tuple[int, ...]) -> "QuerySet[Meeting]":
    return Meeting.objects.filter(community__in=communities).exclude(state="cancelled").order_by("on")
