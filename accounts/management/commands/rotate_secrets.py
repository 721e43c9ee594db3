"""After a new key was put in front of SECRETS_KEYS: write every second-factor secret with it."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services import secrets


class Command(BaseCommand):
    help = "Encrypt every second-factor secret with the newest of SECRETS_KEYS; older keys may be dropped afterwards."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{secrets.re_encrypt()} second-factor secrets written with the newest key")
