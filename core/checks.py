"""What the service refuses to start with."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def refuse_to_leave_home() -> None:
    """In demo mode anybody signs in as anybody, and debug pages show settings: both are for the machine itself.

    Raises ImproperlyConfigured in whatever process is starting.
    """
    for name in ("DEMO", "DEBUG"):
        if getattr(settings, name) and set(settings.ALLOWED_HOSTS) - LOOPBACK:
            raise ImproperlyConfigured(f"{name} is on and ALLOWED_HOSTS names a host that is not this machine.")


@register(deploy=True)
def secrets_are_our_own(**_kwargs: Any) -> list[CheckMessage]:
    """The words of .env.example are known to everybody."""
    values = [settings.SECRET_KEY, settings.AUDIT_KEY, *settings.SECRETS_KEYS]
    if any(value.startswith("CHANGE") for value in values):
        return [Error("A secret still has the value of .env.example.", id="core.E003")]
    return []
