"""Who is invited to a meeting, what they answered, and which schools will be there."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import User
from communities.models import School
from communities.queries import member_schools
from meetings.models import AgendaItem, Invitation, Meeting

Answer = Invitation.Answer


def places(meeting: Meeting) -> "QuerySet[Invitation]":
    """Every place that stands, by school and person."""
    return (
        meeting.invitations.filter(withdrawn_at=None)
        .select_related("person", "school", "substitute", "item")
        .order_by("school__name", "person__name", "pk")
    )


def told(meeting: Meeting) -> "QuerySet[User]":
    """Everybody with a place, and their substitutes: who hears of a change."""
    standing = Q(invitations__meeting=meeting, invitations__withdrawn_at=None)
    standing |= Q(places_held__meeting=meeting, places_held__withdrawn_at=None)
    return User.objects.filter(standing, is_active=True).distinct()


def invited_to(item: AgendaItem) -> "QuerySet[Invitation]":
    """Professionals asked to one item."""
    return item.invitations.filter(withdrawn_at=None).select_related("person")


def place_at(meeting: Meeting, pk: int) -> Invitation | None:
    """One place of a meeting, or None. `place.meeting` is the meeting itself."""
    place = meeting.invitations.filter(pk=pk).select_related("person", "school", "substitute", "item").first()
    if place:
        place.meeting = meeting
    return place


@dataclass
class SchoolAtMeeting:
    """A member school and its places. `coming` when somebody will be there for it, themselves or by a substitute."""

    school: School
    places: list[Invitation] = field(default_factory=list)

    @property
    def coming(self) -> bool:
        return any(place.will_be_filled for place in self.places)

    @property
    def away(self) -> bool:
        """Everybody of the school has sent apologies, and nobody in their place."""
        return all(place.answer == Answer.NO and not place.sends_substitute for place in self.places)


def by_school(meeting: Meeting, rows: list[Invitation]) -> list[SchoolAtMeeting]:
    """Every member school on the meeting's day, with its places; none for a board's meeting. One query."""
    if meeting.community is None:
        return []
    found: dict[int, list[Invitation]] = defaultdict(list)
    for row in rows:
        if row.school_id:
            found[row.school_id].append(row)
    schools = member_schools(meeting.community, on=meeting.on)
    return [SchoolAtMeeting(school, found[school.pk]) for school in schools]
