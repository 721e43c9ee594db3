"""My meetings over all communities: what is coming, what it needs from me, which dates are still free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from meetings.models import Invitation, Meeting, MeetingDate
from meetings.queries import calendar, dates

State = Meeting.State


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that is coming: whether I run it, and my places there (mine, and those I hold for somebody)."""

    meeting: Meeting
    runs: bool
    places: list[Invitation]

    @property
    def to_answer(self) -> Invitation | None:
        return next((place for place in self.places if place.answer == Invitation.Answer.WAITING), None)

    @property
    def needs(self) -> str:
        """The one thing this meeting needs from me now; empty when it needs nothing."""
        if self.meeting.is_live:
            return "Join the meeting"
        if self.runs and self.meeting.state == State.DRAFT:
            return "Publish the agenda"
        if self.runs and self.meeting.version > self.meeting.told_version and self.meeting.published_at:
            return "Tell members what changed"
        return "Say whether you come" if self.to_answer else ""


@dataclass(frozen=True, slots=True)
class ToPlan:
    """A date of the area that my community or board has not taken."""

    body: Community | Area
    day: MeetingDate


def coming_for(person: User) -> list[Coming]:
    """Meetings that are coming, the next first; drafts of others too, so that everybody knows the day. Two queries."""
    meetings = list(calendar.upcoming_for(person))
    places: dict[int, list[Invitation]] = {meeting.pk: [] for meeting in meetings}
    mine = Invitation.objects.filter(meeting__in=meetings, withdrawn_at=None, person=person)
    for place in mine.select_related("school"):
        places[place.meeting_id].append(place)
    return [Coming(meeting, _runs(person, meeting), places[meeting.pk]) for meeting in meetings]


def to_plan(person: User, *, on: date, bodies: Iterable[Community | Area] | None = None) -> list[ToPlan]:
    """Free dates of the bodies the person runs, the earliest first. Two queries and one for each body."""
    found = [
        ToPlan(body, day) for body in (bodies or dates.bodies_run_by(person)) for day in dates.free_for(body, since=on)
    ]
    return sorted(found, key=lambda row: (row.day.on, row.body.name))


def _runs(person: User, meeting: Meeting) -> bool:
    if meeting.community:
        return powers.holds(person, "run_meetings", meeting.community)
    return bool(meeting.area and powers.holds(person, "moderate_area", meeting.area))
