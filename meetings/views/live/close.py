"""Closing: what is still open, each put right here or one link away, then one press that writes everything."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from core.verdicts import require
from meetings import sharing
from meetings.forms import minutes as forms
from meetings.models import Meeting
from meetings.permissions import live as may
from meetings.permissions import may_run
from meetings.queries import screens, unfinished
from meetings.queries.agenda import meeting_after
from meetings.services import close as services
from meetings.services import notes
from meetings.sharing import may_be_shared
from meetings.views.scope import meeting_of


@may_be_shared
@require_http_methods(["GET", "POST"])
def close(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The list of what is open, each with its own fix; POST closes. Pressed twice, it closes once."""
    meeting = meeting_of(request, slug, on)
    require(may_run(request.user, meeting))
    if meeting.closed_at:
        return redirect("meetings:minutes", slug=slug, on=on)
    require(may.may_close(request.user, meeting))
    still = unfinished.of(meeting, request.user)
    form = forms.Close(request.POST if request.method == "POST" else None, something_open=bool(still))
    if form.is_valid():
        services.close(meeting_id=meeting.pk, by=request.user, now=timezone.now())
        messages.success(request, "The meeting is closed. Read through the draft minutes, then send them to members.")
        return redirect("meetings:minutes", slug=slug, on=on)
    context = {
        "meeting": meeting,
        "open": still,
        "endings": _endings(request, still),
        "form": form,
        "following": meeting_after(meeting),
    }
    return render(request, "meetings/live/close.html", context, status=422 if form.is_bound else 200)


@require_POST
def outcomes(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Say how several items ended, from the page that closes the meeting; back to it."""
    meeting: Meeting = meeting_of(request, slug, on)
    require(may.may_close(request.user, meeting))
    form = _endings(request, unfinished.of(meeting, request.user), sent=True)
    if form.is_valid() and form.said:
        notes.end_all(meeting_id=meeting.pk, said=form.said, by=request.user, now=timezone.now())
        messages.success(request, "Outcomes saved")
    return redirect("meetings:close", slug=slug, on=on)


def _endings(request: UserRequest, still: unfinished.Unfinished, *, sent: bool = False) -> forms.Endings:
    hides = sharing.hides(request)
    items = [(item.pk, f"{item.position}. {screens.shown(item) if hides else item.title}") for item in still.unended]
    return forms.Endings(request.POST if sent else None, items=items)
