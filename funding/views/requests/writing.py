"""The pages with autosave: about the need, what we ask for, outcomes, agreement. One way for all of them.

Typed words are kept at once, whole or not; what is whole is taken over into the request. A page that somebody else saved
meanwhile answers 409 with both versions.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from communities.queries import community_of, member_schools
from core.formats import clock
from funding.forms import bundles, typed
from funding.models import FundingRequest, RequestSection
from funding.queries import wording
from funding.services import drafting, pupils
from funding.services.recommending import asked_for
from funding.services.sections import Seen, Stale, keep
from funding.views.requests.common import METHODS, address, found, shown, written

Saver = Callable[..., int]


@dataclass(frozen=True)
class Page:
    """A page of the request: its name, its heading, the forms on it and the service that takes them."""

    name: str
    title: str
    build: Callable[..., bundles.Bundle]
    save: Saver
    intro: str = ""


NEED = Page("need", "About the need", bundles.need, drafting.save_need)
ASK = Page("ask", "What we ask for", bundles.ask, drafting.save_ask)
OUTCOMES = Page(
    "outcomes",
    "Outcomes",
    bundles.outcomes,
    drafting.save_outcomes,
    "Say what will be different, how you will know, and by when. One or two are enough.",
)
AGREEMENT = Page(
    "agreement",
    "Agreement",
    bundles.agreement,
    pupils.save_agreements,
    "Other schools will discuss this. Record that parents, or the young person, agreed to that. It is a record of what "
    "you asked, not the legal basis for using the information.",
)


HEADINGS = {("ask", True): "What we ask for and cost"}


@require_http_methods(METHODS)
def need(request: UserRequest, reference: str) -> HttpResponse:
    """Title, need, context, partner schools."""
    return _page(request, reference, NEED)


@require_http_methods(METHODS)
def ask(request: UserRequest, reference: str) -> HttpResponse:
    """What is asked for, from when to when, and each cost."""
    return _page(request, reference, ASK)


@require_http_methods(METHODS)
def outcomes(request: UserRequest, reference: str) -> HttpResponse:
    """What will be different."""
    return _page(request, reference, OUTCOMES)


@require_http_methods(METHODS)
def agreement(request: UserRequest, reference: str) -> HttpResponse:
    """Who agreed to share, for each pupil."""
    return _page(request, reference, AGREEMENT)


def _page(request: UserRequest, reference: str, page: Page) -> HttpResponse:
    one = written(request, reference)
    whole = shown(request, one)
    section = whole.sections.get(page.name)
    build = _builder(page, whole)
    if request.method != "POST":
        bundle = build(kept=section.typed if section and section.typed else None)
        return _draw(request, one, page, bundle, section)
    words = typed.typed(request.POST)
    if "add" in request.POST or "remove" in request.POST:
        return _other_lines(request, one, page, build, words)
    bundle = build(posted=request.POST)
    try:
        version = _keep(request, one, page, bundle, words)
    except Stale as stale:
        return _conflict(request, one, page, bundle, build, words, stale)
    if request.htmx:
        return _saved(request, one, page, version)
    if "later" in request.POST:
        return redirect("funding:request", reference=reference)
    if not bundle.is_valid():
        return _draw(request, one, page, bundle, None, version=version, status=422)
    return _onward(request, one)


def _builder(page: Page, whole: Any) -> Callable[..., bundles.Bundle]:
    """The page's forms for this request, loaded once."""
    others: list[Any] = []
    if page.name == "need":
        community = community_of(whole.request.school, on=timezone.localdate())
        members = member_schools(community, on=timezone.localdate()) if community else []
        others = [school for school in members if school.pk != whole.request.school_id]

    def build(*, posted: Any = None, kept: dict[str, Any] | None = None, more: bool = False) -> bundles.Bundle:
        return page.build(whole, posted=posted, kept=kept, others=others, more=more)

    return build


def _seen(request: UserRequest) -> Seen:
    tab = typed.without_zero_byte(request.POST.get("tab", ""))
    return Seen(typed.number(request.POST.get("version")) or 0, tab[:36])


def _keep(request: UserRequest, one: FundingRequest, page: Page, bundle: bundles.Bundle, words: dict[str, Any]) -> int:
    """Take over what is whole; keep the rest as it was typed. Returns the page's new version."""
    by, now, seen = request.user, timezone.now(), _seen(request)
    if bundle.is_valid():
        return page.save(request_id=one.pk, seen=seen, by=by, now=now, **bundle.answers)
    return keep(request_id=one.pk, name=page.name, seen=seen, typed=words, by=by, now=now).version


def _other_lines(
    request: UserRequest, one: FundingRequest, page: Page, build: Callable[..., bundles.Bundle], words: dict[str, Any]
) -> HttpResponse:
    """One line more or one less: the page is drawn again with everything typed."""
    gone = typed.number(request.POST.get("remove"))
    if gone is not None:
        words = typed.without_line(words, "lines", gone)
    try:
        section = keep(
            request_id=one.pk, name=page.name, seen=_seen(request), typed=words, by=request.user, now=timezone.now()
        )
    except Stale as stale:
        return _conflict(request, one, page, build(kept=words), build, words, stale)
    bundle = build(kept=words, more="add" in request.POST)
    return _draw(request, one, page, bundle, section)


def _costs(one: FundingRequest, page: Page) -> Decimal | None:
    """What the saved costs come to, in pounds; None on pages without costs."""
    return asked_for(one) if page.name == "ask" and one.wants_money else None


def _draw(
    request: UserRequest,
    one: FundingRequest,
    page: Page,
    bundle: bundles.Bundle,
    section: RequestSection | None,
    *,
    version: int | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "one": one,
        "page": page,
        "bundle": bundle,
        "has_errors": status == 422,
        "heading": HEADINGS.get((page.name, one.wants_money), page.title),
        "version": version if version is not None else section.version if section else 0,
        "tab": request.POST.get("tab") or str(uuid.uuid4()),
        "amount": _costs(one, page),
        "save_url": address(page.name, one),
        **more,
    }
    return render(request, "funding/write.html", context, status=status)


def _saved(request: UserRequest, one: FundingRequest, page: Page, version: int) -> HttpResponse:
    """Autosave answers with the new version for the hidden field, what the costs come to, and the time of saving."""
    context = {"version": version, "amount": _costs(one, page), "swapped": True}
    response = render(request, "funding/_saved.html", context)
    response.headers["X-Saved-At"] = clock(timezone.now())
    return response


def _conflict(
    request: UserRequest,
    one: FundingRequest,
    page: Page,
    bundle: bundles.Bundle,
    build: Callable[..., bundles.Bundle],
    words: dict[str, Any],
    stale: Stale,
) -> HttpResponse:
    """Both versions side by side; nothing is saved until the person has looked."""
    section = stale.section
    theirs = build(kept=section.typed or None)
    panes = bundles.differences(bundle, theirs)
    more = {"panes": panes, "saved": section, "conflict": True, "by_yourself": section.saved_by_id == request.user.pk}
    if request.htmx:
        response = render(
            request,
            "funding/_conflict.html",
            {"version": section.version, "one": one, "page": page, **more},
            status=409,
        )
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#conflict", "innerHTML"
        return response
    mine = build(kept=words)
    return _draw(request, one, page, mine, section, version=section.version, status=409, **more)


def _onward(request: UserRequest, one: FundingRequest) -> HttpResponse:
    """To the task list; by way of a question, if a word may name a pupil."""
    if wording.questions(shown(request, found(request, one.reference)), today=timezone.localdate()):
        return redirect("funding:names", reference=one.reference)
    return redirect("funding:request", reference=one.reference)
