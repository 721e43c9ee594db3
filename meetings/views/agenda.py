"""The agenda: read by members, filled and ordered by whoever runs the meeting."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core.verdicts import require
from meetings import permissions
from meetings.models import Meeting
from meetings.queries import agenda as queries
from meetings.queries import dates, recusals, seats, templates, timing
from meetings.services import agenda as services
from meetings.services import items as item_services
from meetings.services import publishing
from meetings.sharing import may_be_shared
from meetings.views import steps
from meetings.views.scope import METHODS, common, meeting_of, sent


@may_be_shared
@require_safe
def agenda(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The numbered list with its times, what changed since I read it, and my own place."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_read_agenda(request.user, meeting))
    context = common(request, meeting, "agenda")
    news = queries.news_for(request.user, meeting)
    items = queries.whole(meeting)
    places = list(seats.places_of(request.user, meeting))
    context |= {
        "times": timing.timetable(
            meeting,
            items.standing,
            recusals.facts(request.user, meeting),
            seats.only_items(request.user, meeting),
        ),
        "news": news.sentences,
        "places": places,
        "step": steps.next_step(request, meeting, places, runs=bool(context["runs"])),
        "may_propose": permissions.may_propose(request.user, meeting),
    }
    if context["runs"]:
        context |= _for_the_chair(request, meeting) | {"removed": items.removed}
    response = render(request, "meetings/agenda.html", context)
    if not news.is_read:
        publishing.mark_read(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    return response


def _for_the_chair(request: UserRequest, meeting: Meeting) -> dict[str, object]:
    return {
        "may_change": permissions.may_change_agenda(request.user, meeting),
        "may_publish": permissions.may_publish(request.user, meeting),
        "may_arrange": permissions.may_arrange(request.user, meeting),
        "date_note": dates.what_happened_to(meeting),
        "untold": meeting.version > meeting.told_version and meeting.published_at,
        "newer": templates.newer_for(meeting) if meeting.state in templates.NOT_STARTED else None,
        "proposals": queries.open_proposals(meeting),
    }


@require_http_methods(METHODS)
def fill(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """What is open and could stand on the agenda; the button puts it there."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_change_agenda(request.user, meeting))
    if request.method == "POST":
        filled = services.fill(meeting_id=meeting.pk, by=request.user, now=timezone.now())
        messages.success(request, _said(filled))
        return redirect(meeting)
    context = common(request, meeting, "agenda") | _what_is_open(meeting)
    return render(request, "meetings/fill.html", context)


def _what_is_open(meeting: Meeting) -> dict[str, object]:
    matters = queries.open_matters(meeting, timezone.now())
    return {"open": matters, "new": any(not (matter.on_agenda or matter.taken_off) for matter in matters)}


def _said(filled: services.Filled) -> str:
    new = len(filled.added) + len(filled.returned)
    if not new:
        return "Nothing new was open. The agenda is as it was."
    return f"{new} open matter{'s' if new > 1 else ''} put on the agenda"


@require_http_methods(METHODS)
def order(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Move items with buttons, or type numbers and save them together."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_change_agenda(request.user, meeting))
    rows = timing.timetable(meeting, queries.items_of(meeting))
    error = ""
    if sent(request) is not None:
        try:
            numbers = {row.item.pk: int(request.POST.get(f"number-{row.item.pk}", "")) for row in rows.rows}
            item_services.renumber(meeting_id=meeting.pk, numbers=numbers, by=request.user, now=timezone.now())
        except ValueError:
            error = "Give every item a whole number."
        except item_services.WrongOrder as problem:
            error = str(problem)
        else:
            messages.success(request, "Order saved")
            return redirect("meetings:order", slug=slug, on=on)
    for row in rows.rows:
        row.item.typed = request.POST.get(f"number-{row.item.pk}", "")  # type: ignore[attr-defined]
    context = common(request, meeting, "agenda") | {"times": rows, "error": error}
    return render(request, "meetings/order.html", context, status=422 if error else 200)
