"""Empty the database between transactional tests although append-only tables refuse TRUNCATE.

Only a superuser may switch triggers off like this; the service's own role cannot.
"""

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections


class Command(Flush):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            super().handle(**options)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")
