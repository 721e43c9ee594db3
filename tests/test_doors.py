"""Every address of the product, by GET and by POST, for every kind of person."""

from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.actors import EVERYBODY
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
CASES = [(name, method) for name in sorted(DOORS) for method in ("get", "post")]


@pytest.mark.parametrize(("name", "method"), CASES)
def test_each_door_opens_only_for_the_right_people(name, method, world, actors):
    door = DOORS[name]
    expected = getattr(door, method) or everybody(NO_METHOD)
    address = reverse(name, kwargs=door.args(world))
    body = door.body(world) if method == "post" else {}

    found = {who: _outcome(getattr(actors[who].client, method)(address, body)) for who in EVERYBODY}

    # An address that is closed or hidden may refuse before it says that it does not take the method, never after.
    tolerated = {who for who in EVERYBODY if expected[who] == NO_METHOD and found[who] in (LOGIN, FACTOR)}
    assert {who: found[who] for who in EVERYBODY if who not in tolerated} == {
        who: expected[who] for who in EVERYBODY if who not in tolerated
    }


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
        if "/second-factor/" in response.url or "/account/2fa/" in response.url:
            return FACTOR
        return LOGIN if "/account/login/" in response.url else OPEN
    return {
        200: OPEN,
        304: OPEN,
        422: OPEN,
        403: CLOSED,
        404: HIDDEN,
        405: NO_METHOD,
    }.get(response.status_code, str(response.status_code))
