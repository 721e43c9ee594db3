"""Walk the sealed minutes of every community and board, and say where they are not as they were sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meetings.queries import sealing


class Command(BaseCommand):
    help = "Verify that no sealed minutes were changed, taken away or put in between."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = sealing.broken()
        if broken:
            places = ", ".join(f"{minutes.meeting.body.name} on {minutes.meeting.on}" for minutes in broken)
            raise CommandError(f"Sealed minutes are not as they were sealed: {places}.")
        self.stdout.write("All sealed minutes are as they were sealed.")
