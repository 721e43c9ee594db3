"""Pages against an empty page, turn by turn, through the handler that the web server calls.

The two alternate request by request and medians are compared, so that a machine busy with other things slows both alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
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
ROUNDS, MOST_ROUNDS, SECONDS = 15, 60, 1.5  # at least, at most, and enough of them in between
Ask = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests per second divided by those of the empty page, and how many queries a request makes."""

    ratio: float
    queries: int
    milliseconds: float


def measure(names: list[str]) -> dict[str, dict[str, Any]]:
    """The figures of each page in the county at hand; of these pages only when there are names."""
    handler, cast = WSGIHandler(), assemble(on=timezone.localdate())
    chosen = {name: page for name, page in PAGES.items() if not names or name in names}
    return {name: vars_of(figures_of(handler, page, cast)) for name, page in chosen.items()}


def vars_of(figures: Figures) -> dict[str, Any]:
    """As JSON has it."""
    return {"ratio": round(figures.ratio, 3), "queries": figures.queries, "ms": round(figures.milliseconds, 1)}


def figures_of(handler: WSGIHandler, page: Page, cast: Cast) -> Figures:
    """Alternate the page and the empty page, both as the same person."""
    cookies = signed_in(cast.posts[page.who])
    ask = asker(handler, page.address(cast), cookies, **page.headers)
    ask_nothing = asker(handler, EMPTY, cookies)
    for _ in range(WARM_UP):
        ask(), ask_nothing()
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = len(captured)  # now: the next request forgets them
    pairs = list(in_turn(ask, ask_nothing))
    return Figures(ratio_of(pairs), queries, 1000 * median(took for took, _nothing in pairs))


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


def ratio_of(pairs: list[tuple[float, float]]) -> float:
    """Requests per second over those of the empty page: the seconds the other way round."""
    return median(nothing for _took, nothing in pairs) / median(took for took, _nothing in pairs)


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
