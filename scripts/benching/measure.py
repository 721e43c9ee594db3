"""Pages against an empty page, turn by turn, through the handler that the web server calls.

The two alternate request by request, so that a machine busy with other things slows both alike.
"""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.second_factor import PASSED
from communities.middleware import SESSION_KEY
from communities.models import Appointment
from scripts.benching.cast import Cast, assemble
from scripts.benching.pages import PAGES, Page

EMPTY = "/bench/empty/"
WARM_UP = 2
ROUNDS, MOST_ROUNDS, SECONDS = 10, 80, 1.5  # at least, at most, and enough of them in between
Ask = Callable[[], float]


def measure(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The timings of each of these pages in the county at hand."""
    handler, cast = WSGIHandler(), assemble(on=timezone.localdate())
    for name in names:
        yield timings_of(handler, PAGES[name], cast)


def timings_of(handler: WSGIHandler, page: Page, cast: Cast) -> dict[str, Any]:
    """Alternate the page and the empty page, both as the same person: `pairs` of seconds, and how many `queries` it makes."""
    cookies = signed_in(cast.posts[page.who])
    ask = asker(handler, page.address(cast), cookies, **page.headers)
    ask_nothing = asker(handler, EMPTY, cookies)
    for _ in range(WARM_UP):
        ask(), ask_nothing()
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = len(captured)  # now: the next request forgets them
    return {"pairs": list(in_turn(ask, ask_nothing)), "queries": queries}


def in_turn(ask: Ask, ask_nothing: Ask) -> Iterator[tuple[float, float]]:
    """Seconds of one and of the other, round by round; each goes first every second time."""
    began = perf_counter()
    for number in range(MOST_ROUNDS):
        if number >= ROUNDS and perf_counter() - began > SECONDS:
            return
        if number % 2:
            nothing = ask_nothing()
            yield ask(), nothing
        else:
            yield ask(), ask_nothing()


def signed_in(post: Appointment) -> str:
    """The cookies of a session of this person, past the second factor and acting as the post."""
    client = Client()
    client.force_login(post.person)
    session = client.session
    session[PASSED], session[SESSION_KEY] = post.person_id, post.pk
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def asker(handler: WSGIHandler, address: str, cookies: str, **headers: Any) -> Ask:
    """A call that asks for the address as a browser would and says how many seconds the answer took."""
    path, _, query = address.partition("?")

    def ask() -> float:
        environ = RequestFactory().get(path, {}, HTTP_COOKIE=cookies, QUERY_STRING=query, **headers).environ
        started = perf_counter()
        response = handler(environ, _not_looking)
        took = b"".join(response)
        response.close()
        seconds = perf_counter() - started
        if response.status_code != 200 or not took:
            raise SystemExit(f"{address} answered {response.status_code}")
        return seconds

    return ask


def _not_looking(_status: str, _headers: list[tuple[str, str]], _error: object = None, /) -> Callable[[bytes], object]:
    """What a server gives the handler to announce the answer with."""
    return len
