"""One address, a page or a fragment: say so to caches and to the back button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page_or_fragment(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render `fragment` for an HTMX request and `page` otherwise, with `Vary: HX-Request`."""
    asked_by_htmx = getattr(request, "htmx", False)
    response = render(request, fragment if asked_by_htmx else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
