"""Let somebody in by our own doors: an accepted invitation, and the demonstration's one click."""

from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from accounts import sessions
from accounts.models import User


def after_invitation(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in whoever has just set their password by an invitation; allauth writes its records and goes home."""
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response


def as_demonstration(request: HttpRequest, person: User) -> HttpResponse:
    """Sign in as one of the made-up people of the demonstration: no password, no second factor."""
    response: HttpResponse = perform_login(request, person, email_verification="none")
    if request.user == person:
        request.session[sessions.DEMO] = True
    return response


def end_session(*, session_id: int, by: User) -> None:
    """End one of the person's own sessions; somebody else's is left alone."""
    found = UserSession.objects.filter(pk=session_id, user=by).first()
    if found is not None:
        found.end()
