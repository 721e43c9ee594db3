"""Write a question once. Django builds and compiles a queryset anew each time it is asked, which takes longer than
PostgreSQL takes to answer; a prepared question keeps its SQL and is given other values (see docs/adr/prepared-questions.md).
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import wraps
from itertools import count
from threading import RLock
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from core import statements

P = ParamSpec("P")
Q = TypeVar("Q", bound="QuerySet[Any, Any]")
FIRST, SERIES, MOST_SERIES = 1 << 30, 1 << 16, 16_000  # stand-ins fit into four bytes
MOST_KEPT = 100  # shapes of one question, up to 0.2 MB each; the oldest goes first
_writing = RLock()  # a question may ask another while it is written
Statement = tuple[str, tuple[Any, ...]]


class Fixed(NamedTuple):
    """Part of an argument that shapes the question and is no value of it."""

    what: Any


class NotPrepared(TypeError):
    """A question whose SQL does not stay the same, or which does not hand its values to the database as they are."""


def prepared(question: Callable[P, Q]) -> Callable[P, Q]:
    """Keep the SQL of a function that returns a queryset.

    Positional arguments are values: numbers, texts, days, moments, rows (of which only the key may be looked at), and
    tuples of them. They must reach the database as they are. What is `Fixed`, enumerations, truths, None and
    everything given by name shape the question: each shape has its own SQL. The answer is read, not filtered further.
    """
    plans: dict[Any, _Plan] = {}

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> Q:
        values = _Values()
        named = [(name, type(value), value) for name, value in sorted(kwargs.items())]  # True is 1, but not in SQL
        shape = (tuple([values.take(arg) for arg in args]), *named)
        plan = plans.get(shape)
        if plan is None:
            with _writing:
                plan = plans[shape] = _plan(question, args, kwargs)
                if len(plans) > MOST_KEPT:
                    del plans[next(iter(plans))]
        found = cast(Q, plan.queryset(values))
        if settings.COMPARE_PREPARED:
            _compare(question(*args, **kwargs), plan.statement(values))
        return found

    return ask


@dataclass
class _Values:
    """The single values among the arguments, in order, and which of them are keys of rows."""

    flat: list[Any] = field(default_factory=list)
    rows: dict[int, Model] = field(default_factory=dict)

    def take(self, value: Any) -> Any:
        """Note the values in it; the answer is its shape."""
        if _shapes(value):
            return value
        kind = type(value)
        if kind in _SINGLE:
            self.flat.append(value)
            return kind
        if isinstance(value, Model):
            self.rows[len(self.flat)] = value
            self.flat.append(value.pk)
            return value.__class__  # which sees through the wrapper of `request.user`
        return (kind, *[self.take(part) for part in _parts(value)])


def _shapes(value: Any) -> bool:
    """Whether it belongs to the question and is no value of it."""
    return value is None or isinstance(value, (bool, Enum, Fixed))


def _parts(value: Any) -> Sequence[Any]:
    if isinstance(value, (tuple, list)):
        return value
    raise NotPrepared(f"{type(value).__name__} can be no value of a prepared question")


class _StandIns:
    """Values that stand for others while a question is written. No two are equal, nor those of two series: what is
    remembered of one question on a page is not taken for another's. Series begin at multiples of a power of two, so that
    sets of stand-ins keep their order.
    """

    series = count()

    def __init__(self) -> None:
        self.first = FIRST + next(self.series) % MOST_SERIES * SERIES
        self.made: dict[tuple[type, Any], int] = {}

    def of(self, value: Any) -> Any:
        if _shapes(value):
            return value
        kind = type(value)
        if kind in _SINGLE:
            return self._new(kind)
        if isinstance(value, Model):
            return value.__class__.from_db(None, [value._meta.pk.attname], [self._new(type(value.pk))])
        parts = [self.of(part) for part in _parts(value)]
        return kind(*parts) if hasattr(value, "_fields") else kind(parts)

    def _new(self, kind: type) -> Any:
        number = len(self.made)
        made = _SINGLE[kind](self.first + number)
        self.made[(kind, made)] = number
        return made

    def place_of(self, value: Any) -> int | None:
        """Which of the values this stands for; None for anything else."""
        return self.made.get((type(value), value)) if type(value) in _SINGLE else None


_SINGLE: dict[type, Callable[[int], Any]] = {
    int: int,
    str: "stands for {}".format,
    date: lambda number: date(5000, 1, 1) + timedelta(days=(number - FIRST) % 1_800_000),
    datetime: lambda number: datetime(5000, 1, 1, tzinfo=UTC) + timedelta((number - FIRST) % 1_800_000, number),
}


@dataclass
class _Plan:
    """One question in one shape. `places` are (place among the parameters, number of the value)."""

    template: "QuerySet[Any, Any]"
    compiler: SQLCompiler | None  # None: nothing can be found, whatever the values
    written: Statement = ("", ())
    places: Sequence[tuple[int, int]] = ()
    known: Sequence[tuple[Any, int]] = ()
    sql: str = ""  # with every parameter in it but the values

    def queryset(self, values: _Values) -> "QuerySet[Any, Any]":
        """The question with these values, not asked yet."""
        if self.compiler is None:
            return self.template.none()
        using, chosen = self.template.db, tuple([values.flat[number] for _place, number in self.places])
        compiler = copy(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_args, **_kwargs: statements.call(self.sql, chosen, using=using)  # type: ignore[method-assign]
        compiler.kept = (self.sql, chosen)  # type: ignore[attr-defined]  # for core.together
        known = {
            relation: {values.flat[number]: values.rows[number]}
            for relation, number in self.known
            if number in values.rows
        }
        return _with(self.template, compiler, known)

    def statement(self, values: _Values) -> Statement | None:
        """As Django would write it."""
        if self.compiler is None:
            return None
        parameters = list(self.written[1])
        for place, number in self.places:
            parameters[place] = values.flat[number]
        return self.written[0], tuple(parameters)


def _with(template: "QuerySet[Any, Any]", compiler: SQLCompiler, known: dict[Any, Any]) -> "QuerySet[Any, Any]":
    """The queryset as it is, answered by this compiler. Made by hand: Django's own copying is what this module saves."""
    query = object.__new__(type(template.query))
    query.__dict__ = {**template.query.__dict__, "get_compiler": lambda *_args, **_kwargs: compiler, "clone": _complete}
    found = object.__new__(type(template))
    found.__dict__ = {**template.__dict__, "_query": query, "_known_related_objects": known}
    return found


