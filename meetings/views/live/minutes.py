"""The minutes: the page, its printed twin, sending, correcting, approving, and the note beside sealed ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from accounts.models import User
from core import documents, pdf, readings
from core.verdicts import require
from meetings import pages
from meetings.forms import minutes as forms
from meetings.models import Meeting, Minutes
from meetings.permissions import may_read_agenda, may_run
from meetings.permissions import minutes as may
from meetings.queries import aftermath, calendar, editions, live, recusals, seats
from meetings.queries.agenda import meeting_after
from meetings.queries.record import BOARD, Line
from meetings.queries.recusals import Fact
from meetings.services import minutes as services
from meetings.sharing import may_be_shared
from meetings.views.scope import common, meeting_of


@dataclass(frozen=True)
class Read:
    """Minutes as one person may read them."""

    meeting: Meeting
    minutes: Minutes
    edition: str
    closed: dict[int, Fact]


@may_be_shared
@require_safe
def minutes(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The newest version, in the reader's edition."""
    if none := _none_yet(request, slug, on):
        return none
    read = _read(request.user, slug, on)
    readings.note(request, read.minutes)
    waiting = editions.open_corrections(read.meeting)
    running = live.live_meeting_of(read.meeting)
    context = _context(request, read) | {
        "paper": editions.paper(read.minutes, read.edition),
        "corrections": [row for row in editions.corrections(read.meeting) if _sees(read, row.line_key)],
        "notes": [] if read.edition == BOARD else read.minutes.later_notes.select_related("written_by"),
        "running": running,
        "back": pages.live_meeting(request.user, running),
        "may_run": may_run(request.user, read.meeting),
        "may_circulate": may.may_circulate(request.user, read.minutes),
        "may_correct": may.may_correct(request.user, read.minutes),
        "may_approve": may.may_approve(request.user, read.minutes, live=running, waiting=waiting),
        "may_annotate": may.may_annotate(request.user, read.minutes),
    }
    return render(request, "meetings/minutes/minutes.html", context)


