"""Bring the database to what this version of the code expects: migrations, the cache's table, the application's rights."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.management.commands.grant_app_role import owner_alias


class Command(BaseCommand):
    help = "Migrate, create the cache table, grant rights. Safe to run again; run it before web and worker of a new version."

    def handle(self, *, verbosity: int, **_options: Any) -> None:
        owner = owner_alias()
        call_command("migrate", database=owner, interactive=False, verbosity=verbosity)
        call_command("createcachetable", database=owner, verbosity=verbosity)
        if owner != "default":
            call_command("grant_app_role", database=owner, stdout=self.stdout)
