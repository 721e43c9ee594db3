"""Doors of the running meeting and its minutes."""

from datetime import timedelta

from django.utils import timezone

from communities.models import Role
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.services.minutes import draft
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, HEAD, SENCO
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.communities import AppointmentFactory
from tests.factories.meetings import AgendaItemFactory, AttendanceFactory, InvitationFactory, MeetingFactory
from tests.factories.meetings_live import ItemSchoolFactory, MinuteTakerFactory, NoteDraftFactory, NoteVersionFactory

MEMBERS = (SENCO, HEAD, COLLEAGUE)
ATTENDS = row(HIDDEN, **dict.fromkeys((*MEMBERS, CHAIR), OPEN))
RUNS = row(HIDDEN, **dict.fromkeys(MEMBERS, CLOSED), chair=OPEN)
READERS = ATTENDS | {BOARD: OPEN}
KEEPERS = RUNS | {BOARD: CLOSED}  # the board reads minutes of its communities and changes nothing in them
KEY = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"


def _times(days_ago: int = 0) -> dict:
    """A meeting that began half an hour ago, on its day in London: in the night that was yesterday."""
    start = timezone.now() - timedelta(days=days_ago, minutes=30)
    return {"on": timezone.localdate(start), "starts_at": start}


def _meeting(world, **fields) -> Meeting:
    facts = {"community": world.north, "running": True, **_times(), **fields}
    return MeetingFactory(**{"started_at": facts["starts_at"], **facts})


def _at(meeting: Meeting, **more):
    return {"slug": "north", "on": meeting.on, **more}


def _running(world):
    return _at(_meeting(world))


def _published(world):
    return _at(MeetingFactory(community=world.north, published=True, **_times()))


def _suspended(world):
    return _at(_meeting(world, state="suspended"))


def _item(world, **fields) -> AgendaItem:
    return AgendaItemFactory(meeting=_meeting(world), **fields)


def _item_at(world):
    item = _item(world)
    return _at(item.meeting, pk=item.pk)


def _notes_at(world):
    return _item_at(world) | {"field": "notes"}


def _clash(world):
    item = _item(world, notes_version=1)
    NoteVersionFactory(item=item, saved_by=item.meeting.started_by)
    NoteDraftFactory(item=item)
    return _at(item.meeting, pk=item.pk, field="notes")


def _earlier(world):
    return _clash(world) | {"version": 1}


def _place(world):
    meeting = _meeting(world)
    return _at(meeting, pk=InvitationFactory(meeting=meeting, school=world.hartwell).pk)


def _attendance(world):
    meeting = _meeting(world)
    return _at(meeting, pk=AttendanceFactory(meeting=meeting, arrived_at=timezone.now() - timedelta(minutes=1)).pk)


def _taker(world):
    meeting = _meeting(world)
    return _at(meeting, pk=MinuteTakerFactory(meeting=meeting).person_id)


def _interest(world):
    item = _item(world)
    ItemSchoolFactory(item=item, school=world.marsh)
    post = AppointmentFactory(role=Role.SENCO, school=world.marsh)
    return _at(item.meeting, pk=item.pk, person=post.person_id, kind="own_school")


def _minutes(world, state: str = "circulated") -> Minutes:
    now = timezone.now()
    times = _times(days_ago=7)
    meeting = _meeting(world, closed=True, closed_at=times["starts_at"] + timedelta(minutes=25), **times)
    AgendaItemFactory(meeting=meeting, outcome_kind="information", outcome="Noted", audience="board")
    minutes = draft(meeting, now=now)
    if state == "circulated":
        minutes.state, minutes.circulated_at, minutes.circulated_by = state, now, meeting.closed_by
        minutes.save()
    return minutes


def _circulated(world):
    return _at(_minutes(world).meeting)


def _drafted(world):
    return _at(_minutes(world, "draft").meeting)


def _to_approve(world):
    minutes = _minutes(world)
    _meeting(world)
    return _at(minutes.meeting)


def _sealed(world):
    minutes = _minutes(world)
    now, by = timezone.now(), minutes.circulated_by
    following = _meeting(world)
    Minutes.objects.create(
        meeting=minutes.meeting, version=2, state="sealed", lines=minutes.lines, document=minutes.document, hash="a" * 64,
        drafted_at=now, circulated_at=now, circulated_by=by, approved_in=following, approved_at=now, approved_by=by,
        sealed_at=now,
    )  # fmt: skip
    return _at(minutes.meeting)


def _outcome_line(minutes: Minutes):
    return next(line for line in minutes.lines if line["group"] == "outcome")


def _line(world):
    minutes = _minutes(world)
    return _at(minutes.meeting, key=_outcome_line(minutes)["key"])


