"""Read several lists in one question to the database: a page made of eight small parts waits once, not eight times."""

import json
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import JSONField, QuerySet

from core import statements

MOST_ARGUMENTS = 100  # of a function of PostgreSQL
MOST_KEPT = 500
Row = tuple[Any, ...]


def fetch(*lists: "QuerySet[Any, Any]") -> None:
    """Fill these querysets, as if each had been listed on its own. With `select_related`, `values_list` and slices;
    `prefetch_related` still asks its own questions. A list that was read already is left alone.
    """
    asked = [(queryset, _compiled(queryset)) for queryset in lists if queryset._result_cache is None]
    told = _ask([part for _queryset, part in asked if part is not None], using=lists[0].db)
    for queryset, part in asked:
        _fill(queryset, part, next(told) if part is not None else [])


class _Part:
    """One queryset, compiled once and answered from elsewhere."""

    def __init__(self, queryset: "QuerySet[Any, Any]") -> None:
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        kept = getattr(self.compiler, "kept", None)  # see core.prepared
        self.is_kept = kept is not None
        self.sql, self.parameters = kept or self.compiler.as_sql()
        self.readers = [_reader(expression.output_field) for expression, *_rest in self.compiler.select]

    @property
    def statement(self) -> str:
        return _as_text(self.sql, len(self.readers))

    def rows(self, told: str) -> list[Row]:
        """As the database driver would have given them."""
        return [
            tuple(value if value is None else read(value) for read, value in zip(self.readers, row, strict=True))
            for row in json.loads(told, parse_float=Decimal)
        ]


@lru_cache(maxsize=MOST_KEPT)
def _as_text(sql: str, width: int) -> str:
    """One row with one text: the rows of this list, in order, as JSON."""
    columns = [f"c{number}" for number in range(width)]
    chunks = [columns[at : at + MOST_ARGUMENTS] for at in range(0, len(columns), MOST_ARGUMENTS)]
    row = " || ".join(f"jsonb_build_array({', '.join(chunk)})" for chunk in chunks)
    names = ", ".join(columns)
    return f"SELECT COALESCE(jsonb_agg({row}), '[]')::text FROM ({sql}) AS part({names})"  # noqa: S608 -- Django's own SQL and our numbered names


def _compiled(queryset: "QuerySet[Any, Any]") -> _Part | None:
    try:
        return _Part(queryset)
    except EmptyResultSet:
        return None


def _reader(field: Any) -> Callable[[Any], Any]:
    """From JSON to what the driver gives for a column of this kind."""
    read: Callable[[Any], Any] = json.dumps if isinstance(field, JSONField) else field.to_python
    return read


def _ask(parts: Sequence[_Part], *, using: str) -> Iterator[list[Row]]:
    if not parts:
        return
    sql = "SELECT " + ", ".join(f"({part.statement})" for part in parts)
    values = tuple(value for part in parts for value in part.parameters)
    if all(part.is_kept for part in parts):
        sql, values = statements.call(sql, values, using=using)
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        answer = cursor.fetchone()
    for part, told in zip(parts, answer, strict=True):
        yield part.rows(told)


def _fill(queryset: "QuerySet[Any, Any]", part: _Part | None, rows: list[Row]) -> None:
    """Let Django make its objects of the rows. Its iterables ask their query for a compiler; they get ours."""
    if part is None:
        queryset._result_cache = []
        return
    answered = copy(queryset.query)
    part.compiler.execute_sql = lambda *_args, **_kwargs: [rows]
    answered.get_compiler = lambda *_args, **_kwargs: part.compiler  # type: ignore[method-assign]
    # Not `query`: setting that would turn lists of values into dictionaries.
    asked, queryset.__dict__["_query"] = queryset.query, answered
    try:
        queryset._fetch_all()
    finally:
        queryset.__dict__["_query"] = asked
