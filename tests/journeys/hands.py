"""The two ways of using a page: with a pointer, and with the keyboard alone. Both know the same verbs."""

from collections.abc import Mapping
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

FARTHEST = 600
ACTIVE = "element => [element, element.closest('a, button, summary')].includes(document.activeElement)"
IN_THE_SAME_GROUP = """radio => {
  const active = document.activeElement;
  return active.type === "radio" && active.name === radio.name && active.form === radio.form;
}"""
STOPS_BETWEEN = """target => {
  const active = document.activeElement;
  const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (stop) => stop.tabIndex >= 0 && !stop.disabled && stop.type !== "radio" && stop.checkVisibility(),
  );
  const ahead = stops.filter((stop) => after(active, stop));
  const before = stops.filter((stop) => after(stop, target) && !stop.contains(target));
  return after(active, target) ? ahead.filter((stop) => before.includes(stop)).length : ahead.length + before.length;
}"""
SELECTED = "select => select.selectedOptions[0]?.textContent.trim().replace(/\\s+/g, ' ')"
File = str | Mapping[str, object]


class Hands(Protocol):
    def press(self, target: Locator) -> None: ...
    def type(self, target: Locator, text: str) -> None: ...
    def check(self, target: Locator) -> None: ...
    def select(self, target: Locator, option: str) -> None: ...
    def upload(self, target: Locator, file: File) -> None: ...


class Pointer:
    """Mouse or finger."""

    def press(self, target: Locator) -> None:
        target.click()

    def type(self, target: Locator, text: str) -> None:
        target.fill(text)

    def check(self, target: Locator) -> None:
        target.check()

    def select(self, target: Locator, option: str) -> None:
        target.select_option(label=option)

    def upload(self, target: Locator, file: File) -> None:
        target.set_input_files(file)


class Keyboard:
    """Tab, arrows, Space and Enter. What Tab does not reach, or shows no focus, fails."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard
        self.offered: File = ""
        # Listening from the start: a chooser that opens before anybody listens is closed unseen.
        page.on("filechooser", lambda chooser: chooser.set_files(self.offered))

    def press(self, target: Locator) -> None:
        """Enter, on what has the focus: a locator waits for the page that its key opens, as it does after a click."""
        self._reach(target)
        self.page.locator(":focus").press("Enter")

    def type(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.keys.press("Control+A")
        if text:
            self.keys.insert_text(text)
        else:
            self.keys.press("Delete")

    def check(self, target: Locator) -> None:
        if target.is_checked():
            return
        if target.get_attribute("type") == "checkbox":
            self._reach(target)
            self.keys.press("Space")
        else:
            self._pick(target)
        assert target.is_checked()

    def select(self, target: Locator, option: str) -> None:
        """The first word jumps to the first option that begins with it; arrows go on from there."""
        self._reach(target)
        self.keys.press("Home")
        self.keys.type(option.split()[0])
        for _ in range(FARTHEST):
            if target.evaluate(SELECTED) == option:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach “{option}”")

    def upload(self, target: Locator, file: File) -> None:
        """Enter opens the chooser of the desktop, and the file is chosen there."""
        self._reach(target)
        self.offered = file
        self.keys.press("Enter")
        expect(target).not_to_have_value("")

    def _pick(self, radio: Locator) -> None:
        """Tab stops once in a group of radios; arrows move inside it, and choose."""
        self._reach(radio, there=IN_THE_SAME_GROUP)
        if radio.evaluate(ACTIVE):
            self.keys.press("Space")
        for _ in range(FARTHEST):
            if radio.is_checked():
                return
            self.keys.press("ArrowDown")

    def _reach(self, target: Locator, *, there: str = ACTIVE) -> None:
        """Tab as often as there are stops on the way, then until it is there: asking after each Tab would take most of the
        time. Were the count too high, Tab would go round the page once more.
        """
        target.wait_for()
        for _ in range(0 if target.evaluate(there) else target.evaluate(STOPS_BETWEEN)):
            self.keys.press("Tab")
        for _ in range(FARTHEST):
            if target.evaluate(there):
                assert self.page.evaluate("document.activeElement.matches(':focus-visible')"), f"no focus on {target}"
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")
