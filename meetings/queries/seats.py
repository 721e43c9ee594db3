"""Who has a place at a meeting, and how far it reaches."""

from django.db.models import Q, QuerySet

from accounts.models import User
from communities import powers
from communities.queries import held
from meetings.models import Invitation, Meeting


def places_of(person: User, meeting: Meeting) -> "QuerySet[Invitation]":
    """The person's own places at the meeting, and those they hold as a substitute."""
    return Invitation.objects.filter(
        Q(person=person) | Q(substitute=person), meeting=meeting, withdrawn_at=None
    ).select_related("school", "item")


def live_places(person: User) -> "QuerySet[Invitation]":
    """Places that open something by themselves: a professional's for one item, and one held for a colleague of the person's
    school. All end with the post they came with; a member's own place is their post (see `attends`).
    """
    schools = held(person, "view_school", "communities.school")
    opens = Q(substitute=person, school_id__in=schools)
    if powers.holds_anywhere(person, "run_service"):
        opens |= Q(person=person, item__isnull=False)
    return Invitation.objects.filter(opens, withdrawn_at=None)


def attends(person: User, meeting: Meeting) -> bool:
    """A member of the body that meets (by post), or a substitute who holds a whole place."""
    if meeting.community and powers.holds(person, "attend_meetings", meeting.community):
        return True
    if meeting.area and powers.holds(person, "moderate_area", meeting.area):
        return True
    return live_places(person).filter(meeting=meeting, item=None).exists()


def belongs(person: User, meeting: Meeting) -> bool:
    """Attends, or is invited to an item."""
    return attends(person, meeting) or live_places(person).filter(meeting=meeting).exists()


def only_items(person: User, meeting: Meeting) -> set[int] | None:
    """Primary keys of the only items a guest is invited to; None for those who attend the whole meeting."""
    if attends(person, meeting):
        return None
    return {pk for pk in live_places(person).filter(meeting=meeting).values_list("item_id", flat=True) if pk}
