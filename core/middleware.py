"""What every answer carries, and what every reading leaves behind."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from core import audit, readings
from core.once import one_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivacyHeaders:
    """Nothing is kept on a shared school computer, and no page may be used from elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class OncePerPage:
    """What a page asked once it is not asked again while it is drawn. Requests that may write remember nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with one_page():
            return self.get_response(request)


class NoZeroByte:
    """No text in PostgreSQL holds one, so who asks with one asks for nothing. Forms refuse it themselves."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in "".join(request.COOKIES.values()):
            raise BadRequest("a zero byte in the address or in a cookie")
        return self.get_response(request)


class Readings:
    """Write the readings noted by the view, once per request and only when the page was really shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400:
            for how, target in readings.noted(request):
                audit.record(action=f"read.{how}", target=target, by=request.user)  # type: ignore[arg-type]
        return response
