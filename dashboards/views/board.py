"""The board's pages: communities as rows, the week's digest."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from communities import powers, queries
from core import readings, together
from core.verdicts import require
from dashboards import permissions
from dashboards.queries import board as boards_of
from dashboards.queries import digest as facts
from meetings.permissions import may_see_desk
from meetings.queries import bulletins, escalations


@require_safe
def boards(request: UserRequest) -> HttpResponse:
    """The areas whose board pages I may open; straight to it when there is one."""
    areas = list(boards_of.boards_for(request.user))
    if len(areas) == 1:
        return redirect("dashboards:board", area=areas[0].slug)
    if areas:
        return render(request, "dashboards/boards.html", {"areas": areas, "may_write": may_see_desk(request.user)})
    return _from_below(request)


def _from_below(request: UserRequest) -> HttpResponse:
    """For those the board speaks to: what it told them, and what became of what they sent up."""
    context = {
        "waiting": bulletins.to_acknowledge(request.user, on=timezone.localdate()),
        "told": bulletins.read_by(request.user)[:5],
        "sent_up": escalations.sent_up_by(request.user)[:20],
        "runs_meetings": powers.holds_anywhere(request.user, "run_meetings"),
    }
    return render(request, "dashboards/board_from_below.html", context)


@require_safe
def board(request: UserRequest, area: str) -> HttpResponse:
    """One area: its communities as rows, what waits for an answer, bulletins and who has taken note, digests."""
    found = get_object_or_404(queries.areas_for(request.user), slug=area)
    require(permissions.may_read_board(request.user, found))
    waiting_rows, digest_rows = escalations.waiting_in(request.user, found), facts.newest_of(request.user, found)
    together.fetch(waiting_rows, digest_rows)
    waiting, digests = list(waiting_rows), list(digest_rows)
    rows = boards_of.communities_of(found, waiting, on=timezone.localdate())
    context = {
        "area": found,
        "rows": rows,
        "waiting": waiting[:10],
        "bulletins": bulletins.standing_in(found, [row.community for row in rows]),
        "sits_here": permissions.sits_on_board(request.user, found),
        "digest": digests[0] if digests else None,
        "earlier": digests[1:],
        "today": timezone.localdate(),
    }
    return render(request, "dashboards/board.html", context)


@require_safe
def digest(request: UserRequest, area: str, week: date) -> HttpResponse:
    """One week, frozen."""
    found = get_object_or_404(facts.digests_for(request.user), area__slug=area, week_starts_on=week)
    require(permissions.may_read_board(request.user, found.area))
    readings.note(request, found)
    context = {
        "digest": found,
        "facts": facts.open_to(request.user, found.facts),
        "sits_here": permissions.sits_on_board(request.user, found.area),
    }
    return render(request, "dashboards/digest.html", context)
