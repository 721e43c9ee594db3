"""The council's own colours and logo, for every page and everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.wording import words

A_DAY = 86_400


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def theme(_request: HttpRequest) -> HttpResponse:
    """The custom properties the style sheet is built on. The address changes when the colours do."""
    look = words()
    rules = f":root{{--council-brand:{look.brand_colour};--govuk-brand-colour:{look.brand_colour};"
    return HttpResponse(f"{rules}--council-accent:{look.accent_colour}}}", content_type="text/css")


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_DAY)
def logo(_request: HttpRequest) -> HttpResponse:
    """The logo as it was uploaded: a PNG, and nothing the browser may take for anything else."""
    look = words()
    if not look.logo:
        raise Http404("no logo")
    with look.logo.open() as picture:
        return HttpResponse(picture.read(), content_type="image/png")
