"""What every page about one meeting begins with: fetched from what the person may know of, or not found."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import UserRequest
from core.formats import short_date
from meetings.models import AgendaItem, Meeting
from meetings.permissions import may_run
from meetings.queries import calendar

METHODS = ["GET", "HEAD", "POST"]


def meeting_of(request: UserRequest, slug: str, on: date) -> Meeting:
    """The meeting at this address, or 404."""
    found = calendar.on_day(request.user, slug, on)
    if found is None:
        raise Http404
    return found


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """The item of this meeting with this number, or 404. `item.meeting` is the meeting itself."""
    item = meeting.items.filter(pk=pk).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def sent(request: UserRequest) -> Any:
    """What was posted, or None: an empty POST is a POST too."""
    return request.POST if request.method == "POST" else None


def common(request: UserRequest, meeting: Meeting, here: str) -> dict[str, Any]:
    """What the frame of a meeting's pages needs; `here` names the tab."""
    return {
        "meeting": meeting,
        "here": here,
        "runs": may_run(request.user, meeting),
        "base": meeting.get_absolute_url(),
        "day_text": short_date(meeting.on),
    }


def form_page(request: UserRequest, form: Any, *, title: str, back: str, submit: str, **more: Any) -> HttpResponse:
    """One form on a page of its own; 422 when something is wrong."""
    context = {"form": form, "page_title": title, "back_url": back, "submit_text": submit, **more}
    return render(request, "form_page.html", context, status=422 if form.errors else 200)
