"""Minutes: drafted from the records, sent, corrected line by line, approved by the next meeting and sealed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Area, Community
from core import audit, documents
from core.formats import long_date, short_date
from core.models import IssuedDocument
from core.verdicts import require
from meetings.models import Meeting, MinuteCorrection, Minutes, MinutesNote
from meetings.permissions import minutes as permissions
from meetings.queries import editions, people, record, sealing
from meetings.queries.editions import KIND, TEMPLATE
from meetings.queries.live import live_meeting_of

State = Minutes.State


class LineChanged(Exception):
    """The line is not what it was when the correction was proposed; the text is what the person reads."""


def draft(meeting: Meeting, *, now: datetime) -> Minutes:
    """Write the first version from the records. Call inside the closing transaction, with everything else written."""
    minutes = Minutes(meeting=meeting, version=1, lines=record.lines_of(meeting, now=now), drafted_at=now)
    return _issue(minutes, now)


@transaction.atomic
def circulate(*, minutes_id: int, by: User, now: datetime) -> Minutes:
    """Send the draft to members: a notice with a link, and no words of the minutes. Raises Refused."""
    minutes = _locked(minutes_id)
    require(permissions.may_circulate(by, minutes))
    minutes.state, minutes.circulated_at, minutes.circulated_by = State.CIRCULATED, now, by
    minutes.save(update_fields=["state", "circulated_at", "circulated_by"])
    audit.record(action="minutes.circulated", target=minutes, by=by, at=now, version=minutes.version)
    meeting = minutes.meeting
    notify(
        _readers(meeting),
        subject=f"Minutes of {meeting.body.name}, {short_date(meeting.on)}",
        text="Please read them and say if a line is not right. They are approved at the next meeting.",
        link=f"{meeting.get_absolute_url()}minutes/",
        key=f"meetings.minutes.circulated:{meeting.pk}",
        now=now,
    )
    return minutes


@transaction.atomic
def propose_correction(
    *, minutes_id: int, line_key: str, line_text: str, suggestion: str, reason: str, by: User, now: datetime
) -> MinuteCorrection:
    """Somebody who was there would have a line say something else. The view has checked that they may read the line.

    Raises Refused.
    """
    minutes = _locked(minutes_id)
    require(permissions.may_correct(by, minutes))
    correction = MinuteCorrection.objects.create(
        minutes=minutes, line_key=line_key, line_text=line_text, suggestion=suggestion, reason=reason,
        proposed_at=now, proposed_by=by,
    )  # fmt: skip
    audit.record(action="minutes.correction_proposed", target=correction, by=by, at=now, line=line_key)
    notify(
        [person for person in people.who_runs(minutes.meeting.body, on=localdate(now)) if person.pk != by.pk],
        subject=f"A correction to the minutes of {minutes.meeting.body.name}",
        text=f"{by.name} proposes a correction. Please accept it or answer.",
        link=f"{minutes.meeting.get_absolute_url()}minutes/",
        key=f"meetings.correction:{correction.pk}",
        now=now,
    )
    return correction


@transaction.atomic
def answer_correction(*, correction_id: int, accept: bool, answer: str, by: User, now: datetime) -> Minutes:
    """Accept: a new version with the line changed, newly issued. Otherwise say why not. Raises Refused, LineChanged."""
    meeting_id = MinuteCorrection.objects.values_list("minutes__meeting", flat=True).get(pk=correction_id)
    minutes = _newest(meeting_id)
    correction = MinuteCorrection.objects.select_related("minutes__meeting", "proposed_by").get(pk=correction_id)
    correction.minutes.meeting = minutes.meeting
    line = next((line for line in minutes.lines if line["key"] == correction.line_key), None)
    require(permissions.may_answer_correction(by, correction, item=line["item"] if line else None))
    if accept:
        minutes = _correct(minutes, correction, now)
    correction.state = MinuteCorrection.State.ACCEPTED if accept else MinuteCorrection.State.DECLINED
    correction.answer, correction.answered_at, correction.answered_by = answer, now, by
    correction.save()
    audit.record(action=f"minutes.correction_{correction.state}", target=correction, by=by, at=now)
    notify(
        [correction.proposed_by],
        subject=f"Your correction to the minutes of {minutes.meeting.body.name}",
        text=f"It was {'accepted' if accept else 'not accepted'}. {answer}".strip(),
        link=f"{minutes.meeting.get_absolute_url()}minutes/",
        key=f"meetings.correction.answered:{correction.pk}",
        now=now,
    )
    return minutes


@transaction.atomic
def approve(*, minutes_id: int, by: User, now: datetime) -> Minutes:
    """The running meeting approves the minutes of an earlier one; they are issued once more and sealed for good.

    The seal covers every edition and the seal before it. Raises Refused.
    """
    meeting_id = Minutes.objects.values_list("meeting", flat=True).get(pk=minutes_id)
    meeting = Meeting.objects.select_related("community", "area").get(pk=meeting_id)
    _lock_chain(meeting)
    minutes = _newest(meeting_id)
    live = live_meeting_of(meeting)
    require(permissions.may_approve(by, minutes, live=live, waiting=editions.open_corrections(meeting)))
    sealed = Minutes(
        meeting=meeting, version=minutes.version + 1, state=State.SEALED, lines=minutes.lines, drafted_at=now,
        circulated_at=minutes.circulated_at, circulated_by=minutes.circulated_by,
        approved_in=live, approved_at=now, approved_by=by, sealed_at=now,
    )  # fmt: skip
    before = editions.sealed_before(meeting)
    sealed.previous_hash = before.hash if before else ""
    _issue(sealed, now)
    audit.record(action="minutes.sealed", target=sealed, by=by, at=now, hash=sealed.hash, meeting=meeting.pk)
    return sealed


@transaction.atomic
def annotate(*, minutes_id: int, line_key: str, text: str, by: User, now: datetime) -> MinutesNote:
    """An error found after sealing: a dated note beside the minutes, which stay as they are. Raises Refused."""
    minutes = _locked(minutes_id)
    require(permissions.may_annotate(by, minutes))
    note = MinutesNote.objects.create(minutes=minutes, line_key=line_key, text=text, written_at=now, written_by=by)
    audit.record(action="minutes.annotated", target=note, by=by, at=now)
    return note


def _issue(minutes: Minutes, now: datetime) -> Minutes:
    """Freeze all editions of this version; a sealed version gets its hash before it is written, because it never changes."""
    papers = [_paper(minutes, edition, now) for edition in _editions(minutes.meeting)]
    minutes.document = next(paper for paper in papers if paper.edition == record.FULL)
    if minutes.state == State.SEALED:
        minutes.hash = sealing.hash_of(minutes.previous_hash, papers)
    minutes.save(force_insert=True)
    return minutes


def _paper(minutes: Minutes, edition: str, now: datetime) -> IssuedDocument:
    meeting = minutes.meeting
    context: dict[str, Any] = editions.context_of(minutes, edition)
    return documents.issue(
        kind=KIND, title=f"Minutes of {meeting.body.name}, {long_date(meeting.on)}", subject=meeting,
        template=TEMPLATE, context=context, now=now, edition=edition, version=minutes.version,
    )  # fmt: skip


def _editions(meeting: Meeting) -> list[str]:
    return record.ALL if meeting.community_id else record.INSIDE


def _correct(minutes: Minutes, correction: MinuteCorrection, now: datetime) -> Minutes:
    lines = [dict(line) for line in minutes.lines]
    found = [line for line in lines if line["key"] == correction.line_key]
    if not found or found[0]["text"] != correction.line_text:
        raise LineChanged("This line has been changed since. Ask for the correction again on the newest version.")
    found[0]["text"] = correction.suggestion
    following = Minutes(
        meeting=minutes.meeting, version=minutes.version + 1, state=minutes.state, lines=lines, drafted_at=now,
        circulated_at=minutes.circulated_at, circulated_by=minutes.circulated_by,
    )  # fmt: skip
    return _issue(following, now)


def _locked(minutes_id: int) -> Minutes:
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__community__area", "meeting__area")
    return rows.get(pk=minutes_id)


def _newest(meeting_id: int) -> Minutes:
    """The newest version, with the meeting locked so that two answers make two versions."""
    Meeting.objects.select_for_update().get(pk=meeting_id)
    rows = Minutes.objects.filter(meeting=meeting_id).select_related("meeting__community__area", "meeting__area")
    return rows.order_by("-version")[0]


def _lock_chain(meeting: Meeting) -> None:
    """One seal at a time for a community or a board."""
    body = meeting.body
    (Community if meeting.community_id else Area).objects.select_for_update().get(pk=body.pk)


def _readers(meeting: Meeting) -> list[User]:
    """Whoever has a place by their post on the day, and whoever was there."""
    seats = people.posts_invited(meeting.body, on=meeting.on).values("person")
    return list(User.objects.filter(Q(pk__in=seats) | Q(attendances__meeting=meeting)).distinct())
