"""What several pages of money share: a page with one form, a file to keep, a paper as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from core.models import IssuedDocument
from core.pdf import print_html

METHODS = ["GET", "HEAD", "POST"]


def form_page(request: HttpRequest, form: Any, *, title: str, back: str, submit: str, **more: Any) -> HttpResponse:
    """The house's page with one form; 422 when it has errors."""
    context = {"form": form, "page_title": title, "back_url": back, "submit_text": submit, **more}
    return render(request, "form_page.html", context, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> Any:
    """What was posted, or None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def paper(document: IssuedDocument) -> HttpResponse:
    """An issued paper as a tagged PDF."""
    headers = {"Content-Disposition": f'inline; filename="{slugify(document.title)}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(print_html(document.html), content_type="application/pdf", headers=headers)
