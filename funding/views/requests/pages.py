"""The list of requests, one request read top to bottom, and the fragment that stands beside its agenda item."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from communities.models import School
from communities.queries import community_of
from core import together
from core.pages import page_of
from core.verdicts import Verdict, require
from funding.models import FundingRequest
from funding.permissions import decisions as decision_permissions
from funding.permissions import requests as permissions
from funding.queries import awards, decisions, lists, scope, stages, tasks, wording
from funding.queries.whole import Whole
from funding.steps import STEPS
from funding.views.requests.common import address, back_to, found, shown
from meetings import pages, sharing
from meetings.models import AgendaItem
from meetings.sharing import may_be_shared

State = FundingRequest.State
# Steps only the school sees; others read what happened from the signature on.
INSIDE = ("start", "send", "fetch", "return")
PENDING = ("recommend", "decide", "undo")


@may_be_shared
@require_safe
def everything(request: UserRequest) -> HttpResponse:
    """Requests the person can reach; filters stand in the address."""
    require(permissions.may_open_requests(request.user))
    shown_, school, kind = (request.GET.get(name, "")[:80] for name in ("show", "school", "kind"))
    shown_ = shown_ if shown_ in lists.SHOWN else "open"
    page = page_of(request, lists.filtered(request.user, shown=shown_, school=school, kind=kind))
    writes, schools = lists.schools_that_write(request.user), lists.schools_in(request.user)
    together.fetch(writes, schools)
    counts = lists.counts(request.user)
    context = {
        "page": page,
        "rows": lists.rows(request.user, list(page.object_list)),
        "filters": [
            (f"{title} ({counts[name]})", f"?show={name}", name == shown_)
            for name, (title, _states) in lists.SHOWN.items()
            if counts[name] or name == shown_
        ],
        "schools": _to_choose_from(schools),
        "kinds": [("", "All kinds"), *FundingRequest.Kind.choices],
        "chosen": {"show": shown_, "school": school, "kind": kind},
        "may_start": lists.may_start_anywhere(request.user, list(writes)),
        "hides": sharing.hides(request),
    }
    return render(request, "funding/requests.html", context)


def _to_choose_from(schools: Iterable[School]) -> list[tuple[str, str]]:
    """For the filter, which one school does not need."""
    several = [(school.slug, school.name) for school in schools]
    return [("", "All schools"), *several] if len(several) > 1 else []


@may_be_shared
@require_safe
def one(request: UserRequest, reference: str) -> HttpResponse:
    """A draft is a task list for its writer, everything else one page. Inside an agenda item it is the fragment."""
    if request.htmx:
        return panel(request, reference)
    found_ = found(request, reference)
    item = decisions.item_of(found_)
    require(permissions.may_read(request.user, found_, item))
    whole = shown(request, found_)
    page = "funding/tasks.html" if permissions.may_write(request.user, found_) else "funding/request.html"
    context = _tasks(whole) if page == "funding/tasks.html" else _reading(request, whole, item)
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@may_be_shared
@require_safe
def panel(request: UserRequest, reference: str) -> HttpResponse:
    """What stands beside the item in the meeting: eight lines, support tried, recommendation, decision."""
    found_ = found(request, reference)
    item = decisions.item_of(found_)
    if item is None:
        raise Http404
    require(decision_permissions.may_read_panel(request.user, item))
    whole = shown(request, found_)
    context = {
        **_answers(request, whole, item),
        "back": back_to(request, found_, item),
        "one": found_,
        "whole": whole,
        "item": item,
        "hides": sharing.hides(request),
    }
    page = "funding/_panel.html" if request.htmx else "funding/panel.html"
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _tasks(whole: Whole) -> dict[str, Any]:
    one = whole.request
    community = community_of(one.school, on=timezone.localdate())
    listed = tasks.tasks(whole)
    needed = [task for task in listed if not task.may_stay_empty]
    returned = next((event for event in whole.events if event.step == "return"), None)
    return {
        "one": one,
        "whole": whole,
        "tasks": [(task, address(task.name, one)) for task in listed],
        "minutes_left": sum(task.minutes for task in listed if not task.is_done),
        "done": sum(task.is_done for task in needed),
        "parts": len(needed),
        "ready": all(task.is_done for task in listed),
        "returned": returned if one.state == State.RETURNED else None,
        "reaches": stages.next_meeting(community, timezone.now()),
        "open_names": wording.questions(whole, today=timezone.localdate()),
    }


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the page: closed ones are drawn with their sentence."""

    text: str
    href: str
    verdict: Verdict
    kind: str = "secondary"


def _reading(request: UserRequest, whole: Whole, item: AgendaItem | None) -> dict[str, Any]:
    one, person = whole.request, request.user
    own = scope.is_own(person, one)
    answers = _answers(request, whole, item)
    left_out = {"write", *(() if own else INSIDE), *(() if answers["may_see"] else PENDING)}
    events = [event for event in whole.events if event.step not in left_out]
    return {
        **answers,
        "one": one,
        "whole": whole,
        "item": item,
        "own": own,
        "back": pages.live_item(person, item),
        "stage": stages.stage(one, item, insider=not own),
        "events": [(STEPS[event.step].done, event) for event in events],
        "may_read_documents": permissions.may_read_documents(person, one, item),
        "acts": _acts(request, one, own=own),
        "hides": sharing.hides(request),
    }


def _answers(request: UserRequest, whole: Whole, item: AgendaItem | None) -> dict[str, Any]:
    """Recommendation and decision as far as this person may see them."""
    one, person = whole.request, request.user
    recommendation, decision = whole.recommendation, whole.decision
    released = decision is not None and hasattr(decision, "release")
    may_see = decision_permissions.may_see_recommendation(person, one, item)
    pending = bool(may_see) and not released
    return {
        "may_see": may_see,
        "recommendation": recommendation if may_see or released else None,
        "decision": decision if pending or released else None,
        "released": released,
        "sees_award": released and awards.newest_with(person, one.reference).exists(),
        "may_read_letter": decision_permissions.may_read_letter(person, one),
        "may_recommend": decision_permissions.may_recommend(person, one, item),
        "may_decide": decision_permissions.may_decide(person, one, item),
        "may_undo": decision_permissions.may_undo(person, one, decision),
    }


def _acts(request: UserRequest, one: FundingRequest, *, own: bool) -> list[Act]:
    """What the person may do here. An act that is somebody else's is left out; one that is closed now says why."""
    person = request.user
    acts = []
    if permissions.may_return(person, one):
        acts.append(Act("Read and sign off", address("sign-off", one), permissions.may_return(person, one), "main"))
    if permissions.may_fetch(person, one):
        acts.append(Act("Take back to change", address("fetch", one), permissions.may_fetch(person, one)))
    if permissions.may_answer(person, one):
        acts.append(Act("Answer the chair", address("answer", one), permissions.may_answer(person, one), "main"))
    if scope.chairs(person, one) and not own:
        acts.append(Act("Ask the school a question", address("question", one), permissions.may_ask(person, one)))
    if permissions.may_copy(person, one):
        acts.append(Act("Use its words again", address("copy", one), permissions.may_copy(person, one)))
    if own and one.state not in (State.WITHDRAWN, State.RELEASED):
        acts.append(Act("Withdraw", address("withdraw", one), permissions.may_withdraw(person, one)))
    return acts