def _correction(world):
    minutes = _minutes(world)
    line = _outcome_line(minutes)
    correction = minutes.corrections.create(
        line_key=line["key"], line_text=line["text"], suggestion="Noted well", proposed_at=timezone.now(),
        proposed_by=minutes.meeting.closed_by,
    )  # fmt: skip
    return _at(minutes.meeting, pk=correction.pk)


def _words(_world):
    return {"text": "We talked.", "version": "0"}


def _choice(_world):
    return {"choice": "mine", "seen": "1", "mine": "Mine", "mine_kind": ""}


def _action(world):
    owner = AppointmentFactory(role=Role.SENCO, school=world.oakfield).person_id
    due = timezone.localdate() + timedelta(days=30)
    day = {"due_on_0": str(due.day), "due_on_1": str(due.month), "due_on_2": str(due.year)}
    return {"key": KEY, "title": "Ask the service", "owner": owner, **day}


def _to_the_board(_world):
    return {"key": KEY, "kind": "ask", "title": "More help", "text": "Two schools wait."}


def _person(world):
    return {"person": AppointmentFactory(role=Role.SENCO, school=world.oakfield).person_id}


def _given(**body):
    return lambda _world: body


LIVE_DOORS = [
    Door("meetings:live", get=RUNS, args=_running),
    Door("meetings:live-now", get=RUNS, args=_running),
    Door("meetings:live-start", post=RUNS, args=_published),
    Door("meetings:live-suspend", get=RUNS, post=RUNS, args=_running),
    Door("meetings:live-resume", post=RUNS, args=_suspended),
    Door("meetings:live-shutter", post=RUNS, args=_running, body=_given(shut="yes")),
    Door("meetings:live-item", get=RUNS, args=_item_at),
    Door("meetings:live-open", post=RUNS, args=_item_at),
    Door("meetings:live-end", post=RUNS, args=_item_at),
    Door("meetings:live-action", get=RUNS, post=RUNS, args=_item_at, body=_action),
    Door("meetings:live-tell-board", get=RUNS, post=RUNS, args=_item_at, body=_to_the_board),
    Door("meetings:live-note", get=RUNS, post=RUNS, args=_item_at, body=_given(text="Mine")),
    Door("meetings:live-save", post=RUNS, args=_notes_at, body=_words),
    Door("meetings:live-clash", get=RUNS, post=RUNS, args=_clash, body=_choice),
    Door("meetings:live-history", get=RUNS, args=_clash),
    Door("meetings:live-restore", post=RUNS, args=_earlier),
    Door("meetings:who-is-here", get=RUNS, args=_running),
    Door("meetings:everybody-came", post=RUNS, args=_running),
    Door("meetings:guest", get=RUNS, post=RUNS, args=_running, body=_given(key=KEY, name="Guest", how="remote")),
    Door("meetings:arrived", post=RUNS, args=_place),
    Door("meetings:left", post=RUNS, args=_attendance),
    Door(
        "meetings:attendance-times", get=RUNS, post=RUNS, args=_attendance, body=_given(version="1", arrived="9:30am")
    ),
    Door("meetings:attendance-take-back", post=RUNS, args=_attendance),
    Door("meetings:minute-takers", get=RUNS, post=RUNS, args=_running, body=_person),
    Door("meetings:minute-taker-end", post=RUNS, args=_taker),
    Door("meetings:interests", get=ATTENDS | {ADMIN: OPEN}, post=ATTENDS | {ADMIN: CLOSED}, args=_item_at),
    Door(
        "meetings:interest-set-aside",
        get=RUNS | {ADMIN: OPEN},
        post=RUNS | {ADMIN: OPEN},
        args=_interest,
        body=_given(because="They left in the summer"),
    ),
    Door("meetings:follow", get=ATTENDS, args=_running),
    Door("meetings:screen", get=RUNS, args=_running),
    Door("meetings:share-screen", post=ATTENDS, args=_running),
    Door("meetings:sharing", get=row(OPEN)),
    Door("meetings:sharing-stop", post=row(OPEN)),
    Door("meetings:close", get=RUNS, post=RUNS, args=_running, body=_given(sure="on")),
    Door("meetings:close-outcomes", post=RUNS, args=_running),
    Door("meetings:minutes", get=READERS, args=_circulated),
    Door("meetings:minutes-pdf", get=READERS, args=_circulated),
    Door("meetings:minutes-send", post=KEEPERS, args=_drafted),
    Door("meetings:minutes-approve", post=KEEPERS, args=_to_approve),
    Door("meetings:minutes-note", get=KEEPERS, post=KEEPERS, args=_sealed, body=_given(text="Oakfield was there.")),
    Door("meetings:minutes-correct", get=KEEPERS, post=KEEPERS, args=_line, body=_given(suggestion="Noted well")),
    Door("meetings:minutes-answer", get=KEEPERS, post=KEEPERS, args=_correction, body=_given(decision="accept")),
    Door("meetings:after", get=ATTENDS, args=_circulated),
]
