"""Several counts for the price of one query: a home page has few queries and many figures."""

from typing import Any

from django.db.models import Count, QuerySet, Value

MOST = 2_000


def counts(**rows: "QuerySet[Any]") -> dict[str, int]:
    """How many rows each query finds: `counts(people=..., schools=...)["people"]`."""
    first, *others = [_one(name, found) for name, found in rows.items()]
    return dict.fromkeys(rows, 0) | dict(first.union(*others, all=True))


def up_to_most(rows: "QuerySet[Any]") -> int | str:
    """How many rows there are; "more than 2,000" of a list that has no end, so that counting takes no time."""
    number = rows.order_by()[: MOST + 1].count()
    return number if number <= MOST else f"more than {MOST:,}"


def _one(name: str, found: "QuerySet[Any]") -> "QuerySet[Any, tuple[str, int]]":
    named = found.order_by().annotate(of=Value(name)).values("of")
    counted: QuerySet[Any, tuple[str, int]] = named.annotate(many=Count("*")).values_list("of", "many")
    return counted
