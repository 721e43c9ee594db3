"""The log, for the data protection officer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from core.pages import page_of
from core.verdicts import require
from dashboards import permissions
from dashboards.forms import LogForm
from dashboards.queries import log as queries


@require_safe
def log(request: UserRequest) -> HttpResponse:
    """Who read and changed what, by person, request and day. A question that cannot be understood has no answer."""
    require(permissions.may_read_log(request.user))
    form = LogForm(request.GET)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        page = page_of(request, queries.entries(**form.cleaned_data))
        context |= {"page": page, "lines": list(queries.lines(page))}
    return render(request, "dashboards/log.html", context)
