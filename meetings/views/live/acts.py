"""The chair's acts: start, go to an item, stand still, go on. Each is one press and leads back to the live page."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from core.verdicts import require
from meetings.forms import live as forms
from meetings.models import Meeting
from meetings.permissions import live as may
from meetings.services import running
from meetings.sharing import may_be_shared
from meetings.views.scope import item_of, meeting_of


@require_POST
def start(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Start the meeting."""
    meeting = meeting_of(request, slug, on)
    running.start(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    return _live(meeting)


@require_POST
def open_item(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Go to this item."""
    return _on_item(request, slug, on, pk, running.open_item)


@require_POST
def end_item(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """End this item without opening another."""
    return _on_item(request, slug, on, pk, running.end_item)


@may_be_shared
@require_http_methods(["GET", "POST"])
def suspend(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Ask why, then stand still."""
    meeting = meeting_of(request, slug, on)
    require(may.may_suspend(request.user, meeting))
    form = forms.Suspend(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        running.suspend(meeting_id=meeting.pk, reason=reason, by=request.user, now=timezone.now())
        return _live(meeting)
    status = 422 if form.is_bound else 200
    return render(request, "meetings/live/suspend.html", {"meeting": meeting, "form": form}, status=status)


@require_POST
def resume(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Go on."""
    meeting = meeting_of(request, slug, on)
    running.resume(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    return _live(meeting)


def _on_item(request: UserRequest, slug: str, on: date, pk: int, act: Callable[..., object]) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    act(item_id=item_of(meeting, pk).pk, by=request.user, now=timezone.now())
    return _live(meeting)


def _live(meeting: Meeting) -> HttpResponse:
    return redirect("meetings:live", slug=meeting.body.slug, on=meeting.on)
