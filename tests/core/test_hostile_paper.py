"""30 texts that would make a paper fetch, attach or run something, typed into minutes, and as pages that forgot to escape."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pikepdf
import pypdf
import pytest

from core import documents, pdf
from meetings.queries import editions
from meetings.services import minutes as service
from tests import pdf_checks
from tests.factories.meetings import AgendaItemFactory, MeetingFactory

TEXTS = [
    '<img src="{there}/a.png">',
    '<img srcset="{there}/b.png 2x" src="{there}/b.png">',
    '<img src="file:///etc/hostname">',
    '<img src="//{host}/c.png">',
    '<picture><source srcset="{there}/d.png"><img src="{there}/d.png"></picture>',
    '<link rel="stylesheet" href="{there}/e.css">',
    '<link rel="attachment" href="file:///etc/hostname">',
    '<link rel="attachment" href="{there}/f.txt">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<a rel="attachment" href="{there}/g.txt">x</a>',
    '<style>@import url("{there}/h.css");</style>',
    '<style>@font-face {{ font-family: x; src: url("{there}/i.woff") }} p {{ font-family: x }}</style><p>x</p>',
    "<style>body {{ background: url({there}/j.png) }}</style>",
    "<style>li {{ list-style-image: url({there}/k.png) }}</style><ul><li>x</li></ul>",
    "<style>p::before {{ content: url({there}/l.png) }}</style><p>x</p>",
    '<p style="background-image: url({there}/m.png)">x</p>',
    '<p style="background: url(file:///etc/hostname)">x</p>',
    "<style>@page {{ background: url({there}/n.png) }}</style>",
    "<style>@page {{ @top-left {{ content: url({there}/o.png) }} }}</style>",
    '<object data="{there}/p.svg" type="image/svg+xml"></object>',
    '<object data="file:///etc/hostname"></object>',
    '<embed src="{there}/q.svg" type="image/svg+xml">',
    '<iframe src="{there}/r.html"></iframe>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{there}/s.png" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{there}/t.svg#x"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "{there}/u.css";</style></svg>',
    '<base href="{there}/"><img src="v.png">',
    '<meta http-equiv="refresh" content="0;url={there}/w.html">',
    '<script src="{there}/x.js"></script><script>document.location = "{there}/y"</script>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cimage href=%22{there}/z.png%22/%3E%3C/svg%3E">',
]


class Listening(ThreadingHTTPServer):
    """Answers anything and remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def outside():
    server = Listening()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _texts(outside) -> list[str]:
    host = f"127.0.0.1:{outside.server_port}"
    return [text.format(there=f"http://{host}", host=host) for text in TEXTS]


def test_there_are_thirty():
    assert len(set(TEXTS)) == 30


@pytest.mark.django_db
def test_typed_into_minutes_they_are_words_on_paper(outside):
    meeting = MeetingFactory(closed=True)
    for text in _texts(outside):
        AgendaItemFactory(meeting=meeting, title=text[:160], notes=text, outcome=text)

    minutes = service.draft(meeting, now=meeting.closed_at)
    paper = pdf.print_html(documents.printable(editions.paper(minutes, editions.FULL)))

    assert (outside.asked, _attached(paper), pdf_checks.problems(paper)) == ([], [], [])
    read = "".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
    assert [text for text in _texts(outside) if "".join(text.split()) not in read] == []


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_even_a_page_that_forgot_to_escape_them_reaches_nothing(number, outside):
    page = f"<html lang=en><title>x</title><body><h1>x</h1>{_texts(outside)[number]}</body></html>"

    try:
        paper = pdf.print_html(page)
    except pdf.ReachedOutside:
        paper = b""

    assert outside.asked == []
    assert b"root:" not in paper
    assert _attached(paper) == []


def _attached(paper: bytes) -> list[str]:
    if not paper:
        return []
    with pikepdf.open(io.BytesIO(paper)) as opened:
        return list(opened.attachments)
