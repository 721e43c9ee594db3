"""The minutes as a reader may see them: which edition, which version, which items are closed to them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from communities.queries import held
from core import documents
from core.models import IssuedDocument
from meetings.models import Meeting, MinuteCorrection, Minutes
from meetings.queries import calendar, minute_takers, seats
from meetings.queries.record import BOARD, FULL, MEMBERS, Line
from meetings.queries.recusals import Fact

KIND = "minutes"
TEMPLATE = "meetings/pdf/minutes.html"
WORDS = {
    FULL: "Full edition, for those who were there",
    MEMBERS: "Members’ edition",
    BOARD: "Board’s edition",
}


@dataclass
class Part:
    """A heading with its lines: the meeting, who was there, or one item. `closed` stands instead of the lines, `screen`
    instead of the heading while the reader shares their screen.
    """

    heading: str
    screen: str = ""
    lines: list[Line] = field(default_factory=list)
    item: int | None = None
    closed: str = ""


def meeting_for(person: User, slug: str, on: date) -> Meeting | None:
    """The meeting whose minutes are asked for: by its people, or by the board of the area in which it met."""
    own = calendar.on_day(person, slug, on)
    if own is not None:
        return own
    boards = held(person, "moderate_area", "communities.area")
    rows = Meeting.objects.filter(community__slug=slug, community__area__in=boards, on=on)
    return rows.exclude(state=Meeting.State.CANCELLED).select_related("community__area", "area").first()


def newest(meeting: Meeting) -> Minutes | None:
    """The version that counts; None before the meeting is closed."""
    rows = meeting.minutes.select_related("approved_in__community", "approved_in__area", "approved_by", "circulated_by")
    return rows.order_by("-version").first()


def edition_for(person: User, meeting: Meeting, *, runs: bool) -> str:
    """Full for those who ran it, typed it or were there; members' for everybody else with a place; else the board's."""
    if runs or minute_takers.takes_minutes(person, meeting) or was_there(person, meeting):
        return FULL
    return MEMBERS if seats.attends(person, meeting) else BOARD


def was_there(person: User, meeting: Meeting) -> bool:
    """Whether the register has them."""
    return meeting.attendances.filter(person=person).exists()


def parts(lines: Iterable[Line], edition: str, closed: dict[int, Fact] | None = None) -> list[Part]:
    """The lines of one edition under their headings, with the items closed to this reader shut."""
    shut = closed or {}
    out = [Part("The meeting"), Part("Who was there")]
    items: dict[int, Part] = {}
    for line in lines:
        if edition not in line["editions"]:
            continue
        if line["item"] is None:
            out[0 if line["group"] == "meeting" else 1].lines.append(line)
            continue
        part = items.setdefault(line["item"], Part("", item=line["item"]))
        if line["group"] == "title":
            part.heading = f"{line['label']}. {line['text']}"
            part.screen = f"{line['label']}. {line['screen']}"
        elif line["item"] in shut:
            part.closed = shut[line["item"]].sentence
        else:
            part.lines.append(line)
    return [part for part in [*out, *items.values()] if part.heading and (part.lines or part.item)]


def context_of(minutes: Minutes, edition: str, closed: dict[int, Fact] | None = None) -> dict[str, Any]:
    """What the paper and the page are made from; JSON-ready."""
    return {
        "parts": [asdict(part) for part in parts(minutes.lines, edition, closed)],
        "edition": WORDS[edition],
        "status": status_of(minutes),
    }


TONES = {Minutes.State.DRAFT: "todo", Minutes.State.CIRCULATED: "waiting", Minutes.State.SEALED: "done"}


def status_of(minutes: Minutes) -> str:
    """One sentence that stands on the paper."""
    if minutes.state == Minutes.State.SEALED and minutes.approved_in and minutes.approved_by:
        day = minutes.approved_in.on
        return f"Approved by the meeting of {day.day} {day:%B %Y} and sealed."
    if minutes.state == Minutes.State.DRAFT:
        return f"Draft, version {minutes.version}. Not yet sent to members."
    return f"Draft, version {minutes.version}. To be approved at the next meeting."


def paper(minutes: Minutes, edition: str) -> IssuedDocument | None:
    """The frozen paper of one version and edition."""
    return documents.of(minutes.meeting, kind=KIND, edition=edition).filter(version=minutes.version).first()


def corrections(meeting: Meeting) -> "QuerySet[MinuteCorrection]":
    """Everything proposed on any version of these minutes, the newest first."""
    rows = MinuteCorrection.objects.filter(minutes__meeting=meeting).select_related("proposed_by", "answered_by")
    return rows.order_by("-proposed_at", "-pk")


def open_corrections(meeting: Meeting) -> int:
    """How many wait for the chair."""
    return corrections(meeting).filter(state=MinuteCorrection.State.OPEN).count()


def line_with(minutes: Minutes, key: str, edition: str, closed: dict[int, Fact]) -> Line | None:
    """One line, when this reader may see it; titles and fixed phrases of other apps are no lines to correct."""
    line: Line
    for line in minutes.lines:
        seen = edition in line["editions"] and line["item"] not in closed
        if line["key"] == key and seen and line["group"] not in ("title", "fixed"):
            return line
    return None


def sealed_before(meeting: Meeting) -> Minutes | None:
    """The minutes of this community or board that were sealed last."""
    same = Q(meeting__community=meeting.community_id, meeting__area=meeting.area_id)
    return Minutes.objects.filter(same, state=Minutes.State.SEALED).order_by("-sealed_at", "-pk").first()
