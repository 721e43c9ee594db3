"""The screen of whoever runs the meeting or takes its minutes, and the small piece of it that follows the others."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from core import readings, together
from core.verdicts import require
from meetings import pages, permissions, sharing
from meetings.forms import live as forms
from meetings.models import AgendaItem, Meeting, NoteField
from meetings.permissions import live as may
from meetings.queries import live as queries
from meetings.queries import minute_takers, recusals
from meetings.queries.register import register
from meetings.sharing import may_be_shared
from meetings.views.live.following import unchanged, with_tag
from meetings.views.scope import item_of, meeting_of


@may_be_shared
@require_safe
def live(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The open item in the middle; before the start, the button that starts the meeting."""
    meeting = meeting_of(request, slug, on)
    require(may.may_take_minutes(request.user, meeting))
    if meeting.closed_at:
        return redirect("meetings:minutes", slug=slug, on=on)
    if not meeting.is_live:
        verdict = may.may_start(request.user, meeting, now=timezone.now())
        return render(request, "meetings/live/start.html", {"meeting": meeting, "may_start": verdict})
    return _screen(request, meeting, meeting.current_item_id)


@may_be_shared
@require_safe
def item(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The same screen with another item in the middle: to finish its minutes while the meeting is elsewhere."""
    meeting = meeting_of(request, slug, on)
    require(may.may_take_minutes(request.user, meeting))
    if not meeting.is_live:
        return redirect("meetings:live", slug=slug, on=on)
    return _screen(request, meeting, item_of(meeting, pk).pk)


@may_be_shared
@require_safe
def poll(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The bars, the agenda and the people, when something changed; 304 otherwise. What is being typed is never touched."""
    meeting = meeting_of(request, slug, on)
    require(may.may_take_minutes(request.user, meeting))
    tag = queries.tag_of(meeting, request.user, request.GET.get("item", ""), sharing.hides(request))
    if same := unchanged(request, tag):
        return same
    shown = request.GET.get("item", "")
    context = _around(request, meeting, int(shown) if shown.isdecimal() else None)
    return with_tag(render(request, "meetings/live/_poll.html", context | {"etag": tag}), tag)


def _screen(request: UserRequest, meeting: Meeting, item_id: int | None) -> HttpResponse:
    context = _around(request, meeting, item_id)
    tag = queries.tag_of(meeting, request.user, item_id or "", sharing.hides(request))
    if context["item"] is not None:
        context |= _middle(request, context["item"], context["closed"])
    back = pages.closing(request.user, meeting, request.GET.get("from", ""))
    return render(request, "meetings/live/live.html", context | {"etag": tag, "back": back})


def _around(request: UserRequest, meeting: Meeting, item_id: int | None) -> dict[str, Any]:
    """Bars, agenda and people: the same for the page and for the piece that follows."""
    now = timezone.now()
    rows = queries.rows_of(meeting, recusals.facts(request.user, meeting), now=now)
    row = next((row for row in rows if row.item.pk == item_id), None)
    current = next((row.item for row in rows if row.item.pk == meeting.current_item_id), None)
    before, after = queries.neighbours(rows, current)
    recused = queries.recusals_around(current)
    people_here = register(meeting, recused)
    leave, back = queries.left_and_back(current, recused)
    return {
        "meeting": meeting,
        "over_time": now > meeting.ends_at,
        "rows": rows,
        "row": row,
        "item": row.item if row else None,
        "closed": row.closed if row else None,
        "current": current,
        "before": before,
        "after": after,
        "leave": leave,
        "returning": back,
        "register": people_here,
        "may_run": permissions.may_run(request.user, meeting),
    }


def _middle(request: UserRequest, item: AgendaItem, closed: recusals.Fact | None) -> dict[str, Any]:
    """What only the item's own pane needs; nothing of it when the person must not read the item."""
    if closed:
        return {}
    readings.note(request, item)
    kept, actions = queries.typed_by(request.user, item), queries.actions_from(item)
    takers, notes = minute_takers.of(item.meeting), queries.note_on(item)
    together.fetch(kept, actions, takers, notes)
    drafts = {draft.field: draft for draft in kept}
    mine = drafts.get(request.GET.get("mine", ""))
    typed = {
        "text": mine.text if mine and mine.field == NoteField.NOTES else item.notes,
        "version": mine.base_version if mine and mine.field == NoteField.NOTES else item.notes_version,
    }
    ended = {
        "text": mine.text if mine and mine.field == NoteField.OUTCOME else item.outcome,
        "kind": mine.outcome_kind if mine and mine.field == NoteField.OUTCOME else item.outcome_kind,
        "version": mine.base_version if mine and mine.field == NoteField.OUTCOME else item.outcome_version,
    }
    return {
        "client": uuid4(),
        "drafts": drafts,
        "notes_form": forms.Notes(initial=typed),
        "outcome_form": forms.Ending(initial=ended),
        "actions": actions,
        "takers": takers,
        "chair_note": next(iter(notes), None),
        "may_write": may.may_write_item(request.user, item),
    }
