"""Charts can be heard, are drawn without styles or scripts, and never draw a hidden figure as nought."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from core import charts
from core.pdf import print_html

SVG = "{http://www.w3.org/2000/svg}"
NAMED = [("Paid", Decimal("18400.00")), ("Committed", Decimal(9250)), ("<b>Other</b>", Decimal(0))]
DRAWN = {
    "bars": charts.bars(rows=NAMED, title="Budget", money=True),
    "stacked": charts.stacked_bar(parts=NAMED, title="Budget"),
    "line": charts.line(points=[("2024", 4), ("2025", None), ("2026", 9)], title="Plans"),
    "ranges": charts.dots_in_ranges(rows=[("Exclusions", 0, 9, 3), ("Plans", 2, 8, None)], title="Plans"),
    "spark": charts.sparkline(values=[1, None, 3], title="Up"),
    "empty bars": charts.bars(rows=[], title="Nothing yet"),
    "empty line": charts.line(points=[], title="Nothing yet"),
    "empty stack": charts.stacked_bar(parts=[], title="Nothing yet"),
    "empty spark": charts.sparkline(values=[], title="Nothing yet"),
    "one point": charts.line(points=[("2026", 3)], title="One"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_is_well_formed_and_named(name):
    root = ElementTree.fromstring(DRAWN[name])  # noqa: S314 -- our own drawing

    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title")


@pytest.mark.parametrize("name", DRAWN)
def test_no_chart_needs_a_style_or_a_script(name):
    assert not re.search(r"style=|<style|<script|class=|\bon\w+=|nan|inf", DRAWN[name])


def test_a_missing_figure_leaves_a_gap():
    root = ElementTree.fromstring(DRAWN["line"])  # noqa: S314 -- our own drawing

    strokes = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert strokes == ["M46 100 M304 25"]
    assert len(list(root.iter(f"{SVG}circle"))) == 2


def test_the_last_name_on_a_line_ends_inside_the_drawing():
    names = ElementTree.fromstring(  # noqa: S314 -- our own drawing
        charts.line(points=[("2018 to 2019", 4), ("2023 to 2024", 9)], title="Plans")
    ).findall(f"{SVG}text")[-2:]

    assert [(name.text, name.get("text-anchor")) for name in names] == [
        ("2018 to 2019", "middle"),
        ("2023 to 2024", "end"),
    ]


def test_a_hidden_figure_has_no_dot_and_says_so():
    root = ElementTree.fromstring(DRAWN["ranges"])  # noqa: S314 -- our own drawing

    assert [text.text for text in root.iter(f"{SVG}text")] == ["Exclusions: 3", "Plans: hidden"]
    assert len(list(root.iter(f"{SVG}circle"))) == 1


def test_the_stacked_bar_speaks_its_amounts():
    root = ElementTree.fromstring(DRAWN["stacked"])  # noqa: S314 -- our own drawing

    assert root.findtext(f"{SVG}desc") == "Paid £18,400, Committed £9,250, <b>Other</b> £0"


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (0.3, 0.5), (1, 1), (9, 10), (11, 20), (41, 50), (63, 100), (5100, 10000)]
)
def test_the_axis_ends_at_a_round_figure(value, top):
    assert charts._round_up(value) == pytest.approx(top)


def test_the_legend_on_screen_has_the_colours_of_the_drawing():
    sheet = (Path(settings.BASE_DIR) / "frontend" / "_charts.scss").read_text()

    found = re.search(r"\$shades: \(([^)]*)\)", sheet)
    assert found
    assert tuple(found[1].split(", ")) == charts.COLOURS


def test_charts_print_on_paper():
    page = f'<html lang="en"><head><title>Charts</title></head><body><h1>Charts</h1>{"".join(DRAWN.values())}</body></html>'

    assert print_html(page).startswith(b"%PDF")
