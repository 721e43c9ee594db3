"""Refuse migrations that would stop the version of the code that still runs while they are applied."""

import os
import sys

import django
from django.apps import apps
from django_migration_linter import MigrationLinter

from scripts.places import ROOT

# Applied together with the first release, when no older code can be running. Nothing may be added after it.
FIRST_RELEASE: list[str] = [
    "0001_initial",
    "0001_models",
    "0001_money",
    "0001_support",
    "0002_county_sub_icb_code",
    "0002_first_indicators",
    "0002_imports",
    "0002_live",
    "0002_notices",
    "0002_payment_days",
    "0003_board_digest",
    "0003_first_lists",
    "0003_invitations",
    "0003_outbox_leases",
    "0003_reports_and_statements",
    "0003_told_version",
    "0004_council_look",
    "0004_requests",
    "0005_award_reference",
    "0005_import_words",
    "0006_sign_in_again",
    "0006_tabs",
]


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
