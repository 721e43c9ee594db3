"""Walk the audit chain and say where it first fails."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import audit


class Command(BaseCommand):
    help = "Verify the audit chain. With --head, also that the head kept elsewhere is still in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default=None, help="a chain head that was kept somewhere else")

    def handle(self, *_args: Any, **options: Any) -> None:
        audit.seal()
        broken = audit.verify(expected_head=options["head"])
        if broken:
            raise CommandError(f"The audit chain is broken at entry {broken.entry_id}: {broken.why}.")
        self.stdout.write(f"The audit chain is whole. Head: {audit.head()}")
