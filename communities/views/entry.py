"""The administrator's pages for letting people in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.models import User
from accounts.queries import invitations as queries
from accounts.services import invitations as accounts
from communities import permissions
from communities.services import entry
from core.pages import page_of
from core.verdicts import require


@require_safe
def invitations(request: UserRequest) -> HttpResponse:
    """Who was invited, what became of it, and whether the email went out."""
    require(permissions.may_administer(request.user))
    page = page_of(request, queries.invitations())
    return render(request, "communities/invitations.html", {"page": page, "now": timezone.now()})


@require_POST
def invite_again(request: UserRequest, pk: int) -> HttpResponse:
    """For somebody on the register who has no way in."""
    require(permissions.may_administer(request.user))
    person = get_object_or_404(User, pk=pk)
    try:
        entry.invite_again(person_id=person.pk, by=request.user, now=timezone.now())
    except accounts.AlreadyHere as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person.name} is invited. The email is on its way")
    return redirect("communities:person", pk=pk)


@require_POST
def resend(request: UserRequest, pk: int) -> HttpResponse:
    """A new link by a new email."""
    require(permissions.may_administer(request.user))
    invitation = get_object_or_404(queries.invitations(), pk=pk)
    try:
        entry.resend(invitation_id=invitation.pk, by=request.user, now=timezone.now())
    except accounts.NoLongerOpen as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The invitation of {invitation.person.name} is sent again, with a new link")
    return redirect("communities:invitations")


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    require(permissions.may_administer(request.user))
    invitation = get_object_or_404(queries.invitations(), pk=pk)
    try:
        entry.withdraw(invitation_id=invitation.pk, by=request.user, now=timezone.now())
    except accounts.NoLongerOpen as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The invitation of {invitation.person.name} is withdrawn")
    return redirect("communities:invitations")
