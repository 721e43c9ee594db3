"""The administrator's pages about one person's account: name and address, open or closed, second step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from accounts.models import User
from accounts.services.people import AddressTaken, NotYourself
from communities import permissions
from communities.forms import people as forms
from communities.services import entry
from communities.views.county import METHODS, _page, _sent
from core.verdicts import require


@require_http_methods(METHODS)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a name or the address they sign in with."""
    require(permissions.may_administer(request.user))
    person = get_object_or_404(User, pk=pk)
    form = forms.NameAndAddress(_sent(request), initial={"name": person.name, "email": person.email})
    if form.is_valid():
        try:
            entry.change(person_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except AddressTaken as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, "Name and address are saved")
            return redirect("communities:person", pk=pk)
    return _page(request, form, title=f"Change {person.name}", back=f"/county/people/{pk}/", submit="Save")


@require_http_methods(METHODS)
def close(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, then close the account."""
    require(permissions.may_administer(request.user))
    person = get_object_or_404(User, pk=pk)
    form = forms.Confirm(_sent(request))
    if form.is_valid():
        try:
            entry.close(person_id=pk, by=request.user, now=timezone.now())
        except NotYourself as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{person.name} can no longer sign in")
            return redirect("communities:person", pk=pk)
    intro = (
        f"{person.name} is signed out everywhere and can no longer sign in. What they did stays. End their posts too."
    )
    return _page(
        request, form, title=f"Close the account of {person.name}?", back=f"/county/people/{pk}/",
        submit="Close the account", submit_kind="warning", intro=intro,
    )  # fmt: skip


@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """The person can sign in again."""
    require(permissions.may_administer(request.user))
    person = get_object_or_404(User, pk=pk)
    entry.reopen(person_id=pk, by=request.user, now=timezone.now())
    messages.success(request, f"{person.name} can sign in again")
    return redirect("communities:person", pk=pk)


@require_http_methods(METHODS)
def reset_second_factor(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the second step away."""
    require(permissions.may_administer(request.user))
    person = get_object_or_404(User, pk=pk)
    form = forms.SureItIsThem(_sent(request))
    if form.is_valid():
        entry.reset_second_factor(person_id=pk, by=request.user, now=timezone.now())
        messages.success(request, f"{person.name} sets up a new second step at the next sign-in")
        return redirect("communities:person", pk=pk)
    intro = (
        f"For when {person.name} has lost phone, passkeys and recovery codes. They are signed out everywhere, and set up a "
        "new second step when they sign in with their password."
    )
    return _page(
        request, form, title=f"Take away {person.name}’s second step?", back=f"/county/people/{pk}/",
        submit="Take it away", submit_kind="warning", intro=intro,
    )  # fmt: skip
