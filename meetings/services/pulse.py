"""The beat of a running meeting: whoever changes what its screens show locks the meeting first and lets it beat once."""

from django.db import transaction

from meetings.models import AgendaItem, Meeting


def beat(meeting_id: int) -> Meeting:
    """Lock the meeting in the caller's transaction and tell the screens that follow it. Meeting first, then its items:
    always in this order, so that two people never wait for each other.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("community", "area", "current_item")
    meeting = rows.get(pk=meeting_id)
    meeting.pulse += 1
    meeting.save(update_fields=["pulse"])
    return meeting


def beat_item(item_id: int) -> AgendaItem:
    """The same, for somebody who knows the item; `item.meeting` is the locked meeting."""
    meeting = beat(AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id))
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    item.meeting = meeting
    return item


@transaction.atomic
def tell(meeting_id: int) -> None:
    """Something that the floors above show on an item has changed (a recommendation, a decision)."""
    beat(meeting_id)
