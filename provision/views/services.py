"""The county's register of services."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from core.verdicts import require
from provision import permissions
from provision.forms.support import ServiceForm
from provision.queries import support as queries
from provision.services import register

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def services(request: UserRequest) -> HttpResponse:
    """Every service, closed ones last."""
    require(permissions.may_keep_services(request.user))
    return render(request, "provision/services.html", {"services": queries.every_service()})


@require_http_methods(METHODS)
def add(request: UserRequest) -> HttpResponse:
    """Add a service."""
    require(permissions.may_keep_services(request.user))
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            register.add(by=request.user, now=timezone.now(), **form.cleaned_data)
        except register.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Service added")
            return redirect("provision:services")
    return _page(request, form, title="Add a service", submit="Add service")


@require_http_methods(METHODS)
def change(request: UserRequest, slug: str) -> HttpResponse:
    """Rename a service or say better what it does."""
    require(permissions.may_keep_services(request.user))
    service = get_object_or_404(queries.every_service(), slug=slug)
    sent = request.POST if request.method == "POST" else None
    form = ServiceForm(sent, initial={"name": service.name, "what_it_does": service.what_it_does})
    if form.is_valid():
        try:
            register.change(service_id=service.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except register.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Service changed")
            return redirect("provision:services")
    return _page(request, form, title=f"Change {service.name}", submit="Save")


@require_POST
def close(request: UserRequest, slug: str) -> HttpResponse:
    """Close a service to new entries."""
    return _set_open(request, slug, is_open=False)


@require_POST
def reopen(request: UserRequest, slug: str) -> HttpResponse:
    """Open a closed service again."""
    return _set_open(request, slug, is_open=True)


def _set_open(request: UserRequest, slug: str, *, is_open: bool) -> HttpResponse:
    require(permissions.may_keep_services(request.user))
    service = get_object_or_404(queries.every_service(), slug=slug)
    register.set_open(service_id=service.pk, is_open=is_open, by=request.user, now=timezone.now())
    messages.success(request, f"{service.name} is {'open again' if is_open else 'closed'}")
    return redirect("provision:services")


def _page(request: UserRequest, form: ServiceForm, *, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "page_title": title, "submit_text": submit, "back_url": reverse("provision:services")}
    return render(request, "form_page.html", context, status=422 if form.errors else 200)
