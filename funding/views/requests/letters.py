"""The decision letter as a page and as a tagged PDF, for the school and in the edition for parents."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from core import readings
from core.models import IssuedDocument
from core.verdicts import require
from funding import letters
from funding.models import FundingRequest
from funding.permissions import decisions as permissions
from funding.queries import decisions
from funding.views.pages import paper
from funding.views.requests.common import found

EDITIONS = {"school": letters.FULL, "parents": letters.PARENT}


@require_safe
def letter(request: UserRequest, reference: str, edition: str) -> HttpResponse:
    """The words of the letter on a page."""
    one, document = _found(request, reference, edition)
    other = "parents" if edition == "school" else "school"
    context = {
        **document.context,
        "one": one,
        "document": document,
        "body": "funding/_letter.html" if edition == "school" else "funding/_letter_parent.html",
        "edition": edition,
        "other": other if (edition == "school" and one.wants_pupils) or edition == "parents" else "",
    }
    return render(request, "funding/letter.html", context)


@require_safe
def pdf(request: UserRequest, reference: str, edition: str) -> HttpResponse:
    """The letter as it was issued, printed."""
    _one, document = _found(request, reference, edition, how="downloaded")
    return paper(document)


def _found(
    request: UserRequest, reference: str, edition: str, *, how: str = "viewed"
) -> tuple[FundingRequest, IssuedDocument]:
    one = found(request, reference)
    require(permissions.may_read_letter(request.user, one))
    decision = decisions.standing(one)
    document = letters.of(decision, edition=EDITIONS.get(edition, "")) if decision else None
    if document is None:
        raise Http404
    readings.note(request, one, how=how)
    return one, document
