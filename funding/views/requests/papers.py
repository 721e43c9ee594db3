"""Documents of a request. They are handed out as files, never shown inside a page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core import readings, uploads
from core.verdicts import require
from funding.forms.requests import UploadForm
from funding.permissions import requests as permissions
from funding.queries.decisions import item_of
from funding.services import attaching
from funding.views.requests.common import METHODS, address, found, shown, written

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
LOCKED_UP = "sandbox; default-src 'none'"


@require_http_methods(METHODS)
def everything(request: UserRequest, reference: str) -> HttpResponse:
    """The documents so far, and a place to add one."""
    one = written(request, reference)
    whole = shown(request, one)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            paper = uploads.check(form.cleaned_data["paper"])
            attaching.attach(request_id=one.pk, paper=paper, by=request.user, now=timezone.now())
        except (uploads.NotTaken, attaching.Enough, attaching.AlreadyThere) as error:
            form.add_error("paper", str(error))
        else:
            messages.success(request, "Document added")
            return redirect("funding:documents", reference=reference)
    context = {"one": one, "whole": whole, "form": form, "accept": uploads.ACCEPT}
    return render(request, "funding/documents.html", context, status=422 if form.errors else 200)


@require_safe
def download(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """One document as a file: the school, the chair, an invited professional."""
    one = found(request, reference)
    require(permissions.may_read_documents(request.user, one, item_of(one)))
    paper = get_object_or_404(one.attachments.filter(removed_at=None), pk=pk)
    readings.note(request, one, how="downloaded")
    with paper.file.open("rb") as stored:
        response = HttpResponse(stored.read(), content_type=MIME[paper.type])
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=paper.name)
    response.headers["Content-Security-Policy"] = LOCKED_UP
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(METHODS)
def remove(request: UserRequest, reference: str, pk: int) -> HttpResponse:
    """Take a document away."""
    one = written(request, reference)
    paper = get_object_or_404(one.attachments.filter(removed_at=None), pk=pk)
    if request.method == "POST":
        attaching.remove(attachment_id=pk, request_id=one.pk, by=request.user, now=timezone.now())
        messages.success(request, "Document removed")
        return redirect("funding:documents", reference=reference)
    readings.note(request, one)
    context = {
        "one": one,
        "page_title": f"Remove {paper.name}?",
        "text": "The file is deleted. That it was there stays on record.",
        "submit_text": "Remove document",
        "back_url": address("documents", one),
    }
    return render(request, "funding/confirm.html", context)
