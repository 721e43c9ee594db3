"""The sample county of the demo. Does nothing where there is a county already."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dashboards.sample.build import build, is_built


class Command(BaseCommand):
    help = "Build the made-up county of Wealdshire, through the services. Only in demo mode."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("The sample county is for the demo only: set DEMO=1.")
        if is_built():
            self.stdout.write("There is a county already.")
            return
        with transaction.atomic():
            build(timezone.now(), lambda words: self.stdout.write(f"  {words}"))
