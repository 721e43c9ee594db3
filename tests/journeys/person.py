"""Somebody at a browser, in one of four manners: with a mouse, without scripts, by keyboard alone, on a narrow screen."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from tests.journeys.hands import File, Hands, Keyboard, Pointer

PICTURES = Path(os.environ.get("PICTURES_DIR", ".state/pictures"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
RUN_AXE = "options => axe.run(options).then(({ violations }) => ({ violations }))"
ROWS = "tr, li, .govuk-summary-list__row, .govuk-summary-card, fieldset, article, .app-minutes__line"
WIDE, NARROW = 1280, 320
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of the page


@dataclass(frozen=True)
class Manner:
    """How somebody uses the service, and the widths at which what they look at is pictured. axe needs scripts, so where they
    are off only people and the server judge a page; by keyboard it is the page the mouse has, and what is used is judged.
    """

    name: str
    javascript: bool = True
    keyboard: bool = False
    width: int = WIDE
    pictured: tuple[int, ...] = (WIDE,)


MOUSE = Manner("mouse")
WITHOUT_SCRIPTS = Manner("without scripts", javascript=False)
KEYBOARD = Manner("keyboard", keyboard=True, pictured=())
PHONE = Manner("320 px", width=NARROW, pictured=(NARROW,))
MANNERS = (MOUSE, WITHOUT_SCRIPTS, KEYBOARD, PHONE)


class Person:
    """`go` opens an address, `look` judges what is on the screen, the other verbs use the page as their manner allows."""

    def __init__(self, page: Page, base: str, manner: Manner = MOUSE) -> None:
        self.page, self.base, self.manner = page, base, manner
        self.hands: Hands = Keyboard(page) if manner.keyboard else Pointer()
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._refused)
        page.on("response", self._broken)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _refused(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _broken(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url} answered {response.status}")

    def go(self, path: str) -> Self:
        response = self.page.goto(self.base + path)
        assert response is not None, f"{path} gave no answer"
        assert response.status < 400, f"{path} answered {response.status}"
        return self

    def look(self, name: str) -> Self:
        """axe, no sideways scrolling, nothing broken or refused on the way here; pictures kept."""
        self.page.wait_for_load_state()
        if self.manner.javascript and not self.manner.keyboard:
            self._axe()
        for width in self.manner.pictured:
            self._picture(name, width)
        self.page.set_viewport_size({"width": self.manner.width, "height": 800})
        assert self.faults == [], self.faults
        return self

    def _axe(self) -> None:
        self.page.evaluate(AXE_SCRIPT)
        results = AxeResults(self.page.evaluate(RUN_AXE, AXE))
        assert results.violations_count == 0, results.generate_report()

    def _picture(self, name: str, width: int) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        if self.manner.javascript:
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} px wide on a screen of {width} px"

    def press(self, text: str, *, near: str = "") -> Self:
        """Press the button or follow the link with exactly this text, or with more that is only heard ("Change the name").
        `near` names words of the row it stands in.
        """
        where = self.row(near) if near else self.page
        plain = where.locator("a, button, summary").get_by_text(text, exact=True)
        named = [where.get_by_role(role, name=text, exact=True) for role in ("button", "link")]
        heard = where.locator("a, button").filter(has=self.page.locator(".govuk-visually-hidden"))
        longer = heard.filter(has_text=re.compile(rf"^\s*{re.escape(text)}\s"))
        self.hands.press(plain.or_(named[0]).or_(named[1]).or_(longer).first)
        return self

    def press_like(self, words: re.Pattern[str]) -> Self:
        """Press the button whose words are like these: what it counts is not known beforehand."""
        self.hands.press(self.page.get_by_role("button", name=words))
        return self

    def fill(self, label: str, text: str, *, near: str = "") -> Self:
        self.hands.type(self._field(label, near), text)
        return self

    def fill_date(self, legend: str, day: date) -> Self:
        """The three boxes of a date; `legend` is the question above them."""
        boxes = self.page.get_by_role("group", name=re.compile(f"^{re.escape(legend)}"))
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.hands.type(boxes.get_by_label(label, exact=True), str(number))
        return self

    def choose(self, label: str, *, near: str = "") -> Self:
        """Choose the radio or tick the box with this label."""
        self.hands.check(self._field(label, near))
        return self

    def choose_first(self, legend: str) -> Self:
        """Choose whatever the question offers first, where its choices are not known before."""
        self.hands.check(self.page.get_by_role("group", name=legend).get_by_role("radio").first)
        return self

    def select(self, label: str, option: str, *, near: str = "") -> Self:
        self.hands.select(self._field(label, near), option)
        return self

    def upload(self, label: str, file: File) -> Self:
        self.hands.upload(self._field(label), file)
        return self

    def download(self, text: str) -> bytes:
        """The file behind the link with this text."""
        with self.page.expect_download() as kept:
            self.press(text)
        return kept.value.path().read_bytes()

    def fetch(self, path: str) -> bytes:
        """What this address gives to the person's own browser."""
        answer = self.page.request.get(self.base + path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        return answer.body()

    def sees(self, text: str) -> Self:
        self.page.get_by_text(text).filter(visible=True).first.wait_for()
        return self

    def misses(self, text: str) -> Self:
        """The text is not on the page, now or after what is still on its way."""
        expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def row(self, words: str) -> Locator:
        """The innermost row, list item, card or group of fields that holds these words."""
        return self.page.locator(ROWS).filter(has_text=words).last

    def _field(self, label: str, near: str = "") -> Locator:
        where = self.row(near) if near else self.page
        return where.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$")).first