def _complete() -> None:
    raise NotPrepared("a prepared question is complete: filter, order and cut inside the function that writes it")


def _plan(question: Callable[..., "QuerySet[Any, Any]"], args: Any, kwargs: dict[str, Any]) -> _Plan:
    """Written twice with other stand-ins: the SQL must be the same, and only whole values may differ."""
    one, other = _StandIns(), _StandIns()
    template, again = (question(*series.of(args), **kwargs) for series in (one, other))
    compiler = template.query.get_compiler(using=template.db)
    written, second = _statement(compiler), _statement(again.query.get_compiler(using=again.db))
    if written is None or second is None:
        return _Plan(template, None)
    places = list(_places(written, second, one, other))
    known = [
        (relation, one.made[(type(pk), pk)])
        for relation, rows in template.__dict__["_known_related_objects"].items()
        for pk in rows
    ]
    sql = statements.with_literals(*written, {place for place, _number in places}, using=template.db)
    return _Plan(template, compiler, written, places, known, sql)


def _statement(compiler: SQLCompiler) -> Statement | None:
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(parameters)


def _places(one: Statement, other: Statement, series: _StandIns, others: _StandIns) -> Iterator[tuple[int, int]]:
    if one[0] != other[0]:
        raise NotPrepared(f"the SQL changes with its values: {one[0]}")
    for place, (value, second) in enumerate(zip(one[1], other[1], strict=True)):
        number = series.place_of(value)
        if number != others.place_of(second) or (number is None and value != second):
            raise NotPrepared(f"{value!r} is not handed on as it is in {one[0]}")
        if number is not None:
            yield place, number


def _compare(question: "QuerySet[Any, Any]", kept: Statement | None) -> None:
    """In tests: what was kept is what would have been written now."""
    written = _statement(question.query.get_compiler(using=question.db))
    if _sorted(written) != _sorted(kept):
        raise NotPrepared(f"kept: {kept}\nwritten now: {written}")


def _sorted(statement: Statement | None) -> Any:
    """Sets have no order, so the values they hand on have none."""
    return statement and (statement[0], sorted(map(repr, statement[1])))
