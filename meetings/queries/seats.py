"""Who has a place at a meeting, and how far it reaches."""

from django.db.models import Q, QuerySet

from accounts.models import User
from communities import powers
from meetings.models import Invitation, Meeting


def places_of(person: User, meeting: Meeting) -> "QuerySet[Invitation]":
    """The person's own places at the meeting, and those they hold as a substitute."""
    return Invitation.objects.filter(
        Q(person=person) | Q(substitute=person), meeting=meeting, withdrawn_at=None
    ).select_related("school", "item")


def attends(person: User, meeting: Meeting) -> bool:
    """A member of the body that meets (by post), or a substitute who holds a whole place."""
    if meeting.community and powers.holds(person, "attend_meetings", meeting.community):
        return True
    if meeting.area and powers.holds(person, "moderate_area", meeting.area):
        return True
    return places_of(person, meeting).filter(item=None, substitute=person).exists()


def belongs(person: User, meeting: Meeting) -> bool:
    """Attends, or is invited to an item."""
    return attends(person, meeting) or places_of(person, meeting).exists()


def only_items(person: User, meeting: Meeting) -> set[int] | None:
    """Primary keys of the only items a guest is invited to; None for those who attend the whole meeting."""
    if attends(person, meeting):
        return None
    return {pk for pk in places_of(person, meeting).values_list("item_id", flat=True) if pk}
