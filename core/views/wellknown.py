"""What machines and finders of holes look for."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.days import begins
from core.wording import words

# RFC 9116 wants an end less than a year away; ours is reckoned anew each day, so the page never goes stale.
GOOD_FOR = timedelta(days=180)


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Where to report a hole (RFC 9116)."""
    ends = begins(timezone.localdate() + GOOD_FOR)
    lines = (
        f"Contact: mailto:{words().help_email}",
        f"Expires: {ends.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
        f"Policy: {settings.BASE_URL}/security/",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """How to tell us about a hole, in words."""
    return render(request, "core/security.html")
