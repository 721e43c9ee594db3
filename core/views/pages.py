"""Pages for everybody: help, accessibility, privacy, cookies."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe


@login_not_required
@require_safe
def help_and_contact(request: HttpRequest) -> HttpResponse:
    return render(request, "core/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "core/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "core/privacy.html")


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """What the browser keeps, as it is named and lasts here."""
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
        "most_hours": settings.SESSION_ABSOLUTE_HOURS,
    }
    return render(request, "core/cookies.html", context)


@require_POST
def stay(_request: HttpRequest) -> HttpResponse:
    """Pressed before the idle time is over: being asked is what counts, so there is nothing to do."""
    return HttpResponse("")
