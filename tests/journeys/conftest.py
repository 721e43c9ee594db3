"""A real Chromium against a live server; see `tests/journeys/person.py` for what somebody can do at one."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from accounts.models import User
from tests.actors import sign_in
from tests.journeys.person import NARROW, PATIENCE, WIDE, Manner, Person

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
    items.sort(key=_whole_stories_first)


def _whole_stories_first(item):
    """A story takes minutes: begun last, it would leave every other worker waiting. Sorted by name, each worker of two has
    one story with axe and one without.
    """
    return (0, item.name) if item.path.name == "test_story.py" else (1, "")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def at_browser(browser: Browser, live_server) -> Iterator:
    """at_browser(user) gives a signed-in Person. `javascript=False` turns scripts off, `width` sets the screen; `manner`
    says both, and whether there is only a keyboard.
    """
    contexts = []

    def open_for(
        user: User | None, *, javascript: bool = True, width: int = WIDE, manner: Manner | None = None
    ) -> Person:
        pictured = (width, NARROW) if javascript and width != NARROW else (width,)
        manner = manner or Manner("as asked", javascript=javascript, width=width, pictured=pictured)
        context = browser.new_context(
            java_script_enabled=manner.javascript,
            viewport={"width": manner.width, "height": 800},
            locale="en-GB",
        )
        contexts.append(context)
        base = live_server.url.replace("127.0.0.1", "localhost")
        if user is not None:
            session = sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
        return Person(context.new_page(), base, manner)

    yield open_for
    for context in contexts:
        context.close()
