"""Whether this session has proven a second factor. allauth asks for it at sign-in from whoever has set one up; this is
the mark it leaves, so that whoever has not set one up, and whoever came in another way, is stopped (T36).
"""

from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts import sessions
from accounts.models import User

# The mark holds the person's key, so that a session which changes hands does not keep it.
PASSED, ADDED = "second_factor", "second_factor_added_at"
FRESH = timedelta(minutes=15)


def mark(request: HttpRequest, person: User) -> None:
    """The person has just proven a second factor in this session."""
    request.session[PASSED] = person.pk


def unmark(request: HttpRequest) -> None:
    """The last second factor was taken away: the session stands half way again."""
    request.session.pop(PASSED, None)


def passed(request: HttpRequest) -> bool:
    """Whether the person of this request proved a second factor in this session, or need not (demonstration)."""
    proven = request.session.get(PASSED)
    return (proven is not None and proven == request.user.pk) or sessions.is_demo(request.session)


def is_set_up(person: User | AnonymousUser) -> bool:
    """Whether the person has an authenticator app or a passkey; recovery codes alone do not count."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return person.is_authenticated and Authenticator.objects.filter(user=person, type__in=kinds).exists()


def note_added(request: HttpRequest, *, now: datetime) -> None:
    """A second factor was set up in this session: its recovery codes may be shown without asking for the password."""
    request.session[ADDED] = int(now.timestamp())


def is_being_set_up(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the person signed in moments ago and sets up their first second factor: asking for the password a second
    time would tell us nothing new.
    """
    began = sessions.began_at(request.session)
    if began is None or now - began > FRESH:
        return False
    added = request.session.get(ADDED)
    if added is not None:
        return now - datetime.fromtimestamp(added, tz=UTC) < FRESH
    return not is_set_up(request.user)
