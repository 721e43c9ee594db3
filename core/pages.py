"""Long lists come in pages of one length, so that a page costs the same in a county of any size."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS = 25


def page_of(request: HttpRequest, rows: Any, *, length: int = ROWS) -> "Page[Any]":
    """The page of a list that the address asks for; the nearest one where it asks for none that is there."""
    return Paginator(rows, length).get_page(request.GET.get("page"))
