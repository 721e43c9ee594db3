"""A real Chromium against a live server. `look` is called on every page and state: axe, reflow at 320 px, no CSP report."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page

from accounts.models import User
from tests.actors import sign_in

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
PICTURES = Path(os.environ.get("PICTURES_DIR", ".state/pictures"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


class Person:
    """Somebody at a browser. `go` opens an address, `look` checks what is on the screen."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.refused = page, base, []
        page.set_default_timeout(10_000)
        page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def go(self, path: str) -> "Person":
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status < 400, f"{path} answered {response.status}"
        return self

    def look(self, name: str) -> "Person":
        """axe at 1280 px, no sideways scrolling at 320 px, nothing refused by the content security policy; pictures kept."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        results = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert results.violations_count == 0, results.generate_report()
        self.page.screenshot(path=PICTURES / f"{name}-1280.png", full_page=True)
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.screenshot(path=PICTURES / f"{name}-320.png", full_page=True)
        self.page.set_viewport_size(size or {"width": 1280, "height": 800})
        assert wide <= 320, f"{name} is {wide} px wide on a 320 px screen"
        assert self.refused == []
        return self

    def press(self, text: str) -> "Person":
        """Press the button or follow the link with exactly this text."""
        self.page.locator("a, button").get_by_text(text, exact=True).or_(
            self.page.get_by_role("button", name=text, exact=True)
        ).or_(self.page.get_by_role("link", name=text, exact=True)).first.click()
        return self

    def fill(self, label: str, text: str) -> "Person":
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def choose(self, label: str) -> "Person":
        self.page.get_by_label(label, exact=True).check()
        return self

    def sees(self, text: str) -> "Person":
        self.page.get_by_text(text).first.wait_for()
        return self


@pytest.fixture
def at_browser(browser: Browser, live_server) -> Iterator:
    """at_browser(user) gives a signed-in Person; keyword `javascript=False` turns scripts off, `width` sets the screen."""
    contexts = []

    def open_for(user: User | None, *, javascript: bool = True, width: int = 1280) -> Person:
        context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            locale="en-GB",
        )
        contexts.append(context)
        base = live_server.url.replace("127.0.0.1", "localhost")
        if user is not None:
            session = sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
        return Person(context.new_page(), base)

    yield open_for
    for context in contexts:
        context.close()
