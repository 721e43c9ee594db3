"""Who is here: one tap to arrive and to leave, times put right, guests, and who takes the minutes."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from core.formats import LONDON
from core.htmx import page_or_fragment
from core.verdicts import require
from meetings import pages
from meetings.forms import live as forms
from meetings.models import Attendance, Meeting
from meetings.permissions import live as may
from meetings.queries import agenda, minute_takers, people
from meetings.queries.register import attendance_of, register
from meetings.services import attendance, inline
from meetings.sharing import may_be_shared
from meetings.views.scope import meeting_of


@may_be_shared
@require_safe
def who_is_here(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The register, school by school."""
    meeting = meeting_of(request, slug, on)
    require(may.may_record_attendance(request.user, meeting))
    return _register(request, meeting)


@require_POST
def arrive(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Whoever fills this place is here."""
    meeting = meeting_of(request, slug, on)
    require(may.may_record_attendance(request.user, meeting))
    if not meeting.invitations.filter(pk=pk, withdrawn_at=None).exists():
        raise Http404
    how = {"how": "remote"} if request.POST.get("how") == "remote" else {}
    return _do(request, meeting, attendance.arrive, meeting_id=meeting.pk, invitation_id=pk, **how)


@require_POST
def everybody(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """All who said that they come are here."""
    meeting = meeting_of(request, slug, on)
    require(may.may_record_attendance(request.user, meeting))
    return _do(request, meeting, attendance.everybody_came, meeting_id=meeting.pk)


@require_POST
def leave(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """They go now."""
    meeting, row = _row(request, slug, on, pk)
    return _do(request, meeting, attendance.leave, attendance_id=row.pk)


@require_POST
def take_back(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """They were never here."""
    meeting, row = _row(request, slug, on, pk)
    return _do(request, meeting, attendance.take_back, attendance_id=row.pk)


@may_be_shared
@require_http_methods(["GET", "POST"])
def times(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Put the times right."""
    meeting, row = _row(request, slug, on, pk)
    start = {"version": row.version, "arrived": _clock(row.arrived_at), "left": _clock(row.left_at)}
    form = forms.Times(request.POST) if request.method == "POST" else forms.Times(initial=start)
    if form.is_valid():
        given = form.cleaned_data
        left = _moment(meeting, given["left"]) if given["left"] else None
        try:
            attendance.correct(
                attendance_id=row.pk, version=given["version"], arrived_at=_moment(meeting, given["arrived"]),
                left_at=left, by=request.user, now=timezone.now(),
            )  # fmt: skip
        except (attendance.WrongTime, attendance.ChangedMeanwhile) as error:
            form.add_error("arrived", str(error))
        else:
            return _people(meeting)
    context = {"meeting": meeting, "row": row, "form": form}
    return render(request, "meetings/live/times.html", context, status=_status(form))


@may_be_shared
@require_http_methods(["GET", "POST"])
def guest(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Somebody without a place walked in."""
    meeting = meeting_of(request, slug, on)
    require(may.may_record_attendance(request.user, meeting))
    form = forms.Guest(request.POST if request.method == "POST" else None, items=agenda.items_of(meeting))
    if form.is_valid():
        given = form.cleaned_data
        at = _moment(meeting, given["at"]) if given["at"] else None
        try:
            attendance.guest_came(
                key=given["key"], meeting_id=meeting.pk, name=given["name"], how=given["how"],
                item_id=given["item"].pk if given["item"] else None, at=at, by=request.user, now=timezone.now(),
            )  # fmt: skip
        except attendance.WrongTime as error:
            form.add_error("at", str(error))
        else:
            return _people(meeting)
    return render(request, "meetings/live/guest.html", {"meeting": meeting, "form": form}, status=_status(form))


@may_be_shared
@require_http_methods(["GET", "POST"])
def takers(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The chair asks somebody to take the minutes of this meeting."""
    meeting = meeting_of(request, slug, on)
    require(may.may_name_minute_taker(request.user, meeting))
    form = forms.NameMinuteTaker(
        request.POST if request.method == "POST" else None, people=people.who_may_own(meeting.body, on=meeting.on)
    )
    if form.is_valid():
        person = form.cleaned_data["person"]
        try:
            inline.name_minute_taker(meeting_id=meeting.pk, person_id=person.pk, by=request.user, now=timezone.now())
        except inline.NoPlace as error:
            form.add_error("person", str(error))
        else:
            messages.success(request, f"{person.name} takes the minutes")
            return redirect("meetings:minute-takers", slug=slug, on=on)
    context = {"meeting": meeting, "form": form, "takers": minute_takers.of(meeting)}
    return render(request, "meetings/live/takers.html", context, status=_status(form))


@require_POST
def end_taker(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """They no longer take the minutes."""
    meeting = meeting_of(request, slug, on)
    inline.end_minute_taker(meeting_id=meeting.pk, person_id=pk, by=request.user, now=timezone.now())
    return redirect("meetings:minute-takers", slug=slug, on=on)


def _do(request: UserRequest, meeting: Meeting, act: Callable[..., object], **given: Any) -> HttpResponse:
    try:
        act(**given, by=request.user, now=timezone.now())
    except attendance.WrongTime as error:
        messages.error(request, str(error))
    return _register(request, meeting) if request.htmx else _people(meeting)


def _register(request: UserRequest, meeting: Meeting) -> HttpResponse:
    back = pages.closing(request.user, meeting, request.GET.get("from", ""))
    context = {"meeting": meeting, "register": register(meeting), "back": back}
    return page_or_fragment(request, "meetings/live/people.html", "meetings/live/_register.html", context)


def _row(request: UserRequest, slug: str, on: date, pk: int) -> tuple[Meeting, Attendance]:
    meeting = meeting_of(request, slug, on)
    require(may.may_record_attendance(request.user, meeting))
    row = attendance_of(meeting, pk).first()
    if row is None:
        raise Http404
    return meeting, row


def _people(meeting: Meeting) -> HttpResponse:
    return redirect("meetings:who-is-here", slug=meeting.body.slug, on=meeting.on)


def _moment(meeting: Meeting, at: time) -> datetime:
    """A time of day on the day of the meeting, as a moment."""
    return datetime.combine(timezone.localdate(meeting.started_at or meeting.starts_at), at, tzinfo=LONDON)


def _clock(moment: datetime | None) -> time | None:
    return timezone.localtime(moment, LONDON).time().replace(second=0, microsecond=0) if moment else None


def _status(form: django_forms.Form) -> int:
    return 422 if form.is_bound else 200
