"""The forms of the library speak as the house does, on every page that has one."""

import re
from contextlib import suppress
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core import mail as django_mail
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.actors import sign_in
from tests.doors.accounts import PREFIXES
from tests.factories.accounts import UserFactory
from tests.test_doors import _names

pytestmark = pytest.mark.django_db
PASSWORD = "kettle orbit marmalade"
NOT_AN_ADDRESS = "Enter an email address in the correct format, like name@example.com"


@pytest.fixture
def person():
    """Somebody with a password."""
    person = UserFactory(email="grace@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_every_box_of_the_library_has_the_words_of_the_house(person):
    without_password = UserFactory(email="no.password@example.org")
    without_password.set_unusable_password()
    without_password.save()
    visitors = [Client(), sign_in(person), sign_in(without_password), _with_a_code(person), _with_a_link(person)]

    labels = {label for client in visitors for path in _paths(person) for label in _labels(client, path)}

    assert labels == {
        "Authenticator code",
        "Code",
        "Current password",
        "Email address",
        "New password",
        "New password again",
        "Password",
        "Password again",
        "Sign in with this passkey alone, without my password",
        "What do you call this passkey? (optional)",
    }


@pytest.mark.parametrize("address", ["/account/login/", "/account/login/code/", "/account/password/reset/"])
def test_an_address_that_is_none_is_answered_with_one_that_could_be(address):
    answer = Client().post(address, {"login": "grace", "email": "grace", "password": PASSWORD})

    assert NOT_AN_ADDRESS in answer.content.decode()


def test_a_wrong_password_says_what_to_do(person):
    answer = Client().post("/account/login/", {"login": person.email, "password": "wrong"})

    assert "The email address or the password is wrong. Try again" in answer.content.decode()


def _paths(person) -> list[str]:
    """The library's own pages, the one that a link leads to with them."""
    paths = [f"/account/password/reset/key/{user_pk_to_url_str(person)}-set-password/"]
    for name in _names(get_resolver()):
        if name.startswith(PREFIXES):
            with suppress(NoReverseMatch):
                paths.append(reverse(name))
    return [path for path in paths if path != reverse("account_logout")]


def _labels(client: Client, path: str) -> list[str]:
    found = re.findall(r"<label[^>]*>(.*?)</label>", client.get(path, follow=True).content.decode(), re.DOTALL)
    return [unescape(words).strip() for words in found]


def _with_a_code(person) -> Client:
    client = Client()
    client.post("/account/login/code/", {"email": person.email})
    return client


def _with_a_link(person) -> Client:
    """Somebody on the page where the link of the email leads; its last part is the same for everybody."""
    client = Client()
    client.post("/account/password/reset/", {"email": person.email})
    client.get(re.search(r"https?://testserver(\S+)", django_mail.outbox[-1].body)[1])
    return client
