"""Screens of those who follow: members at their own, everybody at the wall."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from core import readings
from core.verdicts import require
from meetings import sharing
from meetings.models import Meeting
from meetings.permissions import live as may
from meetings.queries import live as queries
from meetings.queries import recusals, screens, seats
from meetings.queries.register import register
from meetings.services import screen as services
from meetings.sharing import may_be_shared
from meetings.views.live.following import unchanged, with_tag
from meetings.views.scope import meeting_of


@may_be_shared
@require_safe
def follow(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Where the meeting is, what was decided so far, what is mine. A piece for HTMX, 304 when nothing changed."""
    meeting = meeting_of(request, slug, on)
    require(may.may_follow(request.user, meeting))
    if meeting.closed_at:
        return _over(request, slug, on)
    paused = "paused" in request.GET
    tag = queries.tag_of(meeting, request.user, sharing.hides(request), paused)
    if request.htmx and (same := unchanged(request, tag)):
        return same
    context = _followed(request, meeting) | {"etag": tag, "paused": paused}
    page = "_follow" if request.htmx else "follow"
    return with_tag(render(request, f"meetings/live/{page}.html", context), tag)


@may_be_shared
@require_safe
def screen(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The page for a wall: codes and amounts only, and nothing at all while the shutter is down."""
    meeting = meeting_of(request, slug, on)
    require(may.may_show_screen(request.user, meeting))
    tag = queries.tag_of(meeting, request.user, "screen")
    if request.htmx and (same := unchanged(request, tag)):
        return same
    rows = queries.rows_of(meeting, {}, now=timezone.now())
    current = next((row for row in rows if row.item.pk == meeting.current_item_id), None)
    _before, after = queries.neighbours(rows, current.item if current else None)
    context = {
        "meeting": meeting,
        "rows": rows,
        "current": current,
        "shown": screens.shown(current.item) if current else "",
        "after": screens.shown(after) if after else "",
        "etag": tag,
    }
    page = "_screen" if request.htmx else "screen"
    return with_tag(render(request, f"meetings/live/{page}.html", context), tag)


@require_POST
def shutter(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Blank the wall, or show it again."""
    meeting = meeting_of(request, slug, on)
    services.set_shutter(meeting_id=meeting.pk, shut=request.POST.get("shut") == "yes", by=request.user)
    return redirect("meetings:live", slug=slug, on=on)


def _followed(request: UserRequest, meeting: Meeting) -> dict[str, Any]:
    closed = recusals.facts(request.user, meeting)
    only = seats.only_items(request.user, meeting)
    rows = [row for row in queries.rows_of(meeting, closed, now=timezone.now()) if only is None or row.item.pk in only]
    row = next((row for row in rows if row.item.pk == meeting.current_item_id), None)
    if row and not row.closed:
        readings.note(request, row.item)
    current = row.item if row else None
    recused, mine = queries.recusals_around(current), queries.actions_of(request.user, meeting)
    people_here = register(meeting, recused, mine)
    leave, _back = queries.left_and_back(current, recused)
    return {
        "meeting": meeting,
        "rows": rows,
        "row": row,
        "leave": leave,
        "done": [one for one in rows if one.item.outcome_kind and one.item.pk != meeting.current_item_id],
        "mine": mine,
        "register": people_here,
    }


def _over(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The meeting has closed: what came of it can be read at once, while the chair still reads through the minutes."""
    onward = redirect("meetings:after", slug=slug, on=on)
    return HttpResponse(status=204, headers={"HX-Redirect": onward.url}) if request.htmx else onward
