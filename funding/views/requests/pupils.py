"""The pupils of a request, each on a page of their own: a key, a year group, needs."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from funding import pupil_words
from funding.forms import typed
from funding.forms.requests import PupilForm
from funding.models import FundingRequest, PupilKey
from funding.queries import keys
from funding.services import pupils
from funding.views.requests.common import METHODS, address, form_page, sent, shown, written


@require_safe
def everybody(request: UserRequest, reference: str) -> HttpResponse:
    """The pupils so far."""
    one = written(request, reference)
    whole = shown(request, one)
    alone = one.kind == FundingRequest.Kind.INDIVIDUAL
    full = "This request is for one pupil. Make it a group request to add another." if alone and whole.pupils else ""
    return render(request, "funding/pupils.html", {"one": one, "whole": whole, "full": full})


@require_http_methods(METHODS)
def add(request: UserRequest, reference: str) -> HttpResponse:
    """Choose a key and say the pupil's year group and needs."""
    one = written(request, reference)
    shown(request, one)
    seed = typed.number(request.POST.get("seed"))
    seed = secrets.randbelow(10**9) if seed is None else seed
    form = PupilForm(sent(request), keys=_keys(one, seed), schools=_schools(one))
    if form.is_valid():
        try:
            pupils.add(request_id=one.pk, by=request.user, now=timezone.now(), **form.facts)
        except (pupils.NotOurKey, pupils.OnceOnly) as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, f"{form.cleaned_data['words']} added")
            return redirect("funding:pupils", reference=reference)
    context = {"one": one, "form": form, "seed": seed, "back_url": address("pupils", one)}
    return render(request, "funding/pupil_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def change(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Put a pupil's facts right."""
    one = written(request, reference)
    shown(request, one)
    pupil = get_object_or_404(one.pupils.select_related("key"), pk=pk)
    names = ("year_group", "primary_need", "secondary_need", "sen_status")
    first = {name: getattr(pupil, name) for name in names} | {"attends": str(pupil.attends_id)}
    form = PupilForm(sent(request), keys=[], schools=_schools(one), initial=first)
    if form.is_valid():
        pupils.change(request_id=one.pk, pupil_id=pk, by=request.user, now=timezone.now(), **form.facts)
        messages.success(request, f"{pupil.key.words} saved")
        return redirect("funding:pupils", reference=reference)
    return form_page(
        request, one, form, page_title=f"Change {pupil.key.words}", submit_text="Save", back_url=address("pupils", one)
    )


@require_http_methods(METHODS)
def remove(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take a pupil out of the request."""
    one = written(request, reference)
    shown(request, one)
    pupil = get_object_or_404(one.pupils.select_related("key"), pk=pk)
    if request.method == "POST":
        pupils.remove(request_id=one.pk, pupil_id=pk, by=request.user, now=timezone.now())
        messages.success(request, f"{pupil.key.words} is not in this request any more")
        return redirect("funding:pupils", reference=reference)
    context = {
        "one": one,
        "page_title": f"Take {pupil.key.words} out of this request?",
        "text": "Year group, needs and agreement are taken out too. The key stays yours and can be used again.",
        "submit_text": "Take out",
        "back_url": address("pupils", one),
    }
    return render(request, "funding/confirm.html", context)


def _keys(one: FundingRequest, seed: int) -> list[tuple[str, str]]:
    """Keys of the school that are not in this request, then new ones. One seed proposes the same words again."""
    here = {pupil.key.words for pupil in one.pupils.select_related("key")}
    ours: list[PupilKey] = list(keys.of_school(one.school))
    taken = {key.words for key in ours}
    known = [(key.words, f"{key.words} (used before)") for key in ours if key.words not in here]
    return [*known, *((words, words) for words in pupil_words.propose(taken=taken, seed=seed))]


def _schools(one: FundingRequest) -> list[tuple[str, str]]:
    partners = list(one.partners.order_by("name").values_list("pk", "name"))
    return [(str(one.school_id), one.school.name), *((str(pk), name) for pk, name in partners)]
