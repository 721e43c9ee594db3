"""Bring the database to what this version of the code expects: migrations, the cache's table, the application's rights."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Migrate, create the cache table, grant rights. Safe to run again; run it before web and worker of a new version."

    def handle(self, *, verbosity: int, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
        if connection.settings_dict["USER"] != settings.APPLICATION_ROLE:
            call_command("grant_app_role", stdout=self.stdout, verbosity=verbosity)
