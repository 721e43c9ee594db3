"""See which promises wait or were given up, and give them a fresh start (docs/runbooks/stuck-outbox.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from core import outbox


class Command(BaseCommand):
    help = "How many promises are due, and those given up after too many tries. --retry gives them a fresh start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", nargs="+", type=int, metavar="NUMBER", help="numbers of parked promises")
        parser.add_argument("--retry-all", action="store_true", help="every parked promise")

    def handle(self, *, retry: list[int] | None, retry_all: bool, **_options: Any) -> None:
        now = timezone.now()
        for pk in [message.pk for message in outbox.parked()] if retry_all else retry or []:
            found = outbox.unpark(pk, now=now)
            self.stdout.write(f"{pk}: {'will be tried again' if found else 'was not parked'}")
        self.stdout.write(f"Due now: {outbox.open_messages(now).count()}. Parked: {outbox.parked().count()}.")
        for message in outbox.parked():
            self.stdout.write(
                f"{message.pk}  {message.topic}  {message.key}  {message.attempts} tries  {message.error}"
            )
