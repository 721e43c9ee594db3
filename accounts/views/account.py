"""A person's own account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import second_factor, sessions
from accounts.forms import ChooseEmail
from accounts.http import UserRequest
from accounts.queries import notices, people
from accounts.services import preferences, sign_in


@require_safe
def hub(request: UserRequest) -> HttpResponse:
    """Name, posts, second step, sessions, notices, preferences: each with where to change it."""
    context = {
        "unread": notices.unread_of(request.user).count(),
        "session_count": people.sessions_of(request.user).count(),
        "second_factors": people.second_factors_of(request.user),
        "identities": people.identities_of(request.user),
        "ends_at": sessions.ends_at(request.session),
    }
    return render(request, "accounts/hub.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_email(request: UserRequest) -> HttpResponse:
    """How much the person wants by email."""
    sent = request.POST if request.method == "POST" else None
    form = ChooseEmail(sent, initial={"volume": request.user.email_volume})
    if form.is_valid():
        preferences.choose_email_volume(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your choice is saved")
        return redirect("accounts:hub")
    return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def email_address(request: UserRequest) -> HttpResponse:
    """Where the address comes from and who changes it."""
    return render(request, "accounts/email_address.html")


@require_safe
def prove(request: UserRequest) -> HttpResponse:
    """Why a second step is needed, and the way to set it up or to take it."""
    if second_factor.passed(request):
        return redirect("accounts:hub")
    return render(request, "accounts/second_factor.html", {"is_set_up": second_factor.is_set_up(request.user)})


@require_POST
def end_session(request: UserRequest, pk: int) -> HttpResponse:
    """End one other session of the person's own."""
    found = get_object_or_404(people.sessions_of(request.user), pk=pk)
    sign_in.end_session(session_id=found.pk, by=request.user)
    messages.success(request, "That session is ended")
    return redirect("usersessions_list")
