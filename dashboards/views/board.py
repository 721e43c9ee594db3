"""The board's pages: communities as rows, the week's digest."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from communities import queries
from core import readings
from core.verdicts import require
from dashboards import permissions
from dashboards.queries import digest as facts


@require_safe
def boards(request: UserRequest) -> HttpResponse:
    """The areas whose board pages I may open; straight to it when there is one."""
    areas = list(queries.areas_for(request.user))
    if len(areas) == 1:
        return redirect("dashboards:board", area=areas[0].slug)
    return render(request, "dashboards/boards.html", {"areas": areas})


@require_safe
def board(request: UserRequest, area: str) -> HttpResponse:
    """One area: its communities as rows, its digests."""
    found = get_object_or_404(queries.areas_for(request.user), slug=area)
    require(permissions.may_read_board(request.user, found))
    context = {
        "area": found,
        "rows": facts.communities_of_board(found, on=timezone.localdate()),
        "digests": facts.digests_for(request.user).filter(area=found)[:12],
    }
    return render(request, "dashboards/board.html", context)


@require_safe
def digest(request: UserRequest, area: str, week: date) -> HttpResponse:
    """One week, frozen."""
    found = get_object_or_404(facts.digests_for(request.user), area__slug=area, week_starts_on=week)
    require(permissions.may_read_board(request.user, found.area))
    readings.note(request, found)
    return render(request, "dashboards/digest.html", {"digest": found})
