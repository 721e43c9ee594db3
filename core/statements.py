"""Long statements that return on every page are told to the server once a connection, and called by name from then on:
PostgreSQL takes longer to plan them than to run them.
"""

from datetime import date, datetime
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections

KINDS = {int: "bigint", str: "text", date: "date", datetime: "timestamptz"}
MOST_KEPT = 100  # plans a connection holds, up to 0.5 MB each at the server; what comes later is planned each time
Values = tuple[Any, ...]
_numbers = count()
_names: WeakKeyDictionary[Any, dict[tuple[str, ...], str]] = WeakKeyDictionary()


def call(sql: str, values: Values, *, using: str) -> tuple[str, Values]:
    """What to execute instead of this statement, whose values are of KINDS. Literals stand in the SQL itself."""
    names = _names.setdefault(_open(using), {})
    wanted = (sql, *[KINDS[type(value)] for value in values])
    name = names.get(wanted)
    if name is None:
        if len(names) >= MOST_KEPT:
            return sql, values
        name = names[wanted] = _told(*wanted, using=using)
    return f"EXECUTE {name}" + (f" ({', '.join(['%s'] * len(values))})" if values else ""), values


def with_literals(sql: str, parameters: Values, places: set[int], *, using: str) -> str:
    """The statement with every parameter written into it but those at these places."""
    with _open(using).cursor() as cursor:
        written = [
            "%s" if place in places else cursor.mogrify("%s", [value]).decode().replace("%", "%%")
            for place, value in enumerate(parameters)
        ]
    return sql.replace("%%", "%%%%") % tuple(written)


def _open(using: str) -> Any:
    """The connection of the driver. Django looks whether it is alive before its first cursor: too late for a name told before."""
    connections[using].close_if_health_check_failed()
    connections[using].ensure_connection()
    return connections[using].connection


def _told(sql: str, *kinds: str, using: str) -> str:
    name = f"kept_{next(_numbers)}"  # never one that was told while somebody stopped us
    taken = f" ({', '.join(kinds)})" if kinds else ""
    numbered = sql % tuple(f"${number}" for number in range(1, len(kinds) + 1))
    with connections[using].wrap_database_errors, connections[using].connection.cursor() as cursor:
        cursor.execute(f"PREPARE {name}{taken} AS {numbered}")
    return name
