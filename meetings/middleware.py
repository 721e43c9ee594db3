"""A shared screen shows only pages that were written for one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meetings import sharing

GetResponse = Callable[[HttpRequest], HttpResponse]


class SharedScreen:
    """Puts one sentence in place of a page or piece that is not made for a shared screen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not sharing.hides_whole(request, view):
            return None
        page = "_hidden" if getattr(request, "htmx", False) else "hidden"
        return render(request, f"meetings/live/{page}.html")
