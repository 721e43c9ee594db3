"""What the service refuses to start with."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register
def demo_stays_at_home(**_kwargs: Any) -> list[CheckMessage]:
    """Demo mode lets anybody sign in as anybody: it may only answer on the machine itself."""
    if settings.DEMO and set(settings.ALLOWED_HOSTS) - LOOPBACK:
        return [
            Error(
                "DEMO is on and ALLOWED_HOSTS names a host that is not this machine.",
                id="core.E001",
            )
        ]
    return []


@register
def debug_stays_at_home(**_kwargs: Any) -> list[CheckMessage]:
    """Debug pages show settings: never on a real host."""
    if settings.DEBUG and set(settings.ALLOWED_HOSTS) - LOOPBACK:
        return [
            Error(
                "DEBUG is on and ALLOWED_HOSTS names a host that is not this machine.",
                id="core.E002",
            )
        ]
    return []


@register(deploy=True)
def secrets_are_our_own(**_kwargs: Any) -> list[CheckMessage]:
    """The words of .env.example are known to everybody."""
    values = [settings.SECRET_KEY, settings.AUDIT_KEY, *settings.SECRETS_KEYS]
    if any(value.startswith("CHANGE") for value in values):
        return [Error("A secret still has the value of .env.example.", id="core.E003")]
    return []
