"""Where a request stands, in plain words, and where it goes next. Being on an agenda is read from the agenda itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from communities.models import Community
from core.formats import LONDON, long_date, short_date
from funding.models import FundingRequest
from meetings.models import AgendaItem, Body, Meeting, MeetingDate
from meetings.queries.agenda import items_with_keys

State = FundingRequest.State
TONES = {
    State.DRAFT: "todo",
    State.WITH_HEAD: "waiting",
    State.RETURNED: "alert",
    State.SUBMITTED: "going",
    State.ASKED: "alert",
    State.DEFERRED: "waiting",
    State.DISCUSSED: "going",
    State.DECIDED: "going",
    State.RELEASED: "done",
    State.WITHDRAWN: "stopped",
}


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The meeting a request sent now would reach. `on` is its day, `cut_off` the moment papers close."""

    on: date
    cut_off: datetime

    @property
    def sentence(self) -> str:
        return f"If it is signed off by {long_date(self.cut_off)}, it goes to the meeting on {long_date(self.on)}."


def next_meeting(community: Community | None, now: datetime) -> NextMeeting | None:
    """The first planned meeting of the community, or date of its area, whose cut-off has not passed."""
    if community is None:
        return None
    found = [NextMeeting(meeting.on, meeting.cut_off_at) for meeting in _meetings(community, now)]
    taken = {meeting.on for meeting in found}
    found += [one for one in _dates(community, now) if one.on not in taken and one.cut_off >= now]
    return min(found, key=lambda one: one.on, default=None)


def _meetings(community: Community, now: datetime) -> "QuerySet[Meeting]":
    states = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]
    return Meeting.objects.filter(community=community, state__in=states, cut_off_at__gte=now).order_by("starts_at")[:1]


def _dates(community: Community, now: datetime) -> list[NextMeeting]:
    """Dates of the area the community has not taken yet; the cut-off is the end of a day so many days before."""
    taken = Meeting.objects.filter(community=community).exclude(state=Meeting.State.CANCELLED).values("meeting_date_id")
    dates = (
        MeetingDate.objects.filter(
            area_id=community.area_id, kind=Body.COMMUNITY, on__gte=timezone.localdate(now), withdrawn_at=None
        )
        .exclude(pk__in=taken.filter(meeting_date__isnull=False))
        .order_by("on")[:6]
    )
    return [NextMeeting(one.on, _end_of(one.on - timedelta(days=one.cut_off_days))) for one in dates]


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=LONDON)


def items_of(requests: list[FundingRequest]) -> dict[int, AgendaItem]:
    """Where each of these requests stands on an agenda not yet over; one query for a whole list."""
    keys = {request.key: request.pk for request in requests}
    return {keys[key]: item for key, item in items_with_keys(keys).items()}


@dataclass(frozen=True, slots=True)
class Stage:
    """`tag` is one or two words with a tone; `line` the sentence that says what is happening."""

    tag: str
    tone: str
    line: str


def stage(request: FundingRequest, item: AgendaItem | None, *, insider: bool = True) -> Stage:
    """Where it stands. `insider` False hides from the school what is not released yet."""
    state = request.state
    if not insider and state in (State.DISCUSSED, State.DECIDED):
        return Stage(
            "Discussed", "going", "The community has discussed it. The answer follows when the meeting closes."
        )
    on_agenda = item is not None and state in (State.SUBMITTED, State.DEFERRED)
    if on_agenda and item is not None:
        return Stage("On the agenda", "going", f"On the agenda of the meeting on {long_date(item.meeting.on)}.")
    return Stage(request.get_state_display(), TONES[State(state)], _line(request))


def _line(request: FundingRequest) -> str:
    days = {
        State.WITH_HEAD: short_date(request.sent_at),
        State.SUBMITTED: short_date(request.submitted_at),
        State.WITHDRAWN: short_date(request.withdrawn_at),
    }
    return LINES[request.state].format(day=days.get(State(request.state), ""))


LINES: dict[str, str] = {
    State.DRAFT: "Being written. Nobody outside the school can read it.",
    State.WITH_HEAD: "Sent to the headteacher on {day} to be signed off.",
    State.RETURNED: "The headteacher has returned it to its writer, to be changed and sent again.",
    State.SUBMITTED: "Submitted on {day}. It waits for the next meeting.",
    State.ASKED: "The chair has asked the school a question and waits for the answer.",
    State.DEFERRED: "Deferred. It comes back to the next meeting.",
    State.DISCUSSED: "The community has made its recommendation. The chair decides next.",
    State.DECIDED: "Decided. The school is told when the meeting closes.",
    State.RELEASED: "The meeting has closed and the school was told.",
    State.WITHDRAWN: "Withdrawn on {day}.",
}
