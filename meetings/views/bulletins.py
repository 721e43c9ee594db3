"""Bulletins as communities read them, and the chair's acknowledgement."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core.htmx import page_or_fragment
from core.pages import page_of
from core.verdicts import require
from meetings import permissions
from meetings.forms import board as forms
from meetings.queries import bulletins as queries
from meetings.services import bulletins as services
from meetings.views.scope import METHODS, form_page, sent


@require_safe
def for_readers(request: UserRequest) -> HttpResponse:
    """What boards wrote to my communities; what I have to acknowledge as a chair stands first."""
    page = page_of(request, queries.read_by(request.user))
    waiting = queries.to_acknowledge(request.user, on=timezone.localdate())
    return render(request, "meetings/bulletins_read.html", {"page": page, "waiting": waiting})


@require_safe
def bulletin(request: UserRequest, pk: int) -> HttpResponse:
    """One bulletin: its words for everybody, who has taken note for the board that wrote it."""
    found = queries.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    writes = permissions.may_write_bulletin(request.user, found)
    mine = [(c, late) for b, c, late in queries.to_acknowledge(request.user, on=timezone.localdate()) if b.pk == pk]
    context = {
        "bulletin": found,
        "writes": writes,
        "noted": queries.who_has_noted(found) if writes and found.published_at else [],
        "mine": mine,
        "may_edit": permissions.may_edit_bulletin(request.user, found),
        "may_withdraw": permissions.may_withdraw_bulletin(request.user, found),
        "today": timezone.localdate(),
        "desk": f"/board/bulletins/{pk}/",
    }
    return page_or_fragment(request, "meetings/bulletin.html", "meetings/_bulletin.html", context)


@require_http_methods(METHODS)
def acknowledge(request: UserRequest, pk: int, slug: str) -> HttpResponse:
    """The chair takes note for one community, and says at which meeting members heard of it."""
    found = queries.visible_to(request.user).filter(pk=pk).first()
    community = queries.audience_of(found).filter(slug=slug).first() if found else None
    if found is None or community is None:
        raise Http404
    require(permissions.may_acknowledge(request.user, found, community))
    form = forms.Acknowledge(sent(request), meetings=forms.heard_at(queries.held_meetings(community)))
    if form.is_valid():
        told = form.cleaned_data["meeting"]
        services.acknowledge(
            bulletin_id=pk, community_id=community.pk,
            told_at_meeting_id=None if told == forms.NOT_YET else int(told),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"Acknowledged for {community.name}")
        return redirect("meetings:bulletins-read")
    return form_page(
        request, form, title=f"Acknowledge for {community.name}", caption=found.title, back=found.get_absolute_url(),
        submit="Acknowledge",
    )  # fmt: skip
