"""Long statements that return on every page are told to the server once a connection, and called by name from then on:
PostgreSQL takes longer to plan them than to run them.
"""

from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections

KINDS = {int: "bigint", str: "text", date: "date", datetime: "timestamptz"}
MOST_KEPT = 300  # plans a connection holds; what comes later is planned each time
Values = tuple[Any, ...]
_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def call(sql: str, values: Values, *, using: str) -> tuple[str, Values]:
    """What to execute instead of this statement, whose values are of KINDS. Literals stand in the SQL itself."""
    connections[using].ensure_connection()
    connection = connections[using].connection
    names = _names.setdefault(connection, {})
    name = names.get(sql)
    if name is None:
        if len(names) >= MOST_KEPT:
            return sql, values
        name = names[sql] = _told(connection, f"kept_{len(names)}", sql, values)
    return f"EXECUTE {name}" + (f" ({', '.join(['%s'] * len(values))})" if values else ""), values


def with_literals(sql: str, parameters: Values, places: set[int], *, using: str) -> str:
    """The statement with every parameter written into it but those at these places."""
    connections[using].ensure_connection()
    with connections[using].connection.cursor() as cursor:
        written = [
            "%s" if place in places else cursor.mogrify("%s", [value]).decode().replace("%", "%%")
            for place, value in enumerate(parameters)
        ]
    return sql.replace("%%", "%%%%") % tuple(written)


def _told(connection: Any, name: str, sql: str, values: Values) -> str:
    kinds = ", ".join(KINDS[type(value)] for value in values)
    numbered = sql % tuple(f"${number}" for number in range(1, len(values) + 1))
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE {name}{f' ({kinds})' if kinds else ''} AS {numbered}")
    return name
