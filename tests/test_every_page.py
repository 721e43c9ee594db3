"""Every page with a mark in every typed text: what it shows, to whom, whether the reading is noted, and on a shared screen;
and that no GET writes.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from meetings.sharing import KEY
from tests import canaries
from tests.actors import ADMIN, BOARD, BUSINESS, DATA_PROTECTION, OFFICER, OTHER_BOARD, STRANGER, VISITOR
from tests.canaries import PUPIL, WORD
from tests.doors.door import OPEN
from tests.test_doors import DOORS, rolled_back, stage
from tests.writes import unexpected

__all__ = ["stage"]  # the same world for all pages, built once
PAGES = sorted(name for name, door in DOORS.items() if door.get and OPEN in door.get.values())
MARK = re.compile(f"({PUPIL}|{WORD})")
# People whose posts never let them read a word about a pupil (design 1).
NEVER = {BUSINESS, BOARD, OTHER_BOARD, OFFICER, ADMIN, DATA_PROTECTION, STRANGER}


def test_every_text_field_is_known_as_typed_or_as_the_houses_own():
    known = {
        f"{label}.{name}"
        for fields in (canaries.PUPILS, canaries.TYPED, canaries.HOUSE)
        for label, names in fields.items()
        for name in names.split()
    }

    assert {text for text in canaries.texts() if not text.startswith("communities.")} == known


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_writes_nothing_and_shows_typed_words_to_their_readers_only(name, stage):
    world, actors = stage
    door = DOORS[name]
    found = []

    with rolled_back():
        address = reverse(name, kwargs=door.args(world))
        canaries.plant()
        for who in (who for who, outcome in door.get.items() if outcome == OPEN):
            found += _read(actors[who], address)
            if who != VISITOR:
                found += _shared(actors[who], address)

    assert found == []


def _read(actor, address) -> list[str]:
    with rolled_back():
        before = AuditEntry.objects.count()
        with CaptureQueriesContext(connection) as sent:
            shown = _marks(_client(actor).get(address))
        noted = list(AuditEntry.objects.order_by("pk")[before:].values_list("action", "target_type", "target_id"))
    read = [entry for entry in noted if entry[0].startswith("read.")]
    written = unexpected(sent.captured_queries)
    wrong = {
        f"wrote to {', '.join(sorted(written))}": bool(written),
        "noted twice": len(read) != len(set(read)),
        "shown and not noted": PUPIL in shown and not read,
        "shown to somebody who never reads about pupils": PUPIL in shown and actor.name in NEVER,
    }
    return [f"{actor.name}: {what}" for what, is_so in wrong.items() if is_so]


def _shared(actor, address) -> list[str]:
    """As a page and as a piece of one, by somebody who shares their screen."""
    client = _client(actor)
    session = client.session
    session[KEY] = {"meeting": 0}
    session.save()
    pieces = {"page": {}, "piece": {"HX-Request": "true"}}
    return [
        f"{actor.name}: the shared {piece} shows {mark}"
        for piece, headers in pieces.items()
        for mark in _marks(client.get(address, headers=headers))
    ]


def _client(actor) -> Client:
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in actor.client.cookies.items()})
    return client


def _marks(response) -> set[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return set(MARK.findall(f"{body.decode(errors='replace')} {response.headers}"))
