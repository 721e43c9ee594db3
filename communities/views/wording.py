"""The council's words, and the Principles as dated versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from communities import permissions
from communities.forms import places as forms
from communities.models import PrinciplesVersion
from communities.queries import registers
from communities.services import places, principles
from communities.views.county import METHODS, _page, _sent
from core.verdicts import require
from core.wording import words


@require_http_methods(METHODS)
def wording(request: UserRequest) -> HttpResponse:
    """The council's name, what it calls things, and the quorum."""
    require(permissions.may_administer(request.user))
    form = forms.Words(_sent(request), initial=registers.words_now(words()))
    if form.is_valid():
        cleaned = dict(form.cleaned_data)
        county = {name: cleaned.pop(name) for name in ("county_name", "la_code", "sub_icb_code")}
        places.set_words(by=request.user, now=timezone.now(), words=cleaned, **county)
        messages.success(request, "Wording saved")
        return redirect("communities:wording")
    return _page(request, form, title="Names and wording", back="/county/", submit="Save wording")


@require_safe
def versions(request: UserRequest) -> HttpResponse:
    """Every version of the Principles."""
    require(permissions.may_administer(request.user))
    context = {"versions": registers.principles_versions(), "today": timezone.localdate()}
    return render(request, "communities/county_principles.html", context)


@require_POST
def draft(request: UserRequest) -> HttpResponse:
    """Begin the next version from the words of the last."""
    version = principles.draft(by=request.user, now=timezone.now())
    return redirect("communities:principles-version", number=version.number)


@require_http_methods(METHODS)
def version(request: UserRequest, number: int) -> HttpResponse:
    """Read a published version; change a draft."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(PrinciplesVersion, number=number)
    if found.published_at:
        return render(request, "communities/county_principles_version.html", {"version": found})
    form = forms.PrinciplesText(_sent(request), initial=registers.words_of(found))
    if form.is_valid():
        cleaned = form.cleaned_data
        principles.save(
            version_id=found.pk, title=cleaned["title"], source=cleaned["source"], starts_on=cleaned["starts_on"],
            texts=form.principles(), by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Draft saved")
        return redirect("communities:principles-version", number=number)
    context = {"version": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "communities/county_principles_version.html", context, status=status)


@require_POST
def publish(request: UserRequest, number: int) -> HttpResponse:
    """Put a draft in force from its first day."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(PrinciplesVersion, number=number)
    try:
        principles.publish(version_id=found.pk, by=request.user, now=timezone.now())
    except principles.Empty as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Version {number} published")
    return redirect("communities:principles-version", number=number)


@require_POST
def discard(request: UserRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(PrinciplesVersion, number=number)
    principles.discard(version_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, "Draft discarded")
    return redirect("communities:county-principles")
