"""Sharing my screen: while the mode is on, pages of a meeting show references and amounts, no pupil key and no free text.

The mode belongs to the browser session, not to the person: the laptop at the projector hides, the phone in the hand
need not. It times out to on: while its meeting runs, stopping lasts STOP_MINUTES and then the mode is back by itself,
because a person who looked something up forgets the wall behind them. It ends for good when the meeting has ended.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

View = TypeVar("View", bound=Callable[..., HttpResponse])
STOP_MINUTES = 10
# Whose pages are closed unless they are marked. The rest shows registers, settings and public words only.
CLOSED_APPS = frozenset({"meetings", "funding", "provision", "dashboards"})
CLOSED_PAGES = frozenset({"accounts:hub", "accounts:notices"})
KEY = "sharing_screen"


def hides(request: HttpRequest) -> bool:
    """Whether pupil keys and free text must stay off this request's page, title, alternative texts and attributes."""
    return bool(_kept(request)) and not stopped_until(request)


def may_be_shared(view: View) -> View:
    """Mark a view whose page has been written for a shared screen: it asks `hides` (or `sharing_screen` in its templates).

    Other pages that may hold typed words are hidden as a whole while somebody shares their screen.
    """
    view.may_be_shared = True  # type: ignore[attr-defined]
    return view


def hides_whole(request: HttpRequest, view: object) -> bool:
    """Whether this page must not be drawn at all on a shared screen."""
    match = request.resolver_match
    closed = match is not None and bool(CLOSED_APPS & set(match.app_names) or match.view_name in CLOSED_PAGES)
    return closed and not getattr(view, "may_be_shared", False) and hides(request)


def stopped_until(request: HttpRequest, *, now: datetime | None = None) -> datetime | None:
    """The moment at which the mode comes back by itself; None when it is on or was never chosen."""
    until = _kept(request).get("stopped_until")
    if not until:
        return None
    moment = datetime.fromisoformat(until)
    return moment if moment > (now or timezone.now()) else None


def meeting_id(request: HttpRequest) -> int | None:
    """The meeting for which the mode was turned on."""
    return _kept(request).get("meeting")


def start(request: HttpRequest, *, meeting: int) -> None:
    """Turn the mode on in this session."""
    request.session[KEY] = {"meeting": meeting}


def stop_for_now(request: HttpRequest, *, now: datetime) -> datetime:
    """Show everything for STOP_MINUTES; returns the moment at which the mode is back."""
    until = now + timedelta(minutes=STOP_MINUTES)
    request.session[KEY] = {**_kept(request), "stopped_until": until.isoformat()}
    return until


def end(request: HttpRequest) -> None:
    """Leave the mode: its meeting is over."""
    request.session.pop(KEY, None)


def _kept(request: HttpRequest) -> dict[str, Any]:
    session = getattr(request, "session", None)
    return dict(session.get(KEY) or {}) if session is not None else {}
