"""A community with its chair and one of its dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from communities.models import Community
from meetings.models import MeetingDate


@dataclass(frozen=True, slots=True)
class Stage:
    """A community with its chair and one of its dates."""

    community: Community
    chair: User
    date: MeetingDate

    def at(self, days: int = 0, hour: int = 9, minute: int = 30) -> datetime:
        """A moment some days from the meeting's day."""
        day = self.date.on + timedelta(days=days)
        return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001 -- made aware here
