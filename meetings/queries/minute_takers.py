"""Who types the minutes of a meeting."""

from django.db.models import QuerySet

from accounts.models import User
from core.prepared import prepared
from meetings.models import Meeting, MinuteTaker
from meetings.queries import seats


def takes_minutes(person: User, meeting: Meeting) -> bool:
    """Whether the chair asked the person to take the minutes of this meeting, and they still have a place at it."""
    asked = MinuteTaker.objects.filter(meeting=meeting, person=person, ended_at=None).exists()
    return asked and seats.attends(person, meeting)


@prepared
def of(meeting: Meeting) -> "QuerySet[MinuteTaker]":
    """Everybody who was asked and still takes them."""
    return meeting.minute_takers.filter(ended_at=None).select_related("person")
