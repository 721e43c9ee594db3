"""Templates and style sheets fit each other, and nothing stands in a template that the browser would refuse."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = "".join(sheet.read_text() for sheet in (ROOT / "frontend").glob("*.scss"))
SCRIPT = (ROOT / "static" / "js" / "app.js").read_text()
UNSAFE = {r"\|\s*safe\b": "|safe trusts words", r"{%\s*autoescape off": "escaping turned off"}
CELL = re.compile(r"<t[dh]\b.*?</t[dh]>", re.DOTALL)
REFUSED = {
    r"\sstyle=": "a style of its own",
    r"\son[a-z]+=": "an event handler",
    r"hx-on": "hx-on runs script",
    r"hx-vals=.js:": "js: runs script",
    r"<script(?![^>]*(src=|application/json))": "a script in the page",
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def _classes(html: str) -> set[str]:
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in re.findall(r"\bapp-[a-z0-9_-]+", value)}


def test_every_class_of_our_own_has_a_style():
    used = {name for path in TEMPLATES for name in _classes(path.read_text())}

    unknown = {name for name in used if not re.search(rf"\.{re.escape(name)}(?![a-z0-9_-])", STYLES)}

    assert unknown == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_nothing_stands_in_a_template_that_is_refused_or_unsafe(path):
    if _name(path).startswith(("pdf/", "emails/")) or "/email" in _name(path):
        pytest.skip("paper and letters carry their own style")
    source = path.read_text()
    html = re.sub(r"{[{%#].*?[}%#]}", "", source)

    found = {why for pattern, why in REFUSED.items() if re.search(pattern, html)}
    assert found | {why for pattern, why in UNSAFE.items() if re.search(pattern, source)} == set()


def test_a_date_in_the_cell_of_a_table_is_written_so_that_it_never_breaks():
    screens = [path for path in TEMPLATES if not _name(path).startswith("pdf/") and "/email" not in _name(path)]
    cells = [(_name(path), cell) for path in screens for cell in CELL.findall(path.read_text())]

    assert [name for name, cell in cells if "|short_date }}" in cell] == []
    assert sum("|day" in cell for _name, cell in cells) > 30


def test_the_script_asks_nobody_and_runs_no_text():
    assert not re.search(r"\b(alert|confirm|prompt|eval)\(|new Function|innerHTML|document\.write|https?://", SCRIPT)
