"""What every page of a request needs: find it from the person, load it whole, note that it was read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.http import UserRequest
from core import readings
from core.verdicts import require
from funding.models import FundingRequest
from funding.permissions import requests as permissions
from funding.queries import scope
from funding.queries.whole import Whole, read
from meetings import pages
from meetings.closing import FROM_CLOSING
from meetings.models import AgendaItem

METHODS = ["GET", "HEAD", "POST"]


def found(request: UserRequest, reference: str) -> FundingRequest:
    """The request behind a reference, if this person can reach it; 404 otherwise."""
    if not reference.isascii():
        raise Http404
    one = next(iter(scope.with_reference(request.user, reference)), None)
    if one is None:
        raise Http404
    return one


def written(request: UserRequest, reference: str) -> FundingRequest:
    """The request, for a page that changes its words; 403 with the sentence when it may not."""
    one = found(request, reference)
    require(permissions.may_write(request.user, one))
    return one


def shown(request: HttpRequest, one: FundingRequest) -> Whole:
    """Everything in it, and a note in the log that this person has seen it."""
    readings.note(request, one)
    return read(one)


def back_to(request: UserRequest, one: FundingRequest, item: AgendaItem | None) -> pages.Page:
    """Where the person came from: the item, live for who runs the meeting; the request when it is on no agenda."""
    if item is None:
        return pages.Page(one.get_absolute_url(), one.reference)
    return pages.of_item(request.user, item, request.GET.get("from", ""))


def onward(request: UserRequest, url: str) -> str:
    """The next page of the same task, which still knows where the person came from."""
    return url + FROM_CLOSING if request.GET.get("from") == "close" else url


def sent(request: HttpRequest) -> Any:
    """What was posted, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def address(name: str, one: FundingRequest, *args: object) -> str:
    """The address of a page of this request."""
    return reverse(f"funding:{name}", args=[one.reference, *args])


def form_page(request: HttpRequest, one: FundingRequest, form: Any, **words: Any) -> HttpResponse:
    """The house's page with one form; 422 when it is not taken. `words`: page_title, submit_text, back_url, intro."""
    context = {
        "form": form,
        "caption": one.reference,
        "back_url": one.get_absolute_url(),
        "back_text": one.reference,
        **words,
    }
    return render(request, "form_page.html", context, status=422 if form.is_bound else 200)
