"""Sessions end when unused for a while and after a working day; money and pupils want a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class IdleAndAbsoluteTimeout:
    """Placeholder wiring: grown by the accounts slice."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SecondFactor(IdleAndAbsoluteTimeout):
    """Placeholder wiring: grown by the accounts slice."""
