"""The chair's pages around a meeting: plan, arrange, publish, tell, move, cancel, take a newer agenda."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from communities.models import Area
from core.formats import long_moment
from core.verdicts import require
from meetings import permissions
from meetings.forms import county as county_forms
from meetings.forms import planning as forms
from meetings.queries import dates, readiness, templates
from meetings.services import planning as services
from meetings.services import publishing
from meetings.views.scope import METHODS, common, form_page, meeting_of, sent

TAKEN = (services.AlreadyPlanned, services.NoTemplate, services.NotThisDate)


@require_http_methods(METHODS)
def plan(request: UserRequest, slug: str) -> HttpResponse:
    """A date of the area becomes a meeting of this community or board."""
    body = next((body for body in dates.bodies_run_by(request.user) if body.slug == slug), None)
    if body is None:
        raise Http404
    days = list(dates.free_for(body, since=timezone.localdate()))
    form = forms.Plan(sent(request), days=days, initial={"date": request.GET.get("date")})
    if form.is_valid():
        facts = dict(form.cleaned_data)
        whose: dict[str, Any] = {"area_id" if isinstance(body, Area) else "community_id": body.pk}
        try:
            meeting = services.plan(
                date_id=int(facts.pop("date")), by=request.user, now=timezone.now(), **whose, **facts
            )
        except TAKEN as error:
            form.add_error("date", str(error))
        else:
            messages.success(request, "Meeting planned. Its agenda is a draft that only you can see.")
            return redirect(meeting)
    context = {"form": form, "body": body, "days": days}
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def arrange(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Place, link and the word before the agenda."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_change_agenda(request.user, meeting))
    initial = {
        "place": meeting.place,
        "online_link": meeting.online_link,
        "welcome_note": meeting.welcome_note,
    }
    form = forms.Arrangements(sent(request), initial=initial)
    if form.is_valid():
        services.arrange(meeting_id=meeting.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved")
        return redirect(meeting)
    intro = "Everybody invited is told of another place." if meeting.published_at else ""
    back = meeting.get_absolute_url()
    return form_page(request, form, title="Place and welcome", back=back, submit="Save", intro=intro)


@require_safe
def ready(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Ready to meet? The list, and the button that sends the agenda out."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_run(request.user, meeting))
    context = common(request, meeting, "agenda") | {
        "checks": readiness.checks(meeting, timezone.now()),
        "may_publish": permissions.may_publish(request.user, meeting),
    }
    return render(request, "meetings/ready.html", context)


@require_POST
def publish(request: UserRequest, slug: str, on: date) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    require(permissions.may_publish(request.user, meeting))
    publishing.publish(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    messages.success(request, "Agenda published. Everybody invited has been told.")
    return redirect(meeting)


@require_POST
def tell(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """One notice for all changes since the last."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_change_agenda(request.user, meeting))
    try:
        publishing.tell_changes(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    except publishing.NothingToTell as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Members have been told what changed")
    return redirect(meeting)


@require_http_methods(METHODS)
def move(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Another date of the area."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_arrange(request.user, meeting))
    days = list(dates.free_for(meeting.body, since=timezone.localdate()))
    form = forms.ChooseDate(sent(request), days=days)
    if form.is_valid():
        day = int(form.cleaned_data["date"])
        try:
            moved = services.move_to(meeting_id=meeting.pk, date_id=day, by=request.user, now=timezone.now())
        except TAKEN as error:
            form.add_error("date", str(error))
        else:
            messages.success(request, f"Moved to {long_moment(moved.starts_at)}")
            return redirect(moved)
    context = common(request, meeting, "agenda") | {"form": form, "days": days}
    return render(request, "meetings/move.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def cancel(request: UserRequest, slug: str, on: date) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    require(permissions.may_arrange(request.user, meeting))
    form = county_forms.Reason(sent(request), label="Why is it cancelled?", hint="Everybody invited reads this.")
    if form.is_valid():
        services.cancel(meeting_id=meeting.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Meeting cancelled")
        return redirect("meetings:mine")
    return form_page(
        request, form, title=f"Cancel the meeting on {long_moment(meeting.starts_at)}",
        back=meeting.get_absolute_url(), submit="Cancel this meeting", submit_kind="warning",
    )  # fmt: skip


@require_http_methods(METHODS)
def newer_version(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """What the county's newer agenda would change here; the button takes it."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_arrange(request.user, meeting))
    if request.method == "POST":
        taken = services.take_newer_template(meeting_id=meeting.pk, by=request.user, now=timezone.now())
        said = (
            f"This agenda follows version {taken.version} now" if taken else "It follows the version in force already"
        )
        messages.success(request, said)
        return redirect(meeting)
    newer = templates.newer_for(meeting)
    context = common(request, meeting, "agenda") | {
        "newer": newer,
        "differences": templates.differences(meeting.template, newer) if newer else [],
    }
    return render(request, "meetings/newer_version.html", context)
