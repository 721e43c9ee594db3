"""Ready to meet? What a chair looks at before a meeting, computed from state and never ticked by hand."""

from dataclasses import dataclass
from datetime import datetime

from core.formats import long_date
from core.wording import words
from meetings.models import Invitation, ItemProposal, Meeting
from meetings.queries import guests, templates
from meetings.queries.agenda import items_of
from meetings.queries.timing import timetable


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. `needed` must be done before the agenda can go out."""

    title: str
    done: bool
    status: str
    link: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Schools that will be there by their answers; `needed` None when the county has no quorum."""

    coming: int
    members: int
    needed: int | None

    @property
    def enough(self) -> bool:
        return self.needed is None or self.coming >= self.needed


def forecast(meeting: Meeting, places: list[Invitation]) -> Forecast:
    """How many schools will be represented, and how many must be. One query."""
    return forecast_from(guests.by_school(meeting, places))


def forecast_from(schools: list[guests.SchoolAtMeeting]) -> Forecast:
    """The same from schools one has already."""
    coming = sum(school.coming for school in schools)
    return Forecast(coming, len(schools), words().quorum_schools if schools else None)


def checks(meeting: Meeting, now: datetime) -> list[Check]:
    """The list for one meeting, in the order one does it."""
    base = meeting.get_absolute_url()
    places = list(guests.places(meeting))
    found = [_where(meeting, base), _time(meeting, base), _version(meeting, base), _proposals(meeting, base)]
    if meeting.published_at:
        found += [_told(meeting, base), _answers(places, base), *_quorum(meeting, places, base)]
    found.append(_papers(meeting, base, now))
    return found


def _where(meeting: Meeting, base: str) -> Check:
    said = bool(meeting.place or meeting.online_link)
    return Check("Place or link", said, meeting.place or "Online" if said else "Not said yet", f"{base}arrange/", True)


def _time(meeting: Meeting, base: str) -> Check:
    times = timetable(meeting, items_of(meeting))
    status = f"{times.over} minutes too long" if times.over else f"{times.planned} of {meeting.length_minutes} minutes"
    return Check("The agenda fits the time", not times.over, status, f"{base}order/")


def _version(meeting: Meeting, base: str) -> Check:
    newer = templates.newer_for(meeting)
    status = f"Version {newer.version} is out" if newer else f"Version {meeting.template.version}"
    return Check("The county agenda is the one in force", newer is None, status, f"{base}version/")


def _proposals(meeting: Meeting, base: str) -> Check:
    waiting = meeting.proposals.filter(state=ItemProposal.State.OPEN).count()
    status = f"{waiting} to answer" if waiting else "None waiting"
    return Check("Items members propose are answered", not waiting, status, base)


def _told(meeting: Meeting, base: str) -> Check:
    untold = meeting.version > meeting.told_version
    return Check("Members know of every change", not untold, "Not told yet" if untold else "Told", base)


def _answers(places: list[Invitation], base: str) -> Check:
    waiting = sum(place.answer == Invitation.Answer.WAITING for place in places)
    status = f"{len(places) - waiting} of {len(places)}"
    return Check("Everybody has answered", not waiting, status, f"{base}people/")


def _quorum(meeting: Meeting, places: list[Invitation], base: str) -> list[Check]:
    found = forecast(meeting, places)
    if found.needed is None:
        return []
    status = f"{found.coming} school{'' if found.coming == 1 else 's'} coming, {found.needed} needed"
    return [Check("Enough schools will be there", found.enough, status, f"{base}people/")]


def _papers(meeting: Meeting, base: str, now: datetime) -> Check:
    closed = now > meeting.cut_off_at
    status = "Closed" if closed else f"Until {long_date(meeting.cut_off_at)}"
    return Check("Papers and requests have closed", closed, status, f"{base}fill/")
