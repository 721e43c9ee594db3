"""Rewrite second-factor secrets with the newest key (docs/runbooks/rotate-keys.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.services import second_factors


class Command(BaseCommand):
    help = "Encrypt every second-factor secret with the first of SECRETS_KEYS. The service may go on meanwhile."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"{second_factors.reencrypt_all()} secrets are now under the newest key.")
