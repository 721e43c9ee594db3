"""Every page with a mark in every typed text: what it shows, to whom, whether the reading is noted, and on a shared screen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from meetings.sharing import KEY
from tests import canaries
from tests.actors import ADMIN, BOARD, BUSINESS, DATA_PROTECTION, OFFICER, OTHER_BOARD, STRANGER, VISITOR
from tests.canaries import PUPIL, WORD
from tests.doors.door import OPEN
from tests.test_doors import DOORS, rolled_back, stage

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


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_words_about_pupils_reach_only_their_readers_and_the_log(name, stage):
    world, actors = stage
    door = DOORS[name]
    leaked, unlogged = set(), set()

    with rolled_back():
        address = _planted(name, door, world)
        for who in _openers(door):
            with rolled_back():
                before = AuditEntry.objects.count()
                shown = _marks(_client(actors[who]).get(address))
                noted = list(
                    AuditEntry.objects.order_by("pk")[before:].values_list("action", "target_type", "target_id")
                )
            read = [entry for entry in noted if entry[0].startswith("read.")]
            assert len(read) == len(set(read)), f"noted twice: {read}"
            if PUPIL in shown and not read:
                unlogged.add(who)
            if PUPIL in shown and who in NEVER:
                leaked.add(who)

    assert (leaked, unlogged) == (set(), set())


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_shared_screen_shows_no_typed_word_on_any_page_or_piece(name, stage):
    world, actors = stage
    door = DOORS[name]

    with rolled_back():
        address = _planted(name, door, world)
        shown = {
            (who, piece, mark)
            for who in _openers(door)
            if who != VISITOR
            for piece in ("", "true")
            for mark in _marks(_sharing(actors[who]).get(address, headers={"HX-Request": piece} if piece else {}))
        }

    assert shown == set()


def _planted(name, door, world) -> str:
    address = reverse(name, kwargs=door.args(world))
    canaries.plant()
    return address


def _openers(door) -> list[str]:
    return [who for who, found in door.get.items() if found == OPEN]


def _client(actor) -> Client:
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in actor.client.cookies.items()})
    return client


def _sharing(actor) -> Client:
    client = _client(actor)
    session = client.session
    session[KEY] = {"meeting": 0}
    session.save()
    return client


def _marks(response) -> set[str]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return set(MARK.findall(f"{body.decode(errors='replace')} {response.headers}"))
