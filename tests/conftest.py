"""Fixtures every test may use. Sockets are closed but for loopback (see pyproject)."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from hypothesis import settings

from tests.actors import Actors, cast
from tests.world import World, build_world

pytest_plugins = ["tests.figures"]

# Speed is measured by `make bench`, never by a test that happens to run beside seven others.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _forget_caches():
    """Query counts and words must not depend on the order of tests."""
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture
def world(db) -> World:
    """The small made-up county that most tests live in."""
    return build_world()


@pytest.fixture
def actors(world) -> Actors:
    """One signed-in client per kind of person, and a visitor who is not signed in."""
    return cast(world)
