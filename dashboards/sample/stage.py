"""A community, or an area for its board, with its chair and one of its dates."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from communities.models import Area, Community
from meetings.models import MeetingDate


@dataclass(frozen=True, slots=True)
class Stage:
    """A community, or an area for its board, with its chair and one of its dates."""

    body: Community | Area
    chair: User
    date: MeetingDate

    @property
    def community(self) -> Community:
        """The community that meets. Raises TypeError for a board."""
        if not isinstance(self.body, Community):
            raise TypeError("A board meets")
        return self.body

    def at(self, days: int = 0, hour: int = 9, minute: int = 30) -> datetime:
        """A moment some days from the meeting's day."""
        return moment(self.date.on + timedelta(days=days), time(hour, minute))


def morning(day: date) -> datetime:
    """When the offices begin to work."""
    return moment(day, time(8, 30))


def moment(day: date, at: time) -> datetime:
    """A time of a day in London."""
    return timezone.make_aware(datetime.combine(day, at))
