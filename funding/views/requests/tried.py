"""What was tried before this request: entries with dates and results, or the reason why there are none."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from funding.forms import steps, typed
from funding.models import FundingRequest
from funding.queries import wording
from funding.queries.whole import Whole
from funding.services import sections, tried
from funding.services.wording import not_a_pupil
from funding.views.requests.common import METHODS, address, sent, shown, written
from provision.forms.support import SupportForm, initial
from provision.queries import support


@require_http_methods(METHODS)
def everything(request: UserRequest, reference: str) -> HttpResponse:
    """The entries so far, what was recorded before, and why nothing was tried."""
    one = written(request, reference)
    whole = shown(request, one)
    known = wording.known(one, today=timezone.localdate()) if request.method == "POST" else ()
    form = steps.NothingTriedForm(sent(request), known=known, initial={"why": one.nothing_tried})
    if form.is_valid():
        tried.say_nothing_tried(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        return redirect("funding:request", reference=reference)
    context = {"one": one, "whole": whole, "form": form, "loose": support.loose(one.school)}
    return render(request, "funding/tried.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def add(request: UserRequest, reference: str) -> HttpResponse:
    """Record one thing that was tried. What is typed is kept from the first key."""
    one = written(request, reference)
    whole = shown(request, one)
    section = whole.sections.get("tried-new")
    if request.htmx and request.method == "POST":
        _keep_typed(request, one)
        return HttpResponse(status=204)
    kept = section.typed if section else {}
    form = _form(request, one, whole, initial=typed.initial(SupportForm, kept) if kept else None)
    if form.is_valid():
        tried.add(request_id=one.pk, by=request.user, now=timezone.now(), **form.entry)
        sections.forget_typed(request_id=one.pk, name="tried-new", by=request.user, now=timezone.now())
        _remember(request, one, form)
        messages.success(request, "Support recorded")
        return redirect("funding:tried", reference=reference)
    context = {
        "one": one,
        "form": form,
        "title": "Add what you tried",
        "autosave": True,
        "back_url": address("tried", one),
    }
    return render(request, "funding/tried_entry.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def change(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Put an entry right."""
    one = written(request, reference)
    whole = shown(request, one)
    entry = get_object_or_404(support.of_request(one.reference), pk=pk)
    form = _form(request, one, whole, initial=initial(entry))
    if form.is_valid():
        tried.change(request_id=one.pk, entry_id=pk, by=request.user, now=timezone.now(), **form.entry)
        _remember(request, one, form)
        messages.success(request, "Changes saved")
        return redirect("funding:tried", reference=reference)
    context = {"one": one, "form": form, "title": "Change what you tried", "back_url": address("tried", one)}
    return render(request, "funding/tried_entry.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def remove(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take an entry out of the request for good."""
    one = written(request, reference)
    shown(request, one)
    entry = get_object_or_404(support.of_request(one.reference), pk=pk)
    if request.method == "POST":
        tried.remove(request_id=one.pk, entry_id=pk, by=request.user, now=timezone.now())
        messages.success(request, "Entry removed")
        return redirect("funding:tried", reference=reference)
    return render(request, "provision/remove.html", {"entry": entry, "back_url": address("tried", one)})


@require_POST
def attach(request: UserRequest, reference: str) -> HttpResponse:
    """Let support recorded before stand with this request."""
    one = written(request, reference)
    chosen = [pk for entry in request.POST.getlist("entries") if (pk := typed.number(entry)) is not None]
    count = tried.attach(request_id=one.pk, entry_ids=chosen, by=request.user, now=timezone.now())
    if count:
        messages.success(request, f"{count} {'entry' if count == 1 else 'entries'} added")
    else:
        messages.info(request, "Choose what should stand with this request")
    return redirect("funding:tried", reference=reference)


def _form(request: UserRequest, one: FundingRequest, whole: Whole, **more: Any) -> SupportForm:
    known = wording.known(one, today=timezone.localdate()) if request.method == "POST" else ()
    keys = [pupil.key.words for pupil in whole.pupils]
    return SupportForm(sent(request), known=[*known, *keys], keys=keys, **more)


def _remember(request: UserRequest, one: FundingRequest, form: SupportForm) -> None:
    """Words ticked as nobody's name are not asked about again in this request."""
    if ticked := form.cleaned_data.get("not_pupils"):
        not_a_pupil(request_id=one.pk, words=ticked, by=request.user, now=timezone.now())


def _keep_typed(request: UserRequest, one: FundingRequest) -> None:
    words = typed.typed(request.POST)
    sections.keep(request_id=one.pk, name="tried-new", seen=None, typed=words, by=request.user, now=timezone.now())
