"""The administrator's pages: dates of areas and versions of the agenda."""

from datetime import timedelta
from typing import get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from communities.permissions import may_administer
from core.formats import long_date
from core.verdicts import require
from meetings import permissions
from meetings.forms import county as forms
from meetings.models import AgendaTemplate, Body, MeetingDate, TemplateItem
from meetings.queries import dates as date_queries
from meetings.queries import templates as queries
from meetings.services import dates as date_services
from meetings.services import templates as services
from meetings.services.items import Where
from meetings.views.scope import METHODS, form_page, sent

TROUBLE = (date_services.DateTaken, date_services.DatePast)
A_YEAR = timedelta(days=365)


@require_safe
def dates(request: UserRequest) -> HttpResponse:
    """Dates by term, of one area or all; from today on, or a year back with `?since=past`."""
    require(may_administer(request.user))
    areas = list(date_queries.areas())
    area = next((area for area in areas if area.slug == request.GET.get("area")), None)
    today = timezone.localdate()
    past = request.GET.get("since") == "past"
    rows = date_queries.dates_of(area, since=today - A_YEAR if past else today)
    choice = [("", "Every area"), *((one.slug, one.name) for one in areas)]
    context = {"terms": date_queries.by_term(rows), "areas": choice, "area": area, "past": past, "today": today}
    return render(request, "meetings/dates.html", context)


@require_http_methods(METHODS)
def add_date(request: UserRequest) -> HttpResponse:
    require(may_administer(request.user))
    form = forms.NewDate(sent(request))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        area = facts.pop("area")
        try:
            day = date_services.set_date(area_id=area.pk, by=request.user, now=timezone.now(), **facts)
        except TROUBLE as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, f"{long_date(day.on)} added for {area.name}. The chairs have been told.")
            return redirect("meetings:dates")
    return form_page(request, form, title="Add a date", back="/county/dates/", submit="Add date")


@require_http_methods(METHODS)
def change_date(request: UserRequest, pk: int) -> HttpResponse:
    require(may_administer(request.user))
    day = _date(pk)
    require(permissions.may_change_date(day))
    names = ("on", "starts", "length_minutes", "cut_off_days", "note")
    form = forms.DateFacts(sent(request), initial={name: getattr(day, name) for name in names})
    if form.is_valid():
        try:
            date_services.change_date(date_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except TROUBLE as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, "Date changed. The chairs have been told.")
            return redirect("meetings:dates")
    return form_page(
        request, form, title=f"Change {long_date(day.on)}", caption=day.area.name, back="/county/dates/", submit="Save",
        intro="Meetings that took this date stay where they are until their chair moves them.",
    )  # fmt: skip


