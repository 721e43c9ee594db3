"""Sharing my screen: turn the mode on, stop it for some minutes, leave it when the meeting is over."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from core.formats import clock
from meetings import sharing
from meetings.queries import calendar
from meetings.sharing import may_be_shared
from meetings.views.scope import meeting_of


@may_be_shared
@require_safe
def mode(request: UserRequest) -> HttpResponse:
    """What the mode does, and its switch."""
    meeting = calendar.meetings_for(request.user).filter(pk=sharing.meeting_id(request) or 0).first()
    context = {"meeting": meeting, "hides": sharing.hides(request), "until": sharing.stopped_until(request)}
    return render(request, "meetings/live/sharing.html", context | {"minutes": sharing.STOP_MINUTES})


@require_POST
def start(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """From now on this browser hides pupil keys and free text."""
    meeting = meeting_of(request, slug, on)
    sharing.start(request, meeting=meeting.pk)
    messages.success(request, "You can share your screen now: pupil keys and free text are hidden")
    return redirect(meeting.get_absolute_url())


@require_POST
def stop(request: UserRequest) -> HttpResponse:
    """Show everything again: for some minutes while the meeting runs, for good when it is over."""
    meeting = calendar.meetings_for(request.user).filter(pk=sharing.meeting_id(request) or 0).first()
    if meeting is None or not meeting.is_live:
        sharing.end(request)
        messages.success(request, "Everything is shown again")
        return redirect(meeting.get_absolute_url() if meeting else "meetings:mine")
    until = sharing.stop_for_now(request, now=timezone.now())
    messages.success(request, f"Everything is shown until {clock(until)}. Then it is hidden again.")
    return redirect(meeting.get_absolute_url())
