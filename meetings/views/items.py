"""One item: read it, change its plan, move it, take it off, note something, ask a professional."""

from datetime import date
from typing import get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from core.htmx import page_or_fragment
from core.verdicts import require
from meetings import permissions, sources
from meetings.forms import county as county_forms
from meetings.forms import planning as forms
from meetings.queries import agenda as queries
from meetings.queries import guests, people, timing
from meetings.services import invitations
from meetings.services import items as services
from meetings.sharing import may_be_shared
from meetings.views.scope import METHODS, common, form_page, item_of, meeting_of, sent


@may_be_shared
@require_safe
def item(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The item with its reason, guidance and papers; 403 with the sentence for whoever must not read it."""
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_read_item(request.user, found))
    context = common(request, meeting, "agenda") | {"item": found, "neighbours": queries.neighbours(found)}
    context["gone"] = bool(meeting.closed_at and sources.unopened(request.user, [found]))
    if context["runs"]:
        context |= {
            "may_change": permissions.may_change_agenda(request.user, meeting),
            "may_remove": permissions.may_remove(request.user, found),
            "note": queries.chair_note(found),
            "guests": guests.invited_to(found),
        }
    return render(request, "meetings/item.html", context)


@require_http_methods(METHODS)
def add(request: UserRequest, slug: str, on: date) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    require(permissions.may_change_agenda(request.user, meeting))
    form = forms.Item(sent(request))
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        services.add(meeting_id=meeting.pk, by=request.user, now=timezone.now(), **facts)
        messages.success(request, "Item added")
        return redirect(meeting)
    return form_page(request, form, title="Add an item", back=meeting.get_absolute_url(), submit="Add item")


@require_http_methods(METHODS)
def change(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The plan of an item. Standing items and matters keep their words; their time and presenter are the chair's."""
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_change_agenda(request.user, meeting))
    own_words = found.template_line is None and not found.source_key
    initial = {
        "title": found.title, "why": found.why, "minutes": found.minutes_planned, "presenter": found.presenter,
        "audience": found.audience, "version": found.version,
    }  # fmt: skip
    form = forms.Item(sent(request), initial=initial, own_words=own_words)
    if form.is_valid():
        facts = {"title": found.title, "why": found.why} | form.cleaned_data
        try:
            services.change(item_id=pk, by=request.user, now=timezone.now(), **facts)
        except services.ChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Item changed")
            return redirect(found)
    return form_page(
        request, form, title=f"Change “{found.title}”", back=found.get_absolute_url(), submit="Save",
        intro="" if own_words else "The title comes from the county or from the matter itself, so it is not changed here.",
    )  # fmt: skip


@require_POST
def move(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """One step; the page of the order comes back, or only its list where there is JavaScript."""
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_change_agenda(request.user, meeting))
    where = request.POST.get("where", "")
    if where not in get_args(services.Where):
        raise Http404
    services.move(item_id=pk, where=where, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    if not request.htmx:
        return redirect("meetings:order", slug=slug, on=on)
    rows = timing.timetable(meeting, queries.items_of(meeting))
    context = common(request, meeting, "agenda") | {"times": rows, "moved": found}
    return page_or_fragment(request, "meetings/order.html", "meetings/_order.html", context)


@require_http_methods(METHODS)
def remove(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_remove(request.user, found))
    form = county_forms.Reason(sent(request), label="Why is it taken off?", hint="Members can read this.")
    if form.is_valid():
        services.remove(item_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, f"“{found.title}” taken off")
        return redirect(meeting)
    return form_page(
        request, form, title=f"Take “{found.title}” off the agenda", back=found.get_absolute_url(),
        submit="Take it off", submit_kind="warning",
    )  # fmt: skip


@require_POST
def restore(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_change_agenda(request.user, meeting))
    services.restore(item_id=pk, by=request.user, now=timezone.now())
    messages.success(request, f"“{found.title}” is back on the agenda")
    return redirect(meeting)


@require_http_methods(METHODS)
def note(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The chair's private note."""
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_run(request.user, meeting))
    require(permissions.may_read_item(request.user, found))
    form = forms.Note(sent(request), initial={"text": queries.chair_note(found)})
    if form.is_valid():
        services.write_note(item_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Note kept")
        return redirect(found)
    return form_page(
        request, form, title=f"Your note on “{found.title}”", back=found.get_absolute_url(), submit="Keep note"
    )


@require_http_methods(METHODS)
def invite(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Ask a professional to this one item."""
    meeting = meeting_of(request, slug, on)
    found = item_of(meeting, pk)
    require(permissions.may_change_agenda(request.user, meeting))
    choices = people.professionals(on=meeting.on).values_list("pk", "name")
    form = forms.InviteProfessional(sent(request), people=choices)
    if form.is_valid():
        person = int(form.cleaned_data["person"])
        invitations.invite_professional(item_id=pk, person_id=person, by=request.user, now=timezone.now())
        messages.success(request, "Invitation sent")
        return redirect(found)
    return form_page(
        request, form, title=f"Ask a professional to “{found.title}”", back=found.get_absolute_url(),
        submit="Send invitation", intro="They see this item and nothing else of the meeting.",
    )  # fmt: skip