@may_be_shared
@require_safe
def after(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """What came of the meeting: outcomes, actions, what went to the board, what goes on."""
    meeting = meeting_of(request, slug, on)
    require(may_read_agenda(request.user, meeting))
    only = seats.only_items(request.user, meeting)
    context = common(request, meeting, "after") | {
        "rows": aftermath.rows(meeting, recusals.facts(request.user, meeting), only),
        "actions": aftermath.actions(request.user, meeting, only),
        "told": aftermath.told(request.user, meeting, only),
        "following": meeting_after(meeting),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/minutes/after.html", context)


@require_safe
def printed(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The tagged PDF of the same edition; an extract for somebody to whom an item is closed."""
    read = _read(request.user, slug, on)
    paper = editions.paper(read.minutes, read.edition)
    if paper is None:
        raise Http404
    readings.note(request, read.minutes, how="downloaded")
    shut = {line["item"] for line in read.minutes.lines} & read.closed.keys()
    if shut:
        context = editions.context_of(read.minutes, read.edition, read.closed)
        html = documents.extract(paper, context, for_whom=request.user.name)
    else:
        html = documents.printable(paper)
    response = HttpResponse(pdf.print_html(html), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{slug}-{on}.pdf"'
    return response


@require_POST
def circulate(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Send the draft to members."""
    read = _read(request.user, slug, on)
    services.circulate(minutes_id=read.minutes.pk, by=request.user, now=timezone.now())
    messages.success(request, "The minutes are sent to members")
    return _back(read)


@may_be_shared
@require_http_methods(["GET", "POST"])
def correct(request: UserRequest, slug: str, on: date, key: str) -> HttpResponse:
    """Propose other words for one line."""
    read = _read(request.user, slug, on)
    line = _line(read, key)
    require(may.may_correct(request.user, read.minutes))
    form = (
        forms.Correction(request.POST)
        if request.method == "POST"
        else forms.Correction(initial={"suggestion": line["text"]})
    )
    if form.is_valid():
        services.propose_correction(
            minutes_id=read.minutes.pk, line_key=key, line_text=line["text"], by=request.user, now=timezone.now(),
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, "Your correction is with the chair")
        return _back(read)
    context = {"read": read, "meeting": read.meeting, "line": line, "form": form}
    return render(request, "meetings/minutes/correct.html", context, status=422 if form.is_bound else 200)


@may_be_shared
@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The chair accepts a correction, or says why not."""
    read = _read(request.user, slug, on)
    correction = editions.corrections(read.meeting).select_related("minutes__meeting").filter(pk=pk).first()
    if correction is None or not _sees(read, correction.line_key):
        raise Http404
    item = next((line["item"] for line in read.minutes.lines if line["key"] == correction.line_key), None)
    require(may.may_answer_correction(request.user, correction, item=item))
    form = forms.Answer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        accept = form.cleaned_data["decision"] == "accept"
        try:
            services.answer_correction(
                correction_id=pk, accept=accept, answer=form.cleaned_data["answer"], by=request.user, now=timezone.now()
            )
        except services.LineChanged as error:
            form.add_error("decision", str(error))
        else:
            messages.success(request, "The line is changed" if accept else "Your answer is sent")
            return _back(read)
    context = {"meeting": read.meeting, "correction": correction, "form": form}
    return render(request, "meetings/minutes/answer.html", context, status=422 if form.is_bound else 200)


@require_POST
def approve(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """The running meeting approves these minutes; they are sealed."""
    read = _read(request.user, slug, on)
    services.approve(minutes_id=read.minutes.pk, by=request.user, now=timezone.now())
    messages.success(request, "Approved and sealed")
    return _back(read)


@may_be_shared
@require_http_methods(["GET", "POST"])
def annotate(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """A dated note beside sealed minutes."""
    read = _read(request.user, slug, on)
    require(may.may_annotate(request.user, read.minutes))
    form = forms.Annotate(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        services.annotate(minutes_id=read.minutes.pk, line_key="", text=text, by=request.user, now=timezone.now())
        messages.success(request, "The note stands beside the minutes")
        return _back(read)
    context = {"meeting": read.meeting, "form": form}
    return render(request, "meetings/minutes/annotate.html", context, status=422 if form.is_bound else 200)


def _none_yet(request: UserRequest, slug: str, on: date) -> HttpResponse | None:
    """The page of a meeting whose minutes are not written or not sent yet: that is no fault of the reader's."""
    meeting = calendar.on_day(request.user, slug, on)
    if meeting is None or not (why := may.why_not_yet(request.user, meeting)):
        return None
    require(may_read_agenda(request.user, meeting))
    context = common(request, meeting, "minutes") | {"why": why}
    return render(request, "meetings/minutes/none.html", context)


def _read(person: User, slug: str, on: date) -> Read:
    meeting = editions.meeting_for(person, slug, on)
    if meeting is None:
        raise Http404
    newest = editions.newest(meeting)
    require(may.may_read_minutes(person, meeting, newest))
    if newest is None:
        raise Http404
    newest.meeting = meeting
    edition = editions.edition_for(person, meeting, runs=bool(may_run(person, meeting)))
    return Read(meeting, newest, edition, recusals.facts(person, meeting))


def _context(request: UserRequest, read: Read) -> dict[str, Any]:
    record = editions.context_of(read.minutes, read.edition, read.closed)
    tone = editions.TONES.get(Minutes.State(read.minutes.state), "note")
    alone = read.edition == BOARD
    frame = "meetings/minutes/alone.html" if alone else "meetings/meeting.html"
    return common(request, read.meeting, "minutes") | {"minutes": read.minutes, "tone": tone, "frame": frame, **record}


def _line(read: Read, key: str) -> Line:
    line = editions.line_with(read.minutes, key, read.edition, read.closed)
    if line is None:
        raise Http404
    return line


def _sees(read: Read, key: str) -> bool:
    return editions.line_with(read.minutes, key, read.edition, read.closed) is not None


def _back(read: Read) -> HttpResponse:
    return redirect("meetings:minutes", slug=read.meeting.body.slug, on=read.meeting.on)
