"""Coming in by invitation: the one door for people who are not signed in yet."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import SetPassword
from accounts.queries import invitations as queries
from accounts.services import invitations, sign_in


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and come in. Opening the link changes nothing: mail scanners open links."""
    now = timezone.now()
    invitation = queries.open_by_token(token, now=now)
    if invitation is None:
        return _over(request)
    form = SetPassword(request.POST if request.method == "POST" else None, person=invitation.person)
    if form.is_valid():
        try:
            person = invitations.accept(token=token, now=now, **form.cleaned_data)
        except invitations.NoLongerOpen:
            return _over(request)
        return sign_in.after_invitation(request, person)
    context = {"form": form, "invitation": invitation, "token": token}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The email reached somebody else: stop writing to this address."""
    try:
        invitations.disown(token=token, now=timezone.now())
    except invitations.NoLongerOpen:
        return _over(request)
    return render(request, "accounts/invitation_disowned.html")


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_over.html", status=410)
