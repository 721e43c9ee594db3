"""Long lists come in pages of one length, so that a page costs the same in a county of any size."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS = 25
Row = TypeVar("Row")


class Rows(Generic[Row]):
    """A list of which each page is asked for by itself: `cut(first)` reads ROWS rows from there on, however few are left, so
    that the question stays the same; `count` says how many there are.
    """

    def __init__(self, cut: Callable[[int], Iterable[Row]], count: Callable[[], int]) -> None:
        self._cut, self._count = cut, count

    def count(self) -> int:
        return self._count()

    def __getitem__(self, part: slice) -> Iterable[Row]:
        return self._cut(part.start)


def page_of(request: HttpRequest, rows: Any, *, length: int = ROWS) -> "Page[Any]":
    """The page of a list that the address asks for; the nearest one where it asks for none that is there."""
    return Paginator(rows, length).get_page(request.GET.get("page"))
