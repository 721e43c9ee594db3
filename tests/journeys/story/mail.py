"""Coming in by the invitation in the mail: a password, a second step, out and in again."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.utils import timezone

from core import outbox
from tests.journeys.person import Person
from tests.journeys.story.stage import Stage

PASSWORD = "kettle orbit marmalade"


def come_in(stage: Stage, who: str) -> Person:
    """From the letter to the home page, by the pages alone."""
    user, person = stage.people[who], stage.newcomer(who)
    stage.look(person.go(_link_for(user.email)).sees(f"Welcome, {user.name}"), "invitation")
    person.fill("Choose a password", PASSWORD).press("Set password and go on").sees("Set up your second step")
    stage.look(person, "second-step")
    secret = _set_up_an_app(stage, person)
    person.press("Sign out").sees("You are signed out")
    stage.look(person.go("/account/login/"), "sign-in")
    person.fill("Email address", user.email).fill("Password", PASSWORD).press("Sign in").sees("Your second step")
    stage.look(person, "sign-in-second-step")
    person.fill("Code", _code(secret, steps=1)).press("Sign in").sees("What needs you")
    stage.look(person, f"home-{who}")
    user.refresh_from_db()
    return person


def _set_up_an_app(stage: Stage, person: Person) -> str:
    person.press("Set up an app").sees("Set up your authenticator app")
    person.press("I cannot scan the picture")
    stage.look(person, "app")
    secret = person.page.locator(".app-code").first.inner_text()
    person.fill("Authenticator code", _code(secret)).press("Finish setting up").sees("Recovery codes")
    stage.look(person, "recovery-codes")
    person.press("Done").sees("Authenticator app")
    stage.look(person, "second-step-set-up")
    return secret


def _code(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def _link_for(address: str) -> str:
    outbox.drain(now=timezone.now())
    letters = "".join(str(sent.body) for sent in mail.outbox if address in sent.to)
    found = re.search(r"https?://[^/\s]+/(invitation/\S+)", letters)
    assert found, letters
    return "/" + found[1]
