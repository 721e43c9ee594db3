"""Actions: the list with its filters in the address, one action, and each act upon it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from communities.models import Area, Community
from core.htmx import page_or_fragment
from core.pages import page_of
from core.verdicts import require
from meetings import permissions
from meetings.forms import actions as forms
from meetings.forms import county as county_forms
from meetings.models import Action
from meetings.queries import actions as queries
from meetings.queries import dates, people
from meetings.services import actions as services
from meetings.views.scope import METHODS, form_page, sent


@require_safe
def actions(request: UserRequest) -> HttpResponse:
    """Mine, my community's, the board's; open, late, to confirm, finished."""
    today = timezone.localdate()
    states = dict(queries.STATES)
    state = request.GET.get("state", "open")
    chosen = queries.Chosen(whose=request.GET.get("whose", ""), state=state if state in states else "open")
    page = page_of(request, queries.chosen_from(request.user, chosen, on=today))
    context = {
        "page": page,
        "chosen": chosen,
        "states": queries.STATES,
        "owners": [
            ("", "All I can see"),
            ("mine", "Mine"),
            *((body.slug, body.name) for body in queries.bodies_seen(request.user)),
            ("board", "Reported to the board"),
        ],
        "runs": dates.bodies_run_by(request.user),
        "today": today,
    }
    return page_or_fragment(request, "meetings/actions.html", "meetings/_actions.html", context)


@require_safe
def action(request: UserRequest, pk: int) -> HttpResponse:
    """One action, what happened to it, and what I may do with it."""
    found = _found(request, pk)
    asked = (
        ("edit", permissions.may_edit_action),
        ("finish", permissions.may_finish_action),
        ("confirm", permissions.may_confirm_action),
        ("reopen", permissions.may_reopen_action),
        ("drop", permissions.may_drop_action),
    )
    context = {
        "action": found,
        "may": {name: question(request.user, found) for name, question in asked},
        "late": found.state == Action.State.OPEN and found.due_on < timezone.localdate(),
        "reminders": queries.reminders_of(found),
    }
    return render(request, "meetings/action.html", context)


@require_http_methods(METHODS)
def create(request: UserRequest, slug: str) -> HttpResponse:
    """A new action of a community or board I run."""
    body = next((body for body in dates.bodies_run_by(request.user) if body.slug == slug), None)
    if body is None:
        raise Http404
    form = _form(request, body, earliest=timezone.localdate())
    if form.is_valid():
        whose: dict[str, Any] = {"area_id" if isinstance(body, Area) else "community_id": body.pk}
        try:
            made = services.create(by=request.user, now=timezone.now(), **whose, **_facts(form))
        except services.NotAMember as error:
            form.add_error("owner", str(error))
        else:
            messages.success(request, "Action agreed")
            return redirect(made)
    return form_page(
        request, form, title=f"New action of {body.name}", back=f"/actions/?whose={slug}", submit="Agree action"
    )


@require_http_methods(METHODS)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Words, owner, day, report."""
    found = _found(request, pk)
    require(permissions.may_edit_action(request.user, found))
    initial = {
        "title": found.title, "detail": found.detail, "owner": found.owner_id, "due_on": found.due_on,
        "report_because": found.report_because, "version": found.version,
    }  # fmt: skip
    form = _form(request, found.body, earliest=min(found.due_on, timezone.localdate()), initial=initial)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.edit(action_id=pk, version=version, by=request.user, now=timezone.now(), **_facts(form))
        except services.NotAMember as error:
            form.add_error("owner", str(error))
        except services.ChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Action changed")
            return redirect(found)
    return form_page(request, form, title="Change this action", back=found.get_absolute_url(), submit="Save")


@require_http_methods(METHODS)
def finish(request: UserRequest, pk: int) -> HttpResponse:
    """Done, with what shows it."""
    found = _found(request, pk)
    require(permissions.may_finish_action(request.user, found))
    form = forms.Evidence(sent(request))
    if form.is_valid():
        services.finish(action_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Thank you. The chair has been asked to confirm.")
        return redirect(found)
    return form_page(
        request, form, title="This is done", caption=found.title, back=found.get_absolute_url(), submit="It is done"
    )


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(permissions.may_confirm_action(request.user, found))
    services.confirm(action_id=pk, by=request.user, now=timezone.now())
    messages.success(request, "Confirmed as done")
    return redirect(found)


@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(permissions.may_reopen_action(request.user, found))
    services.reopen(action_id=pk, by=request.user, now=timezone.now())
    messages.success(request, "The action is open again")
    return redirect(found)


@require_http_methods(METHODS)
def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Nobody will do it, and here is why."""
    found = _found(request, pk)
    require(permissions.may_drop_action(request.user, found))
    form = county_forms.Reason(sent(request), label="Why will it not be done?", hint="The owner reads this.")
    if form.is_valid():
        services.drop(action_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Action dropped")
        return redirect(found)
    return form_page(
        request, form, title="Drop this action", caption=found.title, back=found.get_absolute_url(),
        submit="Drop action", submit_kind="warning",
    )  # fmt: skip


def _found(request: UserRequest, pk: int) -> Action:
    found = queries.action_for(request.user, pk)
    if found is None:
        raise Http404
    return found


def _form(request: UserRequest, body: Community | Area, *, earliest: date, **more: Any) -> forms.ActionFacts:
    owners = people.who_may_own(body, on=timezone.localdate()).order_by("name").values_list("pk", "name")
    return forms.ActionFacts(
        sent(request), people=owners, earliest=earliest, reports=isinstance(body, Community), **more
    )


def _facts(form: forms.ActionFacts) -> dict[str, Any]:
    facts = {"report_because": "", **form.cleaned_data}
    facts.pop("version", None)
    facts["owner_id"] = int(facts.pop("owner"))
    return facts