@require_http_methods(METHODS)
def withdraw_date(request: UserRequest, pk: int) -> HttpResponse:
    require(may_administer(request.user))
    day = _date(pk)
    require(permissions.may_change_date(day))
    form = forms.Reason(sent(request), label="Why is it withdrawn?", hint="Chairs read this.")
    if form.is_valid():
        date_services.withdraw_date(date_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Date withdrawn. The chairs have been told.")
        return redirect("meetings:dates")
    return form_page(
        request, form, title=f"Withdraw {long_date(day.on)}", caption=day.area.name, back="/county/dates/",
        submit="Withdraw date", submit_kind="warning",
        intro="Meetings that took it are not cancelled: their chairs are asked to move or cancel them.",
    )  # fmt: skip


@require_safe
def templates(request: UserRequest) -> HttpResponse:
    """Every version, for communities and for boards, with the meetings that use each."""
    require(may_administer(request.user))
    bodies = [(body, queries.versions(body), queries.in_force(body, on=timezone.localdate())) for body in Body]
    return render(request, "meetings/templates.html", {"bodies": bodies})


@require_POST
def draft(request: UserRequest, body: str) -> HttpResponse:
    """The next version, from the last."""
    require(may_administer(request.user))
    try:
        made = services.draft_next(body=body, by=request.user, now=timezone.now())
    except services.DraftExists as error:
        messages.info(request, str(error))
        return redirect("meetings:templates")
    return redirect("meetings:template", body=body, version=made.version)


@require_safe
def template(request: UserRequest, body: str, version: int) -> HttpResponse:
    """One version: its lines, and what may still be done with it."""
    require(may_administer(request.user))
    found = _template(body, version)
    lines = list(queries.lines_of(found))
    context = {
        "template": found,
        "lines": lines,
        "minutes": sum(line.minutes for line in lines),
        "may_change": permissions.may_change_template(found),
        "may_retire": permissions.may_retire(found),
        "address": _address(found),
    }
    return render(request, "meetings/template.html", context)


@require_http_methods(METHODS)
def publish(request: UserRequest, body: str, version: int) -> HttpResponse:
    """What publishing means for meetings that are planned already, then the first day."""
    require(may_administer(request.user))
    found = _template(body, version)
    require(permissions.may_change_template(found))
    form = forms.Publication(sent(request), initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        try:
            services.publish(template_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except services.NotReady as error:
            form.add_error("starts_on", str(error))
        else:
            messages.success(request, f"Version {version} published. Whoever plans meetings has been told.")
            return redirect("meetings:template", body=body, version=version)
    context = {
        "form": form,
        "template": found,
        "number": str(version),
        "earlier": queries.impact(found),
        "address": _address(found),
    }
    return render(request, "meetings/template_publish.html", context, status=422 if form.errors else 200)


@require_POST
def discard(request: UserRequest, body: str, version: int) -> HttpResponse:
    require(may_administer(request.user))
    found = _template(body, version)
    require(permissions.may_change_template(found))
    services.discard(template_id=found.pk, by=request.user)
    messages.success(request, "Draft thrown away")
    return redirect("meetings:templates")


@require_POST
def retire(request: UserRequest, body: str, version: int) -> HttpResponse:
    require(may_administer(request.user))
    found = _template(body, version)
    require(permissions.may_retire(found))
    services.retire(template_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, f"Version {version} retired")
    return redirect("meetings:templates")


@require_http_methods(METHODS)
def add_line(request: UserRequest, body: str, version: int) -> HttpResponse:
    require(may_administer(request.user))
    found = _template(body, version)
    require(permissions.may_change_template(found))
    form = forms.Line(sent(request))
    if form.is_valid():
        services.add_item(template_id=found.pk, by=request.user, **form.cleaned_data)
        messages.success(request, "Item added")
        return redirect("meetings:template", body=body, version=version)
    return form_page(request, form, title="Add an item", back=_address(found), submit="Add item")


@require_http_methods(METHODS)
def change_line(request: UserRequest, pk: int) -> HttpResponse:
    require(may_administer(request.user))
    line = _line(pk)
    require(permissions.may_change_template(line.template))
    names = ("title", "kind", "minutes", "mandatory", "guidance")
    form = forms.Line(sent(request), initial={name: getattr(line, name) for name in names})
    if form.is_valid():
        services.change_item(item_id=pk, by=request.user, **form.cleaned_data)
        messages.success(request, "Item changed")
        return redirect(_address(line.template))
    return form_page(request, form, title=f"Change “{line.title}”", back=_address(line.template), submit="Save")


@require_POST
def move_line(request: UserRequest, pk: int) -> HttpResponse:
    require(may_administer(request.user))
    line = _line(pk)
    require(permissions.may_change_template(line.template))
    where = request.POST.get("where", "")
    if where not in get_args(Where):
        raise Http404
    services.move_item(item_id=pk, where=where, by=request.user)  # type: ignore[arg-type]
    return redirect(_address(line.template))


@require_POST
def remove_line(request: UserRequest, pk: int) -> HttpResponse:
    require(may_administer(request.user))
    line = _line(pk)
    require(permissions.may_change_template(line.template))
    services.remove_item(item_id=pk, by=request.user)
    messages.success(request, f"“{line.title}” removed from the draft")
    return redirect(_address(line.template))


def _date(pk: int) -> MeetingDate:
    found = date_queries.date_with(pk)
    if found is None:
        raise Http404
    return found


def _template(body: str, version: int) -> AgendaTemplate:
    found = queries.template_by(body, version)
    if found is None:
        raise Http404
    return found


def _line(pk: int) -> TemplateItem:
    found = queries.line_with(pk)
    if found is None:
        raise Http404
    return found


def _address(template: AgendaTemplate) -> str:
    return reverse("meetings:template", args=[template.body, template.version])
