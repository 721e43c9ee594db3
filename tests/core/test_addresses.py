"""Addresses and cookies that nobody types by hand."""

import pytest

from tests.actors import SENCO


@pytest.mark.parametrize("asked", ["school=%00", "school=a%00b", "shown=%00"])
def test_a_zero_byte_in_an_address_asks_for_nothing(actors, asked):
    assert actors[SENCO].client.get(f"/requests/?{asked}").status_code == 400


def test_a_zero_byte_in_a_cookie_asks_for_nothing(actors, settings):
    actors[SENCO].client.cookies[settings.SESSION_COOKIE_NAME] = "zero\0byte in the name of a session"

    assert actors[SENCO].client.get("/requests/").status_code == 400


def test_the_signs_of_a_zero_byte_are_words(actors):
    assert actors[SENCO].client.get("/requests/?school=%2500").status_code == 200
