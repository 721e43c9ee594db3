"""Screens that follow: the browser names what it shows, and hears of it only when it has changed."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 when the browser shows exactly this already; None when it must be told."""
    if request.headers.get("If-None-Match") == tag:
        return with_tag(HttpResponseNotModified(), tag)
    return None


def with_tag(response: HttpResponse, tag: str) -> HttpResponse:
    """Name what the answer shows. It is still kept nowhere: Cache-Control stays no-store."""
    response.headers["ETag"] = tag
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
