"""My meetings, over all communities and boards."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from core.pages import page_of
from meetings.queries import calendar, dates
from meetings.queries import mine as queries


@require_safe
def mine(request: UserRequest) -> HttpResponse:
    """What is coming, with what each needs from me, and the dates I have still to plan."""
    bodies = dates.bodies_run_by(request.user)
    context = {
        "coming": queries.coming_for(request.user),
        "to_plan": queries.to_plan(request.user, on=timezone.localdate(), bodies=bodies) if bodies else [],
        "runs_any": bool(bodies),
    }
    return render(request, "meetings/mine.html", context)


@require_safe
def past(request: UserRequest) -> HttpResponse:
    """Meetings that were held or cancelled, the newest first."""
    page = page_of(request, calendar.past_for(request.user))
    return render(request, "meetings/past.html", {"page": page})
