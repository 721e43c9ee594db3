"""Begin a new service (docs/runbooks/deploy.md): name the county and invite its first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from communities.services import beginnings


class Command(BaseCommand):
    help = (
        "Name the county and invite its first administrator, who gets an email with a link and appoints everybody else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--county", required=True, help='the council\'s county, as "Kent"')
        parser.add_argument("--la-code", required=True, help="its number at the Department for Education, as 886")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *, county: str, la_code: str, email: str, name: str, **_options: Any) -> None:
        try:
            beginnings.begin(county=county, la_code=la_code, email=email, name=name, now=timezone.now())
        except beginnings.AlreadyBegun as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{name} is invited by email to {email} and is the first administrator of {county}.")
