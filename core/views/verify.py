"""Is this paper ours, and are its words still those that were issued? For anybody who holds it, signed in or not."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import documents


@login_not_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code from the foot of the paper; the answer has its own address."""
    if code := documents.tidy_code(request.GET.get("code", "")):
        return redirect("core:verified", code=code)
    wrong = "code" in request.GET
    return render(
        request,
        "core/verify.html",
        {"has_errors": wrong},
        status=422 if wrong else 200,
    )


@login_not_required
@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """Title, date and whether the words are whole; never the words themselves."""
    paper = documents.with_code(code)
    if paper is None:
        return render(request, "core/verify_unknown.html", {"code": code}, status=404)
    seen = {"paper": paper, "whole": documents.is_whole(paper)}
    return render(request, "core/verified.html", seen)
