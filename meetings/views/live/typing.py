"""Notes and outcome: autosave, the page that shows two texts, the history of what was saved."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from core import readings
from core.formats import clock
from core.verdicts import require
from meetings.forms import live as forms
from meetings.models import AgendaItem, NoteField
from meetings.permissions import live as may
from meetings.queries import texts
from meetings.queries.texts import Compared
from meetings.services import notes
from meetings.services.notes import Words
from meetings.sharing import may_be_shared
from meetings.views.scope import item_of, meeting_of

FORMS = {NoteField.NOTES: forms.Notes, NoteField.OUTCOME: forms.Ending}


@require_POST
def save(request: UserRequest, slug: str, on: date, pk: int, field: str) -> HttpResponse:
    """Keep what was typed. 409 with both texts when somebody else was quicker: a piece for HTMX, a page without."""
    item, kind = _item(request, slug, on, pk), _field(field)
    require(may.may_write_item(request.user, item))
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _trouble(request, item, kind, "This page is out of date. Copy your words, open it again and save them.")
    words = Words(form.cleaned_data["text"], form.cleaned_data.get("kind", ""))
    sent = {"version": form.cleaned_data["version"], "client": form.cleaned_data["client"]}
    now = timezone.now()
    try:
        version = notes.save(item_id=item.pk, field=kind, words=words, by=request.user, now=now, **sent)
    except notes.Clash as clash:
        return _clash(request, item, kind, texts.compared(clash.theirs, clash.mine.text, clash.mine.kind))
    except (notes.TooLong, notes.OutOfStep) as error:
        return _trouble(request, item, kind, str(error))
    if not request.htmx:
        messages.success(request, f"Saved at {clock(now)}")
        return _back(item)
    response = render(request, "meetings/live/_saved.html", {"field": kind, "version": version, "item": item})
    response.headers["X-Saved-At"] = clock(now)
    return response


@require_http_methods(["GET", "POST"])
def clash(request: UserRequest, slug: str, on: date, pk: int, field: str) -> HttpResponse:
    """Words of mine that are not saved, beside theirs; POST says which are kept."""
    item, kind = _item(request, slug, on, pk), _field(field)
    require(may.may_write_item(request.user, item))
    if request.method == "POST":
        return _settle(request, item, kind)
    draft = texts.draft_of(request.user, item, kind)
    newest = texts.newest(item, kind)
    if draft is None or newest is None:
        return _back(item)
    return _clash(request, item, kind, texts.compared(newest, draft.text, draft.outcome_kind), status=200)


@may_be_shared
@require_safe
def history(request: UserRequest, slug: str, on: date, pk: int, field: str) -> HttpResponse:
    """Every save that was taken, the newest first."""
    item, kind = _item(request, slug, on, pk), _field(field)
    require(may.may_write_item(request.user, item))
    readings.note(request, item, how="viewed history")
    context = {"meeting": item.meeting, "item": item, "field": kind, "saves": texts.history(item, kind)}
    return render(request, "meetings/live/history.html", context)


@require_POST
def restore(request: UserRequest, slug: str, on: date, pk: int, field: str, version: int) -> HttpResponse:
    """Make an earlier save the newest."""
    item, kind = _item(request, slug, on, pk), _field(field)
    if not texts.has(item, kind, version):
        raise Http404
    notes.restore(item_id=item.pk, field=kind, version=version, by=request.user, now=timezone.now())
    messages.success(request, "Brought back. What stood here before is still in the history.")
    return _back(item)


def _settle(request: UserRequest, item: AgendaItem, field: NoteField) -> HttpResponse:
    form = forms.Settle(request.POST)
    if not form.is_valid() or not texts.has(item, field, form.cleaned_data["seen"]):
        return _trouble(request, item, field, "Choose which words you keep.")
    chosen = form.cleaned_data
    mine = Words(chosen["mine"], chosen["mine_kind"])
    try:
        notes.settle(
            item_id=item.pk, field=field, mine=mine, choice=chosen["choice"], seen=chosen["seen"],
            client=chosen["client"], by=request.user, now=timezone.now(),
        )  # fmt: skip
    except notes.Clash as again:
        return _clash(request, item, field, texts.compared(again.theirs, again.mine.text, again.mine.kind))
    except notes.TooLong as error:
        return _trouble(request, item, field, str(error))
    messages.success(request, "Saved. Both texts stay in the history.")
    return _back(item)


def _clash(
    request: UserRequest, item: AgendaItem, field: NoteField, both: Compared, *, status: int = 409
) -> HttpResponse:
    hidden = {"seen": both.theirs.version, "client": uuid4(), "mine": both.mine, "mine_kind": both.mine_kind}
    context: dict[str, Any] = {"meeting": item.meeting, "item": item, "field": field, "both": both}
    context |= {"form": forms.Settle(initial=hidden | {"choice": "both"}), "label": field.label.lower()}
    if not request.htmx:
        return render(request, "meetings/live/clash.html", context, status=status)
    response = render(request, "meetings/live/_clash.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{field.value}-clash", "innerHTML"
    return response


def _trouble(request: UserRequest, item: AgendaItem, field: NoteField, sentence: str) -> HttpResponse:
    """What cannot be saved stays on the page; the sentence says what to do."""
    context = {"meeting": item.meeting, "item": item, "field": field, "sentence": sentence}
    context |= {"typed": request.POST.get("text", request.POST.get("mine", ""))}
    if not request.htmx:
        return render(request, "meetings/live/trouble.html", context, status=422)
    response = render(request, "meetings/live/_trouble.html", context, status=422)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{field.value}-clash", "innerHTML"
    return response


def _item(request: UserRequest, slug: str, on: date, pk: int) -> AgendaItem:
    return item_of(meeting_of(request, slug, on), pk)


def _field(field: str) -> NoteField:
    try:
        return NoteField(field)
    except ValueError:
        raise Http404 from None


def _back(item: AgendaItem) -> HttpResponse:
    meeting = item.meeting
    return redirect("meetings:live-item", slug=meeting.body.slug, on=meeting.on, pk=item.pk)
