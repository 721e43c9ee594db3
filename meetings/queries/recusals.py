"""Who stays out of an item. A live interest is a recusal (design §4.12)."""

from accounts.models import User
from meetings.models import AgendaItem, Interest, Meeting


def is_recused(person: User, item: AgendaItem) -> bool:
    """Whether the person has a live interest in the item."""
    return Interest.objects.filter(item=item, person=person, dismissed_at=None).exists()


def recused_ids(item: AgendaItem) -> set[int]:
    """Primary keys of everybody with a live interest in the item."""
    return set(Interest.objects.filter(item=item, dismissed_at=None).values_list("person_id", flat=True))


def closed_to(person: User, meeting: Meeting) -> set[int]:
    """Primary keys of the meeting's items the person is recused from; one query for a whole agenda."""
    live = Interest.objects.filter(item__meeting=meeting, person=person, dismissed_at=None)
    return set(live.values_list("item_id", flat=True))
