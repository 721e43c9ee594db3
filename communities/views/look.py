"""The council's colours and logo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from communities import permissions
from communities.forms.look import Look
from communities.queries import registers
from communities.services.look import set_look
from communities.views.county import METHODS, _page
from core.verdicts import require
from core.wording import words


@require_http_methods(METHODS)
def look(request: UserRequest) -> HttpResponse:
    """Two colours and a logo."""
    require(permissions.may_administer(request.user))
    sent = request.method == "POST"
    known = registers.words_now(words()) | {"logo": None}
    form = Look(request.POST if sent else None, request.FILES if sent else None, initial=known)
    if form.is_valid():
        set_look(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Colours and logo saved")
        return redirect("communities:look")
    return _page(request, form, title="Colours and logo", back="/county/", submit="Save colours and logo")
