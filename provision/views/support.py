"""What our school tried: written down as it happens, so that it is there when a request needs it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from communities.models import School
from communities.queries import known_words
from core import readings
from core.pages import page_of
from core.verdicts import require
from provision import permissions
from provision.forms.support import SupportForm, initial
from provision.queries import support as queries
from provision.services import support

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def entries(request: UserRequest) -> HttpResponse:
    """Everything the person's schools tried, the newest first."""
    schools = list(queries.schools_read_by(request.user))
    page = page_of(request, queries.entries_for(request.user))
    for school in schools:
        readings.note(request, school)
    context = {"page": page, "schools": [(school, permissions.may_record(request.user, school)) for school in schools]}
    return render(request, "provision/entries.html", context)


@require_http_methods(METHODS)
def add(request: UserRequest, slug: str) -> HttpResponse:
    """Record support for a school, without a request."""
    school = get_object_or_404(queries.schools_read_by(request.user), slug=slug)
    require(permissions.may_record(request.user, school))
    form = _form(request, school)
    if form.is_valid():
        support.record(school_id=school.pk, by=request.user, now=timezone.now(), **form.entry)
        messages.success(request, "Support recorded")
        return redirect("provision:entries")
    return _page(request, form, title=f"Record support at {school.name}", submit="Save")


@require_http_methods(METHODS)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Put an entry right."""
    entry = get_object_or_404(queries.entries_for(request.user), pk=pk)
    require(permissions.may_change(request.user, entry))
    readings.note(request, entry)
    form = _form(request, entry.school, initial=initial(entry))
    if form.is_valid():
        support.change(entry_id=pk, by=request.user, now=timezone.now(), **{**form.entry, "pupil_key": entry.pupil_key})
        messages.success(request, "Changes saved")
        return redirect("provision:entries")
    return _page(request, form, title="Change what was tried", submit="Save")


@require_http_methods(METHODS)
def remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take away an entry written by mistake."""
    entry = get_object_or_404(queries.entries_for(request.user), pk=pk)
    require(permissions.may_change(request.user, entry))
    readings.note(request, entry)
    if request.method == "POST":
        support.remove(entry_id=pk, by=request.user, now=timezone.now())
        messages.success(request, "Entry removed")
        return redirect("provision:entries")
    return render(request, "provision/remove.html", {"entry": entry, "back_url": reverse("provision:entries")})


def _form(request: UserRequest, school: School, **more: Any) -> SupportForm:
    known = known_words.around(school, on=timezone.localdate()) if request.method == "POST" else ()
    return SupportForm(request.POST if request.method == "POST" else None, known=known, **more)


def _page(request: UserRequest, form: SupportForm, *, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "page_title": title, "submit_text": submit, "back_url": reverse("provision:entries")}
    return render(request, "form_page.html", context, status=422 if form.is_bound else 200)
