"""Every page of the product is made as we promised: one heading, one main button, nothing inline, no dangling ids."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.doors.door import OPEN
from tests.hygiene import Page, faults
from tests.test_doors import DOORS, rolled_back, stage

__all__ = ["stage"]  # the same world for all pages, built once
CLEAN = """<html lang="en"><head><title>Requests - Communities</title></head><body><main><h1>Requests</h1>
<h2>This term</h2><label for="a">A</label><input id="a"><button class="govuk-button">Go</button></main></body></html>"""
SPOILT = [
    ("<h2>", "<h2 style='x'>", "<h2> has a style of its own"),
    ("</main>", "<script>1</script></main>", "a script stands in the page"),
    ("<h2>", "<h2 onclick='x'>", "<h2> has onclick"),
    ("<input id", '<input aria-describedby="b" id', "nothing has the id b"),
    ("<h2>", '<h2 id="a">', "two elements have the id a"),
    ("<h2>", "<h1>More</h1><h2>", "2 <h1>"),
    ("<h2>", "<h3>", "a heading jumps from h1 to h3"),
    ("</main>", '<a class="govuk-button" href="/x/">Too</a></main>', "2 solid buttons"),
    ("This term", "Our bids", "the word “bids” is not ours"),
    ("<h2>", "<img src='/x.png'><h2>", "a picture has no words"),
    ("</main>", '<a href="#">x</a></main>', "<a> leads nowhere"),
    ("Requests - Communities", "Requests", "the title is “Requests”"),
]


def test_a_clean_page_has_no_faults():
    assert faults(CLEAN) == []


@pytest.mark.parametrize(("there", "instead", "fault"), SPOILT)
def test_each_fault_is_found(there, instead, fault):
    assert fault in faults(CLEAN.replace(there, instead, 1))


def _kept(name: str, response) -> str:
    """The HTML, kept for a look at all pages when KEEP_PAGES names a folder."""
    html = response.content.decode()
    if folder := os.environ.get("KEEP_PAGES"):
        Path(folder, f"{name.replace(':', '_')}.html").write_text(html)
    return html


def _seen_by(row) -> str:
    """Somebody for whom the door is open."""
    return next((who for who, outcome in row.items() if outcome == OPEN), "")


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, door in DOORS.items() if door.get and _seen_by(door.get)))
def test_every_page_is_well_made(name, stage):
    world, actors = stage
    door = DOORS[name]

    with rolled_back():
        response = actors[_seen_by(door.get)].client.get(reverse(name, kwargs=door.args(world)))

    if response.headers.get("Content-Type", "").startswith("text/html") and response.status_code == 200:
        assert faults(_kept(name, response)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, door in DOORS.items() if door.post and _seen_by(door.post)))
def test_every_page_with_errors_says_so(name, stage):
    world, actors = stage
    door = DOORS[name]

    with rolled_back():
        response = actors[_seen_by(door.post)].client.post(reverse(name, kwargs=door.args(world)), {})

    if response.status_code == 422:
        html = _kept(f"{name}-errors", response)
        assert faults(html) == []
        if Page(html).whole:
            assert "<title>Error: " in html
            assert "govuk-error-summary" in html or "<form" not in html.partition("<main")[2]
