"""Days on which areas meet, by term, with bank holidays."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from communities.models import Area, Community
from communities.queries import held
from core import lists
from core.formats import clock, long_date
from meetings.models import Body, Meeting, MeetingDate

HOLIDAYS = Path(__file__).parent.parent / "data" / "bank-holidays.json"
SEASONS = (("Autumn", 9, 12), ("Spring", 1, 3), ("Summer", 4, 8))


@lru_cache(maxsize=1)
def _holidays() -> dict[date, str]:
    events = json.loads(HOLIDAYS.read_text())["england-and-wales"]["events"]
    return {date.fromisoformat(event["date"]): event["title"] for event in events}


def holiday_on(day: date) -> str:
    """The name of the bank holiday in England on that day; empty when there is none that we know of."""
    return _holidays().get(day, "")


def why_unusual(day: date) -> str:
    """A sentence when the day is a bank holiday or at a weekend; empty otherwise."""
    if name := holiday_on(day):
        return f"{day:%A} {day.day} {day:%B %Y} is a bank holiday ({name})."
    return f"{day.day} {day:%B %Y} is a {day:%A}." if day.weekday() > 4 else ""


def season_of(day: date) -> str:
    """Autumn (September to December), spring (to March) or summer (to August), with its year."""
    name = next(name for name, first, last in SEASONS if first <= day.month <= last)
    return f"{name} term {day.year}"


def by_term(days: "QuerySet[MeetingDate]") -> list[tuple[str, list[MeetingDate]]]:
    """The dates in groups, oldest first. Two queries, however many dates: the council's terms are read once."""
    terms = list(lists.every("terms"))
    groups: dict[str, list[MeetingDate]] = {}
    for day in days:
        term = next(
            (t.label for t in terms if t.starts_on <= day.on and (t.ends_on is None or day.on <= t.ends_on)), ""
        )
        groups.setdefault(term or season_of(day.on), []).append(day)
    return list(groups.items())


def dates_of(area: Area | None, *, since: date) -> "QuerySet[MeetingDate]":
    """Dates of one area, or of all, from a day on, withdrawn ones too, with `taken`: how many meetings took each."""
    rows = MeetingDate.objects.filter(on__gte=since).select_related("area")
    if area is not None:
        rows = rows.filter(area=area)
    return rows.annotate(
        taken=Count("meetings", filter=~Q(meetings__state=Meeting.State.CANCELLED)),
    ).order_by("on", "area__name", "kind")


def date_with(pk: int) -> MeetingDate | None:
    """One date with its area, or None."""
    return MeetingDate.objects.filter(pk=pk).select_related("area").first()


def areas() -> "QuerySet[Area]":
    """Every area, by name."""
    return Area.objects.order_by("name")


def free_for(body: Community | Area, *, since: date) -> "QuerySet[MeetingDate]":
    """Dates a community or board has not taken yet, from a day on."""
    is_community = isinstance(body, Community)
    mine = {"community": body} if is_community else {"area": body}
    area_id = body.area_id if isinstance(body, Community) else body.pk
    planned = Meeting.objects.filter(**mine, on=OuterRef("on")).exclude(state=Meeting.State.CANCELLED)
    return (
        MeetingDate.objects.filter(
            area_id=area_id,
            kind=Body.COMMUNITY if is_community else Body.BOARD,
            on__gte=since,
            withdrawn_at=None,
        )
        .exclude(Exists(planned))
        .order_by("on")
    )


def bodies_run_by(person: User) -> list[Community | Area]:
    """The communities the person chairs and the boards they sit on: for whom they may plan meetings."""
    communities = Community.objects.filter(pk__in=held(person, "run_meetings", "communities.community"))
    boards = Area.objects.filter(pk__in=held(person, "moderate_area", "communities.area"))
    return [*communities.select_related("area"), *boards]


def what_happened_to(meeting: Meeting) -> str:
    """A sentence when the county changed or withdrew the date a coming meeting took; empty otherwise."""
    day = meeting.meeting_date
    if day is None or meeting.started_at or not meeting.is_open:
        return ""
    if day.withdrawn_at:
        return f"It withdrew {long_date(day.on)}: {day.withdrawn_because}"
    return f"It is now {long_date(day.on)} at {clock(day.starts)}." if day.on != meeting.on else ""
