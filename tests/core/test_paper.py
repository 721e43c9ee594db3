"""The frame of every paper: named, with its code, complete in itself."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from django.template import Context, Template

from core.pdf import print_html

PAPER = '{% extends "pdf/base.html" %}{% block content %}<h2>Money</h2><p>{{ words }}</p>{% endblock %}'


@pytest.fixture
def html(db):
    known = {
        "document_title": "Balance statement",
        "document_code": "7KX29QPLM4TZ",
        "issued_at": datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        "words": "<script>",
    }
    return Template(PAPER).render(Context(known))


def test_a_paper_names_itself_its_council_and_its_code(html):
    assert "<title>Balance statement - Your council</title>" in html
    assert "Issued Tuesday 24 November 2026 at 9:30am" in html
    assert html.count("7KX29QPLM4TZ") == 2
    assert "&lt;script&gt;" in html


def test_a_paper_reaches_for_nothing_outside(html):
    assert "url(http" not in html
    assert "<link" not in html
    assert "src=" not in html


def test_a_paper_is_tagged_and_titled(html):
    printed = pikepdf.open(BytesIO(print_html(html)))

    assert bool(printed.Root.MarkInfo.Marked)
    assert bool(printed.Root.ViewerPreferences.DisplayDocTitle)
    assert str(printed.Root.Lang) == "en"
