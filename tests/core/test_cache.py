"""While Redis is away the database keeps what the cache kept."""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from core import cache
from scripts.processes import free_port
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings, caplog):
    """Redis is named in the settings, and nobody answers there."""
    call_command("createcachetable", cache.SPARE_TABLE, verbosity=0)
    address = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {"BACKEND": "core.cache.SteadyCache", "LOCATION": address}}
    return caches["default"]


@pytest.mark.parametrize("kept", ["words", {"a": [1, 2]}, 7])
def test_what_is_set_is_found(away, kept):
    away.set("key", kept, 60)

    assert away.get("key") == kept
    assert away.get_many(["key", "none"]) == {"key": kept}
    away.delete("key")
    assert away.get("key", "gone") == "gone"


def test_adding_counts_for_the_first_only(away):
    assert [away.add("lock", 1, 10), away.add("lock", 2, 10)] == [True, False]


def test_redis_is_left_alone_for_a_moment_after_it_failed(away, caplog):
    for _ in range(5):
        away.get("key")

    assert len([record for record in caplog.records if "Redis is away" in record.message]) == 1


def test_it_is_asked_again_afterwards(away, monkeypatch):
    away.get("key")
    monkeypatch.setattr(cache.RedisCache, "get", lambda *_args, **_kwargs: "from Redis")
    assert away.get("key") is None

    away._away_until = 0
    assert away.get("key") == "from Redis"


def test_pages_and_the_limits_of_signing_in_go_on(away):
    person = UserFactory(email="grace@example.org")
    person.set_password("kettle orbit marmalade")
    person.save()
    assert Client().get("/help/").status_code == 200

    for _ in range(6):
        Client().post("/account/login/", {"login": person.email, "password": "wrong"})

    answer = Client().post("/account/login/", {"login": person.email, "password": "kettle orbit marmalade"})
    assert answer.status_code == 200
    assert "Too many tries" in answer.content.decode()
