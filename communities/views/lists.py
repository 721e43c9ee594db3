"""The county's lists: areas of need, SEN status, reasons, and what every decision letter says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from communities import permissions
from communities.first_lists import TITLES
from communities.forms import lists as forms
from communities.queries import lists as queries
from communities.services import lists
from core.verdicts import require

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """Every list, and how many lines each has."""
    require(permissions.may_administer(request.user))
    return render(request, "communities/lists.html", {"lists": queries.overview(on=timezone.localdate())})


@require_safe
def one(request: UserRequest, name: str) -> HttpResponse:
    """One list with all its lines, ended ones too."""
    require(permissions.may_administer(request.user))
    context = {"name": name, "title": _title(name), "lines": queries.lines_of(name), "today": timezone.localdate()}
    return render(request, "communities/list.html", context)


@require_http_methods(METHODS)
def add(request: UserRequest, name: str) -> HttpResponse:
    """Add a line with the day it starts."""
    require(permissions.may_administer(request.user))
    title = _title(name)
    form = forms.NewLine(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            lists.add_line(list_name=name, by=request.user, now=timezone.now(), **form.cleaned_data)
        except lists.AlreadyThere as error:
            form.add_error("label", str(error))
        else:
            messages.success(request, "Line added")
            return redirect("communities:list", name=name)
    return _form(request, form, name, title=f"Add a line to “{title}”", submit="Add line")


@require_http_methods(METHODS)
def reword(request: UserRequest, name: str, pk: int) -> HttpResponse:
    """Put what a line means into better words."""
    require(permissions.may_administer(request.user))
    entry = get_object_or_404(queries.line(name, pk))
    sent = request.POST if request.method == "POST" else None
    form = forms.Meaning(sent, initial={"meaning": entry.meaning})
    if form.is_valid():
        lists.change_meaning(entry_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Words changed")
        return redirect("communities:list", name=name)
    return _form(request, form, name, title=f"What “{entry.label}” means", submit="Save")


@require_http_methods(METHODS)
def end(request: UserRequest, name: str, pk: int) -> HttpResponse:
    """Set the last day of a line."""
    require(permissions.may_administer(request.user))
    entry = get_object_or_404(queries.line(name, pk))
    form = forms.LastDay(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            lists.end_line(entry_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except lists.EndsBeforeStart as error:
            form.add_error("ends_on", str(error))
        else:
            messages.success(request, "Last day set")
            return redirect("communities:list", name=name)
    intro = "What was chosen before stays as it is."
    return _form(request, form, name, title=f"End “{entry.label}”", submit="Set last day", intro=intro)


def _title(name: str) -> str:
    if name not in TITLES:
        raise Http404
    return TITLES[name]


def _form(request: UserRequest, form: object, name: str, **words: str) -> HttpResponse:
    context = {
        "form": form,
        "page_title": words["title"],
        "submit_text": words["submit"],
        "intro": words.get("intro", ""),
        "back_url": reverse("communities:list", args=[name]),
    }
    return render(request, "form_page.html", context, status=422 if form.errors else 200)  # type: ignore[attr-defined]
