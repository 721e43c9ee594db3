"""A shared screen shows only pages that were written for one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings import sharing

COMES_BACK = (409, 422)  # two versions, or a form with its errors
GetResponse = Callable[[HttpRequest], HttpResponse]


class SharedScreen:
    """Puts one sentence in place of a page or piece that is not made for a shared screen: of what is only read before it is
    made, of what was sent when it comes back with the words to be put right.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code in COMES_BACK and match and sharing.hides_whole(request, match.func):
            return _hidden(request, status=response.status_code)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.method not in ("GET", "HEAD") or not sharing.hides_whole(request, view):
            return None
        return _hidden(request, status=200)


def _hidden(request: HttpRequest, *, status: int) -> HttpResponse:
    page = "_hidden" if getattr(request, "htmx", False) else "hidden"
    return render(request, f"meetings/live/{page}.html", status=status)
