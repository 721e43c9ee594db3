"""Sessions end when unused for a while and after a working day; pupils and money want a second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect

from accounts import second_factor, sessions

GetResponse = Callable[[HttpRequest], HttpResponse]
# What somebody half way may open: a way out, and the way through.
ALWAYS = {"account_logout", "accounts:second-factor"}
TO_SET_UP = {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
TO_PROVE = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SignInRequired(LoginRequiredMiddleware):
    """A fragment asked for after the session ended is answered 401, never with the sign-in page in its place."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override]
        if getattr(request, "htmx", False):
            return HttpResponse("You have been signed out.", status=401, content_type="text/plain")
        return super().handle_no_permission(request, view_func)


class IdleAndAbsoluteTimeout:
    """Ends a session that was unused too long or is older than a working day.

    A poll (X-Poll, sent by the page itself) is not somebody being there, unless its view says `request.keeps_session`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in and sessions.is_over(request.session, now=timezone.now()):
            _sign_out(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            self._go_on(request, response)
        elif was_signed_in:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _go_on(self, request: HttpRequest, response: HttpResponse) -> None:
        kept_by_view = getattr(request, "keeps_session", False)
        if "X-Poll" in request.headers and not kept_by_view:
            return
        sessions.touch(request.session, now=timezone.now())
        if kept_by_view:
            response.headers["X-Session-Kept"] = "1"


def _sign_out(request: HttpRequest) -> None:
    request.signed_out_because = "time"  # type: ignore[attr-defined]
    logout(request)
    messages.info(request, "You were signed out because nothing happened for a while. Sign in to go on.")


class SecondFactor(MiddlewareMixin):
    """People whose posts want it pass their second factor before anything else opens."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not getattr(request, "wants_second_factor", False):
            return None
        if second_factor.passed(request):
            return None
        request.half_way = True  # type: ignore[attr-defined]
        if _is_open(request):
            return None
        answer = HttpResponseClientRedirect if getattr(request, "htmx", False) else redirect
        return answer(reverse("accounts:second-factor"))


def _is_open(request: HttpRequest) -> bool:
    """Whoever has a second factor must prove it; only whoever has none may set one up."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in ALWAYS:
        return True
    if name in TO_SET_UP | TO_PROVE:
        return name in (TO_PROVE if second_factor.is_set_up(request.user) else TO_SET_UP)
    return False
