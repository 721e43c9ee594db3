"""Who is here, for the meeting and for one item of it."""

from django.db.models import QuerySet

from accounts.models import User
from meetings.models import AgendaItem, Attendance, ItemSpell, Meeting
from meetings.queries import recusals


def here(meeting: Meeting) -> "QuerySet[Attendance]":
    """Everybody who has arrived and not left, with their names and schools."""
    return meeting.attendances.filter(left_at=None).select_related("person", "school", "invitation")


def is_present(person: User, item: AgendaItem) -> bool:
    """Whether the person is in the room while the item is discussed, or was for a part of it, and was not recused."""
    return person.pk in in_the_room(item) and not recusals.is_recused(person, item)


def in_the_room(item: AgendaItem) -> set[int]:
    """Primary keys of the people in the room for the item: now while it is open, otherwise during any spell of it."""
    there = item.meeting.attendances.filter(person__isnull=False)
    left = item.recusals.all()
    if item.state == AgendaItem.State.CURRENT:
        there, left = there.filter(left_at=None), left.filter(until_at=None)
        ids = set(there.values_list("person_id", flat=True))
    else:
        spells = list(item.spells.all())
        ids = {row.person_id for row in there if row.person_id and any(_overlaps(row, spell) for spell in spells)}
    return ids - set(left.values_list("person_id", flat=True))


def _overlaps(row: Attendance, spell: ItemSpell) -> bool:
    came_in_time = spell.ended_at is None or row.arrived_at < spell.ended_at
    stayed = row.left_at is None or row.left_at > spell.started_at
    return came_in_time and stayed
