"""Signing in with a school's or council's own account: bound by its `sub`, never by an address it claims (T40)."""

import subprocess
import sys
import time
from contextlib import suppress

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from communities.models import Role
from core.models import AuditEntry
from scripts.processes import free_port
from tests.actors import sign_in
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory

pytestmark = pytest.mark.django_db
PASSWORD = "kettle orbit marmalade"
LOGIN, CONNECT = "/account/oidc/school/login/?process=login", "/account/oidc/school/login/?process=connect"


@pytest.fixture(scope="module")
def provider():
    """A real OpenID Connect provider on loopback; PUT /users/<sub> sets what it claims about somebody."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)])
    address = f"http://localhost:{port}"
    for _ in range(100):
        with suppress(requests.ConnectionError):
            requests.get(f"{address}/.well-known/openid-configuration", timeout=2).raise_for_status()
            break
        time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


@pytest.fixture(autouse=True)
def _trusted(provider, settings):
    app = {"provider_id": "school", "name": "School", "client_id": "us", "secret": "x" * 20,
           "settings": {"server_url": provider}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


@pytest.fixture
def owner(world) -> User:
    person = UserFactory(email="grace@example.org", name="Grace Green")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    AppointmentFactory(person=person, role=Role.SENCO, school=world.hartwell)
    return person


def through(client: Client, provider: str, start: str, *, sub: str, **claims):
    """Press the button, be `sub` at the provider, come back; the answer of our callback."""
    if claims:
        requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    there = client.post(start).url
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.split("testserver", 1)[1])


def linked(owner: User, provider: str, sub: str) -> Client:
    client = sign_in(owner)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    through(client, provider, CONNECT, sub=sub, email=owner.email)
    return client


def test_the_owner_links_it_while_signed_in(provider, owner):
    linked(owner, provider, "s-1")

    assert list(SocialAccount.objects.values_list("user", "uid")) == [(owner.pk, "s-1")]
    assert AuditEntry.objects.filter(action="account.identity_linked", by=owner).exists()


def test_a_linked_identity_opens_the_account_but_not_the_second_step(provider, owner):
    linked(owner, provider, "s-2")

    answer = through(client := Client(), provider, LOGIN, sub="s-2")

    assert answer.status_code == 302
    assert client.get("/account/").url == "/account/second-factor/"


def test_a_linked_identity_is_asked_for_the_code(provider, owner):
    linked(owner, provider, "s-3")
    TOTP.activate(owner, generate_totp_secret())

    assert through(Client(), provider, LOGIN, sub="s-3").url == "/account/2fa/authenticate/"


def test_it_stays_bound_when_the_address_changes(provider, owner):
    linked(owner, provider, "s-4")

    answer = through(client := Client(), provider, LOGIN, sub="s-4", email="married.name@example.org")

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(owner.pk)


# Twenty ways to claim somebody else's address; the provider signs them all.
FORGED = [
    {"email": "grace@example.org"},
    {"email": "grace@example.org", "email_verified": True},
    {"email": "grace@example.org", "email_verified": False},
    {"email": "grace@example.org", "email_verified": "true"},
    {"email": "GRACE@EXAMPLE.ORG", "email_verified": True},
    {"email": " grace@example.org ", "email_verified": True},
    {"email": "grace@example.org", "preferred_username": "grace@example.org"},
    {"email": "grace@example.org", "upn": "grace@example.org", "email_verified": True},
    {"preferred_username": "grace@example.org"},
    {"upn": "grace@example.org"},
    {"unique_name": "grace@example.org"},
    {"name": "Grace Green", "email": "grace@example.org", "email_verified": True},
    {"email": "grace@example.org", "emails": ["grace@example.org"], "email_verified": True},
    {"email": "gräce@example.org", "email_verified": True},
    {"email": "grace@example.org\u200b", "email_verified": True},
    {"email": "grace+x@example.org", "email_verified": True},
    {"email": "grace@example.org", "email_verified": True, "xms_edov": True},
    {"email": "grace@example.org", "email_verified": True, "tid": "00000000-0000-0000-0000-000000000000"},
    {"email": "grace@example.org", "email_verified": True, "user_id": "1"},
    {"email": "grace@example.org", "email_verified": True, "id": "1", "oid": "1"},
]


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_claimed_address_reaches_no_account(provider, owner, number):
    client = Client()

    answer = through(client, provider, LOGIN, sub=f"attacker-{number}", **FORGED[number])

    assert client.get("/account/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0
    assert User.objects.filter(email__icontains="grace").count() == 1
    assert (
        "by invitation" in client.get(answer.url).content.decode()
        if answer.status_code == 302
        else answer.content.decode()
    )


def test_linking_asks_for_the_password_before_it_is_done(provider, owner):
    client = sign_in(owner)

    answer = through(client, provider, CONNECT, sub="s-6", email=owner.email)
    assert (answer.url, SocialAccount.objects.count()) == ("/account/reauthenticate/", 0)

    client.post(answer.url, {"password": PASSWORD})
    assert SocialAccount.objects.get().user == owner
    assert "School" in client.get("/account/").content.decode()


def test_somebody_elses_identity_is_not_taken_over(provider, owner):
    linked(owner, provider, "s-5")
    other = UserFactory(email="other@example.org")
    other.set_password(PASSWORD)
    other.save()

    linked(other, provider, "s-5")

    assert list(SocialAccount.objects.values_list("user", "uid")) == [(owner.pk, "s-5")]


def test_only_a_press_of_the_button_leaves_for_the_provider(owner):
    assert Client().get(LOGIN).status_code == 200
