"""Give the service's database role its rights: everything on ordinary tables, reading and adding on append-only ones."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

ONLY_READ = ("django_migrations",)


class Command(BaseCommand):
    help = (
        "Grant the application's role its rights on every table. Run after each migration, as the owner of the tables."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default=settings.APPLICATION_ROLE, help="unless named, the role of DATABASE_URL")

    def handle(self, *, role: str, verbosity: int, **_options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            refuse_unknown(cursor, role)
            name = connection.ops.quote_name(role)
            for statement in statements(name, append_only=append_only_tables(), only_read=ONLY_READ):
                cursor.execute(statement)
        if verbosity:
            self.stdout.write(f"{role} may work, and may not rewrite {len(append_only_tables())} append-only tables.")


def append_only_tables() -> list[str]:
    """The tables of every model that says `append_only = True`."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def refuse_unknown(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
    row = cursor.fetchone()
    if row is None:
        raise CommandError(f"There is no database role {role!r}: run scripts/roles.sql as a superuser first.")
    if row[0]:
        raise CommandError(
            f"{role!r} owns the tables itself. Name the owner in MIGRATE_DATABASE_URL, and another role in DATABASE_URL."
        )


def statements(role: str, *, append_only: list[str], only_read: tuple[str, ...]) -> list[str]:
    """In one transaction, so that there is no moment with too many rights or too few."""
    everything = "ALL TABLES IN SCHEMA public"
    return [
        f"REVOKE ALL ON {everything} FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {everything} TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f'REVOKE UPDATE, DELETE ON "{table}" FROM {role}' for table in append_only),
        *(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {role}' for table in only_read),
    ]
