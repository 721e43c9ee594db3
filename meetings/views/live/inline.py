"""Agreed at an item, on the spot: an action, a word to the board, the chair's own note."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from core.htmx import page_or_fragment
from core.idempotency import KeyReused
from core.verdicts import require
from meetings.forms import live as forms
from meetings.models import Action, AgendaItem
from meetings.permissions import live as may
from meetings.queries import people
from meetings.services import inline, items
from meetings.services.actions import NotAMember
from meetings.sharing import may_be_shared
from meetings.views.scope import item_of, meeting_of


@require_http_methods(["GET", "POST"])
def action(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Agree an action with an owner and a day."""
    item = item_of(meeting_of(request, slug, on), pk)
    require(may.may_write_item(request.user, item))
    form = _action_form(request, item)
    if form.is_valid():
        given = form.cleaned_data
        try:
            inline.agree(
                key=given["key"], item_id=item.pk, title=given["title"], owner_id=given["owner"].pk,
                due_on=given["due_on"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except (NotAMember, KeyReused) as error:
            form.add_error("owner", str(error))
        else:
            return _agreed(request, item)
    context = {"meeting": item.meeting, "item": item, "action_form": form, "actions": _actions(item)}
    status = 422 if form.is_bound else 200
    return page_or_fragment(request, "meetings/live/action.html", "meetings/live/_actions.html", context, status=status)


@require_http_methods(["GET", "POST"])
def tell_board(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Send something of this item up to the board."""
    item = item_of(meeting_of(request, slug, on), pk)
    require(may.may_tell_board(request.user, item))
    form = forms.TellBoard(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            inline.tell_board(item_id=item.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except KeyReused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Sent to the board")
            return _back(item)
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "meetings/live/tell_board.html", context, status=422 if form.is_bound else 200)


@may_be_shared
@require_http_methods(["GET", "POST"])
def chair_note(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Words for the chair's eyes only."""
    item = item_of(meeting_of(request, slug, on), pk)
    require(may.may_write_chair_note(request.user, item))
    before = {"text": item.chair_note.text} if hasattr(item, "chair_note") else {}
    form = forms.ChairNoteForm(request.POST) if request.method == "POST" else forms.ChairNoteForm(initial=before)
    if form.is_valid():
        items.write_note(item_id=item.pk, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
        return _back(item)
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "meetings/live/chair_note.html", context, status=422 if form.is_bound else 200)


def _agreed(request: UserRequest, item: AgendaItem) -> HttpResponse:
    """The list with the new action."""
    if not request.htmx:
        messages.success(request, "Action agreed")
        return _back(item)
    context = {"meeting": item.meeting, "item": item, "actions": _actions(item), "agreed": True}
    return render(request, "meetings/live/_actions.html", context)


def _action_form(request: UserRequest, item: AgendaItem) -> forms.ActionForm:
    sent, today = request.POST if request.method == "POST" else None, timezone.localdate()
    return forms.ActionForm(sent, owners=people.who_may_own(item.meeting.body, on=today), today=today)


def _actions(item: AgendaItem) -> "QuerySet[Action]":
    return item.actions.select_related("owner").order_by("pk")


def _back(item: AgendaItem) -> HttpResponse:
    meeting = item.meeting
    return redirect("meetings:live-item", slug=meeting.body.slug, on=meeting.on, pk=item.pk)
