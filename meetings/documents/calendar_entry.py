"""A meeting as a calendar entry (RFC 5545, RFC 5546): one identity for good, a number that grows with each change.

The words are the body that meets, the place and a link. No title of an item, no school of a request, no pupil: a calendar is
read on shared screens and copied to telephones (peers.md 167).
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import User
from communities.models import Community
from core.formats import LONDON
from core.wording import words
from meetings.models import Invitation, Meeting

ANSWERS = {"waiting": "NEEDS-ACTION", "yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """The file, and what a calendar should do with it: REQUEST (take or update) or CANCEL."""

    content: bytes
    method: str


def entry(meeting: Meeting, *, person: User, place: Invitation | None, now: datetime) -> Entry:
    """The entry for one person. `place` None for somebody who reads along without an invitation."""
    method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", "-//Communities of Schools//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, person, place, now))
    calendar.add_missing_timezones()
    return Entry(calendar.to_ical(), method)


def _event(meeting: Meeting, person: User, place: Invitation | None, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(LONDON))
    event.add("dtend", meeting.ends_at.astimezone(LONDON))
    event.add("summary", _title(meeting))
    event.add("location", meeting.place or meeting.online_link)
    event.add("description", _description(meeting))
    event.add("url", settings.BASE_URL + meeting.get_absolute_url())
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    event["organizer"] = _address(words().help_email, words().service_name)
    attendee = _address(person.email, person.name)
    answer = place.answer if place and place.person_id == person.pk else Invitation.Answer.WAITING
    attendee.params["PARTSTAT"] = vText(ANSWERS[answer])
    event.add("attendee", attendee, encode=False)
    return event


def _title(meeting: Meeting) -> str:
    if isinstance(meeting.body, Community):
        return f"Community meeting: {meeting.body.name}"
    return f"{words().board_word}: {meeting.body.name}"


def _description(meeting: Meeting) -> str:
    online = f"Join online: {meeting.online_link}\n" if meeting.online_link else ""
    return f"{online}Agenda and papers: {settings.BASE_URL}{meeting.get_absolute_url()}"


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address
