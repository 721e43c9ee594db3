"""Figures of a place beside those of wider places; from a figure to the next agenda."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from communities.queries import registers
from core.htmx import page_or_fragment
from core.verdicts import require
from dashboards import drawings, permissions
from dashboards.models import Indicator
from dashboards.queries import figures, frozen
from dashboards.services import discussing
from meetings.sharing import may_be_shared


@may_be_shared
@require_safe
def places(request: UserRequest) -> HttpResponse:
    """Which places' figures I may open."""
    return render(request, "dashboards/places.html", {"places": figures.places_for(request.user)})


@may_be_shared
@require_safe
def place(request: UserRequest, level: str, slug: str) -> HttpResponse:
    """Every indicator of one place, with wider places beside it."""
    found = _place(request, level, slug)
    measures = figures.measures_of(found, on=timezone.localdate())
    cards = [(measure, drawings.bars_of(measure)) for measure in measures]
    context = {"place": found, "cards": cards, "may_discuss": _may_discuss(request, found)}
    return render(request, "dashboards/place.html", context)


@may_be_shared
@require_safe
def indicator(request: UserRequest, level: str, slug: str, indicator: str) -> HttpResponse:
    """One indicator over time; for a community also school by school."""
    found, measure = _measure(request, level, slug, indicator)
    periods: list[str] = []
    rows: list[figures.SchoolRow] = []
    if level == "community":
        require(permissions.may_see_schools(request.user, get_object_or_404(registers.every_community(), pk=found.pk)))
        periods, rows = figures.schools_of(found, measure.indicator, on=timezone.localdate())
    context = {
        "place": found,
        "measure": measure,
        "drawing": drawings.line_of(measure),
        "periods": periods,
        "rows": rows,
        "may_discuss": _may_discuss(request, found),
    }
    return render(request, "dashboards/indicator.html", context)


@require_POST
def discuss(request: UserRequest, slug: str, indicator: str) -> HttpResponse:
    """Put the figure, frozen, on the community's next agenda."""
    found, measure = _measure(request, "community", slug, indicator)
    try:
        item = discussing.discuss(
            indicator_id=measure.indicator.pk, community_id=found.pk or 0, place=found.name,
            shown=frozen.as_shown(measure), by=request.user, now=timezone.now(),
        )  # fmt: skip
    except discussing.NoMeeting as error:
        messages.error(request, str(error))
        return redirect("dashboards:place", level="community", slug=slug)
    messages.success(request, f"{measure.indicator.name} is on the agenda of {item.meeting.on:%-d %B %Y}")
    return redirect("dashboards:indicator", level="community", slug=slug, indicator=indicator)


@may_be_shared
@require_safe
def frozen_figure(request: UserRequest, pk: int) -> HttpResponse:
    """The figure as it was when it was put on the agenda; the table alone for the run sheet."""
    found = get_object_or_404(frozen.frozen_for(request.user), pk=pk)
    return page_or_fragment(request, "dashboards/frozen.html", "dashboards/_frozen.html", {"figure": found})


def _place(request: UserRequest, level: str, slug: str) -> figures.Place:
    found = figures.place_for(request.user, level, slug)
    if found is None:
        raise Http404
    return found


def _measure(request: UserRequest, level: str, slug: str, indicator: str) -> tuple[figures.Place, figures.Measure]:
    found = _place(request, level, slug)
    wanted = get_object_or_404(Indicator, slug=indicator, is_shown=True)
    measures = figures.measures_of(found, on=timezone.localdate())
    return found, next(measure for measure in measures if measure.indicator == wanted)


def _may_discuss(request: UserRequest, place: figures.Place) -> object:
    if place.level != "community":
        return None
    return permissions.may_discuss(request.user, get_object_or_404(registers.every_community(), pk=place.pk))
