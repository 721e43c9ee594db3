"""Numbers of items: from 1, without gaps. The caller holds the meeting's lock; the rules are checked at commit."""

from django.db.models import F

from meetings.models import AgendaItem, ItemKind, Meeting


def count(meeting: Meeting) -> int:
    """How many items stand on the agenda."""
    return meeting.items.exclude(position=None).count()


def make_room(meeting: Meeting, position: int) -> None:
    """Push everything from this position on down by one."""
    meeting.items.filter(position__gte=position).update(position=F("position") + 1)


def close_gap(meeting: Meeting, position: int) -> None:
    """Pull everything behind this position up by one."""
    meeting.items.filter(position__gt=position).update(position=F("position") - 1)


def home_of(meeting: Meeting, kind: str) -> int:
    """Where a new item of this kind goes: behind the last of its kind, else before the date of the next meeting, else last."""
    standing = meeting.items.exclude(position=None)
    last = standing.filter(kind=kind).order_by("-position").values_list("position", flat=True).first()
    if last is not None:
        return last + 1
    closing = standing.filter(kind=ItemKind.NEXT_DATE).values_list("position", flat=True).first()
    return closing or count(meeting) + 1


def insert(item: AgendaItem, position: int) -> None:
    """Give the item this position and save it."""
    position = max(1, min(position, count(item.meeting) + 1))
    make_room(item.meeting, position)
    item.position = position
    item.save()


def put(meeting: Meeting, order: list[int]) -> None:
    """Number the items in this order; `order` holds the primary keys of all that stand on the agenda."""
    for position, pk in enumerate(order, start=1):
        meeting.items.filter(pk=pk).update(position=position)
