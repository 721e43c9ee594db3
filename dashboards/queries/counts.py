"""Several counts for the price of one query: a home page has few queries and many figures."""

from typing import Any

from django.db.models import Count, QuerySet, Value


def counts(**rows: "QuerySet[Any]") -> dict[str, int]:
    """How many rows each query finds: `counts(people=..., schools=...)["people"]`."""
    first, *others = [_one(name, found) for name, found in rows.items()]
    return dict.fromkeys(rows, 0) | dict(first.union(*others, all=True))


def _one(name: str, found: "QuerySet[Any]") -> "QuerySet[Any, tuple[str, int]]":
    named = found.order_by().annotate(of=Value(name)).values("of")
    counted: QuerySet[Any, tuple[str, int]] = named.annotate(many=Count("*")).values_list("of", "many")
    return counted
