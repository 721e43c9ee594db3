"""Coming in for the first time, coming back, and losing one's phone."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail as django_mail
from django.utils import timezone

from accounts import tokens
from accounts.models import User
from accounts.services import invitations
from communities.models import Role
from core import outbox
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kettle orbit marmalade"


@pytest.fixture
def invited() -> User:
    """A SENCO of Hartwell who has just been invited."""
    world = build_world()
    by = UserFactory(name="Ada Administrator")
    invitation = invitations.invite(email="grace@example.org", name="Grace Green", by=by, now=timezone.now())
    AppointmentFactory(person=invitation.person, role=Role.SENCO, school=world.hartwell)
    return invitation.person


@pytest.fixture
def member(invited) -> User:
    """The same, with a password and no second step."""
    invitations.accept(token=tokens.write(invited.account_invitations.get()), password=PASSWORD, now=timezone.now())
    return User.objects.get(pk=invited.pk)


def code(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def link_in_the_last_email() -> str:
    outbox.drain(now=timezone.now())
    return "/" + re.search(r"https?://[^/\s]+/(invitation/\S+)", django_mail.outbox[-1].body)[1]


def set_up_an_app(person) -> str:
    """Scan the picture (read the key beside it), type the figures, keep the recovery codes."""
    person.press("Set up an app").sees("Set up your authenticator app")
    person.page.locator("summary").click()
    secret = person.page.locator(".app-code").first.inner_text()
    person.fill("Authenticator code", code(secret)).press("Finish setting up")
    person.sees("Recovery codes")
    return secret


def sign_in_with_password(person) -> None:
    person.go("/account/login/").fill("Email address", "grace@example.org").fill("Password", PASSWORD).press("Sign in")


def test_by_invitation_with_an_app_and_back_again(at_browser, invited):
    grace = at_browser(None)

    grace.go(link_in_the_last_email()).sees("Welcome, Grace Green").look("invitation")
    grace.fill("Choose a password", "short").press("Set password and go on").sees("There is a problem")
    grace.look("invitation-refused")
    grace.fill("Choose a password", PASSWORD).press("Set password and go on")
    grace.sees("Set up your second step").look("second-step")
    secret = set_up_an_app(grace)
    grace.look("recovery-codes")
    spare = grace.page.locator(".app-codes .app-code").first.inner_text()
    grace.press("Done").sees("Authenticator app")

    grace.press("Sign out").sees("You are signed out")
    sign_in_with_password(grace)
    grace.sees("Your second step").look("authenticate")
    grace.fill("Code", "000000").press("Sign in").sees("We could not accept that code")
    grace.fill("Code", code(secret, steps=1)).press("Sign in")
    grace.go("/account/").sees("Hartwell Primary").look("account")

    grace.press("Sign out")
    sign_in_with_password(grace)
    grace.fill("Code", spare).press("Sign in")
    grace.go("/account/").sees("Grace Green")
    assert AuditEntry.objects.filter(action="account.recovery_code_used").exists()


def test_without_javascript(at_browser, invited):
    grace = at_browser(None, javascript=False)

    grace.go(link_in_the_last_email()).fill("Choose a password", PASSWORD).press("Set password and go on")
    set_up_an_app(grace)
    grace.go("/account/").sees("Grace Green")


def test_the_wrong_person_says_so(at_browser, invited):
    stranger = at_browser(None)
    link = link_in_the_last_email()

    stranger.go(link).press("This is not me").sees("Thank you for telling us").look("not-me")

    answer = stranger.page.goto(stranger.base + link)
    assert answer.status == 410
    stranger.look("invitation-over")


def test_with_a_passkey_and_no_password(at_browser, member):
    grace = at_browser(None)
    _plug_in_a_key(grace)
    sign_in_with_password(grace)

    grace.press("Set up a passkey").sees("Add a passkey").look("passkey-add")
    grace.press("Add the passkey").sees("Recovery codes")
    grace.press("Done").sees("You have 1").look("second-step-index")
    grace.press("Sign out").sees("You are signed out")

    grace.go("/account/login/").look("sign-in").press("Sign in with a passkey")
    grace.page.wait_for_url(grace.base + "/")
    grace.go("/account/").sees("Passkey")
    assert AuditEntry.objects.filter(action="account.signed_in").latest("pk").details == {"methods": ["webauthn"]}


def _plug_in_a_key(person) -> None:
    """Chromium's own make-believe authenticator: it holds a passkey and always recognises its owner."""
    devtools = person.page.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_by_a_code_in_an_email(at_browser, member):
    grace = at_browser(None)

    grace.go("/account/login/").press("Send me a code by email")
    grace.fill("Email address", "grace@example.org").press("Send the code").look("code-by-email")
    sent = re.search(r"^([A-Z0-9-]{6,9})$", django_mail.outbox[-1].body, re.MULTILINE)[1]
    grace.fill("Code", sent).press("Sign in")

    grace.sees("Set up your second step")


def test_a_forgotten_password(at_browser, member):
    grace = at_browser(None)

    grace.go("/account/login/").press("I have forgotten my password")
    grace.fill("Email address", "grace@example.org").look("forgotten")
    grace.page.locator("main button[type=submit]").first.click()
    link = re.search(r"https?://[^/\s]+(/\S+)", django_mail.outbox[-1].body)[1]
    grace.go(link).look("new-password")
    for field in grace.page.locator("input[type=password]").all():
        field.fill("another orbit marmalade")
    grace.page.locator("main button[type=submit]").first.click()

    grace.go("/account/login/").fill("Email address", "grace@example.org").fill("Password", "another orbit marmalade")
    grace.press("Sign in").sees("Set up your second step")


def test_somebody_who_signs_in_nowhere_is_told_where_to_ask(at_browser):
    EmailAddress.objects.all().delete()
    stranger = at_browser(None)

    stranger.go("/account/signup/").sees("by invitation").look("signup-closed")
