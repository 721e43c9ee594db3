"""Every address of the product, by GET and by POST, for every kind of person."""

from contextlib import contextmanager
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communities import powers
from tests.actors import ADMIN, CHAIR, EVERYBODY, SENCO, STRANGER, VISITOR, Actor, cast
from tests.doors.door import (
    CLOSED,
    FACTOR,
    HIDDEN,
    LOGIN,
    NO_METHOD,
    OPEN,
    Door,
    everybody,
)
from tests.world import build_world

APPS = (
    "core",
    "accounts",
    "communities",
    "provision",
    "meetings",
    "funding",
    "dashboards",
)
MODULES = [import_module(f"tests.doors.{app}") for app in APPS]
DOORS: dict[str, Door] = {door.name: door for module in MODULES for door in module.DOORS}
ELSEWHERE: dict[str, str] = {prefix: why for module in MODULES for prefix, why in module.ELSEWHERE.items()}
# A method that nobody may use is tried by these.
A_FEW = (VISITOR, STRANGER, SENCO, CHAIR, ADMIN)
CASES = [(name, method) for name in sorted(DOORS) for method in ("get", "post")]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The made-up county and its people, built once for this module and taken back at its end."""
    with django_db_blocker.unblock(), rolled_back():
        world = build_world()
        actors = cast(world)
        for actor in actors.values():
            if actor.user:
                powers.grants(actor.user)  # else each of them would make the same rows anew at every door
        yield world, actors


@contextmanager
def rolled_back():
    """Whatever happens inside is undone: each person finds the door as the first one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.door
@pytest.mark.django_db  # asks pytest-django for the database; the people come from the stage
@pytest.mark.parametrize(("name", "method"), CASES)
def test_each_door_opens_only_for_the_right_people(name, method, stage):
    world, actors = stage
    door = DOORS[name]
    expected = getattr(door, method) or everybody(NO_METHOD)

    with rolled_back():
        address = reverse(name, kwargs=door.args(world))
        body = door.body(world) if method == "post" else {}
        people = EVERYBODY if getattr(door, method) else A_FEW
        found = {who: _try(actors[who], method, address, body) for who in people}

    # An address that is closed or hidden may refuse before it says that it does not take the method, never after.
    tolerated = {who for who in people if expected[who] == NO_METHOD and found[who] in (LOGIN, FACTOR)}
    assert {who: found[who] for who in people if who not in tolerated} == {
        who: expected[who] for who in people if who not in tolerated
    }


def _try(actor: Actor, method: str, address: str, body: dict) -> str:
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in actor.client.cookies.items()})
    with rolled_back():
        return _outcome(getattr(client, method)(address, body))


def test_every_door_is_in_the_table():
    names = set(_names(get_resolver()))

    unlisted = {name for name in names - DOORS.keys() if not any(name.startswith(prefix) for prefix in ELSEWHERE)}

    assert unlisted == set()
    assert DOORS.keys() - names == set()


def _names(resolver: URLResolver, prefix: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}"


def _outcome(response) -> str:
    if response.status_code in (302, 303):
        path = urlsplit(response.url).path  # where to go on afterwards may name any address
        if path.endswith("/second-factor/") or path.startswith("/account/2fa/"):
            return FACTOR
        return LOGIN if path == "/account/login/" else OPEN
    return {
        200: OPEN,
        204: OPEN,
        304: OPEN,
        422: OPEN,
        403: CLOSED,
        404: HIDDEN,
        405: NO_METHOD,
    }.get(response.status_code, str(response.status_code))
