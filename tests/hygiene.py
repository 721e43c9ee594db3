"""What may stand on a page of ours: read from the HTML alone, so that every door can be asked in a second."""

import re
from html.parser import HTMLParser
from itertools import pairwise

FORBIDDEN = re.compile(r"\b(clusters?|panels?|claims?|bids?|synergy|successfully)\b", re.IGNORECASE)
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "col"}


class Page(HTMLParser):
    """A page taken apart: elements with their attributes, words people read, headings and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.titles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self.inside and "svg" not in self.inside:
            self.titles.append(data)
        elif not {"script", "style"} & set(self.inside):
            self.words.append(data)

    @property
    def whole(self) -> bool:
        return any(tag == "html" for tag, _ in self.elements)

    def values(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def faults(html: str) -> list[str]:
    """Every fault found, as sentences; an empty list for a clean page or fragment."""
    page = Page(html)
    found = [*_refused_by_the_browser(page), *_dangling(page), *_words(page)]
    return [*found, *_frame(page)] if page.whole else found


def _refused_by_the_browser(page: Page):
    for tag, attrs in page.elements:
        if "style" in attrs or tag == "style":
            yield f"<{tag}> has a style of its own"
        if tag == "script" and "src" not in attrs and attrs.get("type") != "application/json":
            yield "a script stands in the page"
        if handlers := [name for name in attrs if name.startswith(("on", "hx-on"))]:
            yield f"<{tag}> has {handlers[0]}"
        if attrs.get("href", "x") in ("", "#"):
            yield f"<{tag}> leads nowhere"


def _dangling(page: Page):
    ids = page.values("id")
    for twice in {name for name in ids if ids.count(name) > 1}:
        yield f"two elements have the id {twice}"
    wanted = [name for attribute in ("aria-describedby", "aria-labelledby", "for") for name in page.values(attribute)]
    inner = [href for href in page.values("href") if href.startswith("#")]
    for name in {name for value in wanted for name in value.split()} | {href.removeprefix("#") for href in inner}:
        if page.whole and name not in ids:
            yield f"nothing has the id {name}"
    for _, attrs in (one for one in page.elements if one[0] == "img"):
        if "alt" not in attrs:
            yield "a picture has no words"


def _words(page: Page):
    for word in {found.group().lower() for found in FORBIDDEN.finditer(" ".join(page.words))}:
        yield f"the word “{word}” is not ours"


def _frame(page: Page):
    tags = [tag for tag, _ in page.elements]
    for tag in ("h1", "main", "title"):
        # a drawing has a <title> too
        number = tags.count(tag) - (tags.count("svg") if tag == "title" else 0)
        if number != 1:
            yield f"{number} <{tag}>"
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading jumps from h{above} to h{below}"
    solid = [attrs for attrs in (a for _, a in page.elements) if attrs.get("class", "").split() == ["govuk-button"]]
    if len(solid) > 1:
        yield f"{len(solid)} solid buttons"
    if not re.fullmatch(r"(Error: )?\S.* - \S.*", " ".join("".join(page.titles).split())):
        yield f"the title is “{''.join(page.titles).strip()}”"
