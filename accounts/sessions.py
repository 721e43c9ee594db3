"""How long a session lives: until it was unused for a while, and never longer than a working day (T41)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "signed_in_at", "seen_at"
DEMO = "demo"
# Being seen is written at most once a minute: a session row a click would be a write a click.
GRAIN = timedelta(minutes=1)


def begin(session: SessionBase, *, now: datetime) -> None:
    """Somebody signed in."""
    session[BEGAN] = session[SEEN] = int(now.timestamp())


def touch(session: SessionBase, *, now: datetime) -> None:
    """Somebody did something. A session from before this rule begins now."""
    if BEGAN not in session:
        begin(session, now=now)
    elif now - _at(session, SEEN) >= GRAIN:
        session[SEEN] = int(now.timestamp())


def began_at(session: SessionBase) -> datetime | None:
    """When the person signed in; None for a session from before this rule."""
    return _at(session, BEGAN) if BEGAN in session else None


def ends_at(session: SessionBase) -> datetime | None:
    """When the session ends if nothing more happens."""
    if BEGAN not in session:
        return None
    idle = _at(session, SEEN) + GRAIN + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(idle, _at(session, BEGAN) + timedelta(hours=settings.SESSION_ABSOLUTE_HOURS))


def is_over(session: SessionBase, *, now: datetime) -> bool:
    """Whether it was unused too long, or is older than a working day."""
    end = ends_at(session)
    return end is not None and now >= end


def is_demo(session: SessionBase) -> bool:
    """Whether this is a demonstration's one-click session; never so outside demo mode."""
    return bool(settings.DEMO and session.get(DEMO))


def _at(session: SessionBase, key: str) -> datetime:
    return datetime.fromtimestamp(session[key], tz=UTC)
