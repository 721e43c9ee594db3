"""What there is to read for a meeting, and its entry for a calendar."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from core.verdicts import require
from meetings import permissions, sources
from meetings.documents import calendar_entry as documents
from meetings.queries import agenda as queries
from meetings.queries import recusals, seats, timing
from meetings.sharing import may_be_shared
from meetings.views.scope import common, meeting_of


@may_be_shared
@require_safe
def papers(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Each item with something to read, and the pages it is on."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_read_agenda(request.user, meeting))
    closed = recusals.facts(request.user, meeting)
    times = timing.timetable(meeting, queries.items_of(meeting), closed, seats.only_items(request.user, meeting))
    rows = [row for row in times.rows if row.item.link]
    gone = sources.unopened(request.user, [row.item for row in rows]) if meeting.closed_at else set()
    context = common(request, meeting, "papers") | {"rows": rows, "gone": gone}
    return render(request, "meetings/papers.html", context)


@require_safe
def calendar_entry(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The meeting as an .ics file: an invitation, an update or a cancellation with the same identity."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_read_agenda(request.user, meeting))
    place = seats.places_of(request.user, meeting).first()
    entry = documents.entry(meeting, person=request.user, place=place, now=timezone.now())
    response = HttpResponse(entry.content, content_type=f"text/calendar; charset=utf-8; method={entry.method}")
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting.on}.ics"'
    return response
