"""Refuse migrations that would stop the version of the code that still runs while they are applied."""

import os
import sys

import django
from django.apps import apps
from django_migration_linter import MigrationLinter

from scripts.places import ROOT

# Applied together with the first release, when no older code can be running. Nothing may be added after it.
FIRST_RELEASE: list[str] = []


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    linter = MigrationLinter(
        str(ROOT),
        include_apps=[
            app.label
            for app in apps.get_app_configs()
            if app.path.startswith(f"{ROOT}{os.sep}") and ".venv" not in app.path
        ],
        ignore_name=FIRST_RELEASE,
        ignore_initial_migrations=True,
        no_cache=True,
        quiet=["ok", "ignore", "warning"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    sys.exit(1 if linter.has_errors else 0)


if __name__ == "__main__":
    main()
