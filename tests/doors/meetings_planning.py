"""Doors of planning: before and after the meeting."""

from datetime import UTC, datetime, time, timedelta

from meetings.models import Meeting
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, HEAD, OTHER_BOARD, SENCO
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AgendaTemplateFactory,
    BulletinFactory,
    EscalationFactory,
    InvitationFactory,
    ItemProposalFactory,
    MeetingDateFactory,
    MeetingFactory,
    TemplateItemFactory,
)

DAY = (datetime.now(UTC) + timedelta(days=30)).date()
LATER = DAY + timedelta(days=30)
MEMBERS = (SENCO, HEAD, COLLEAGUE)
ATTENDS = row(HIDDEN, **dict.fromkeys((*MEMBERS, CHAIR), OPEN))
RUNS = row(HIDDEN, **dict.fromkeys(MEMBERS, CLOSED), chair=OPEN)
ONLY_CHAIR = row(HIDDEN, chair=OPEN)
ONLY_ADMIN = row(CLOSED, administrator=OPEN)
DESK = row(CLOSED, **dict.fromkeys((BOARD, OTHER_BOARD, ADMIN), OPEN))
WHEN = {"on_0": str(LATER.day), "on_1": str(LATER.month), "on_2": str(LATER.year)}
DUE = {"due_on_0": str(LATER.day), "due_on_1": str(LATER.month), "due_on_2": str(LATER.year)}
ITEM = {"title": "A visit", "minutes": "10", "audience": "members"}


def _meeting(world, **fields) -> Meeting:
    starts = datetime.combine(DAY, time(9, 30), tzinfo=UTC)
    return MeetingFactory(
        **{
            "community": world.north,
            "published": True,
            "on": DAY,
            "starts_at": starts,
            "meeting_date": MeetingDateFactory(area=world.weald, on=DAY),
            **fields,
        }
    )


def _address(world, **fields):
    meeting = _meeting(world, **fields)
    return {"slug": "north", "on": meeting.on}


def _draft(world):
    return _address(world, published=False)


def _item(world):
    meeting = _meeting(world)
    return {"slug": "north", "on": meeting.on, "pk": AgendaItemFactory(meeting=meeting).pk}


def _removed(world):
    meeting = _meeting(world)
    item = AgendaItemFactory(
        meeting=meeting, state="removed", position=None, removed_at=meeting.planned_at,
        removed_by=meeting.planned_by, removed_because="No time",
    )  # fmt: skip
    return {"slug": "north", "on": meeting.on, "pk": item.pk}


def _place(world):
    """A place of somebody else: the chair may answer for them, other members may not know of it."""
    meeting = _meeting(world)
    return {"slug": "north", "on": meeting.on, "pk": InvitationFactory(meeting=meeting, school=world.hartwell).pk}


def _guest(world):
    meeting = _meeting(world)
    item = AgendaItemFactory(meeting=meeting)
    place = InvitationFactory(meeting=meeting, item=item, role="professional")
    return {"slug": "north", "on": meeting.on, "pk": place.pk}


def _proposal(world):
    meeting = _meeting(world)
    return {"slug": "north", "on": meeting.on, "pk": ItemProposalFactory(meeting=meeting).pk}


def _free_date(world):
    AgendaTemplateFactory()
    MeetingDateFactory(area=world.weald, on=LATER)
    return {"slug": "north"}


def _with_free_date(world):
    MeetingDateFactory(area=world.weald, on=LATER)
    return _address(world)


def _action(world, **fields):
    return {"pk": ActionFactory(community=world.north, due_on=LATER, **fields).pk}


def _done(world):
    return _action(world, state="done", done_at=datetime.now(UTC), done_by=ActionFactory().owner)


def _bulletin(world, **fields):
    return {"pk": BulletinFactory(area=world.weald, due_on=LATER, **{"published": True, **fields}).pk}


def _draft_bulletin(world):
    return _bulletin(world, published=False)


def _escalation(world):
    return {"pk": EscalationFactory(community=world.north).pk}


def _date(world):
    return {"pk": MeetingDateFactory(area=world.weald, on=DAY).pk}


def _template(_world, **fields):
    template = AgendaTemplateFactory(**{"version": 7, "state": "draft", "starts_on": None, **fields})
    TemplateItemFactory(template=template)
    return {"body": template.body, "version": template.version}


def _line(_world):
    template = AgendaTemplateFactory(version=7, state="draft", starts_on=None)
    return {"pk": TemplateItemFactory(template=template).pk}


def _published_template(world):
    AgendaTemplateFactory(version=1)
    return _template(world, state="published", starts_on=DAY)


def page(name, get=None, post=None, args=_address, body=None):
    return Door(f"meetings:{name}", get=get, post=post, args=args, body=lambda _world: body or {})


def admin(name, args=lambda _world: {}, body=None, *, get=True):
    return page(name, ONLY_ADMIN if get else None, ONLY_ADMIN if body is not None else None, args, body)


READS_ACTION = row(HIDDEN, **dict.fromkeys((*MEMBERS, CHAIR), OPEN))
BOARDS = row(HIDDEN, board_member=OPEN)
READS_BULLETIN = row(HIDDEN, **dict.fromkeys((*MEMBERS, CHAIR, BOARD), OPEN))
WRITES = row(HIDDEN, **dict.fromkeys((*MEMBERS, CHAIR), CLOSED), board_member=OPEN)
BULLETIN = {"title": "Attendance", "text": "Please look.", "audience": "all", **DUE}
REASON = {"reason": "Snow"}
DATE = {**WHEN, "starts": "9:30am", "length_minutes": "150", "cut_off_days": "7", "unusual": "on"}
LINE = {"title": "A visit", "kind": "local", "minutes": "10"}
FIRST_DAY = {"starts_on_0": str(LATER.day), "starts_on_1": str(LATER.month), "starts_on_2": str(LATER.year)}

DOORS = [
    page("mine", row(OPEN), args=lambda _world: {}),
    page("past", row(OPEN), args=lambda _world: {}),
    page("plan", ONLY_CHAIR, ONLY_CHAIR, _free_date),
    page("agenda", ATTENDS),
    page("calendar-entry", ATTENDS),
    page("papers", ATTENDS),
    page("people", ATTENDS),
    page("fill", RUNS, RUNS),
    page("order", RUNS, RUNS),
    page("ready", RUNS, args=_draft),
    page("publish", None, RUNS, _draft),
    page("tell", None, RUNS),
    page("arrange", RUNS, RUNS),
    page("move", RUNS, RUNS, _with_free_date),
    page("cancel", RUNS, RUNS, body=REASON),
    page("newer-version", RUNS, RUNS),
    page("propose", ATTENDS, ATTENDS, body={"title": "A visit", "why": "Three schools asked", "minutes": "10"}),
    page("proposal", RUNS, RUNS, _proposal, {"answer": "accepted"}),
    page("answer", row(HIDDEN, chair=OPEN), row(HIDDEN, chair=OPEN), _place, {"answer": "yes"}),
    page("invitation-withdraw", RUNS, RUNS, _guest),
    page("item-add", RUNS, RUNS, body=ITEM),
    page("item", ATTENDS, args=_item),
    page("item-change", RUNS, RUNS, _item, ITEM | {"version": "1"}),
    page("item-move", None, RUNS, _item, {"where": "top"}),
    page("item-remove", RUNS, RUNS, _item, REASON),
    page("item-restore", None, RUNS, _removed),
    page("item-note", RUNS, RUNS, _item, {"text": "Ask first"}),
    page("item-invite", RUNS, RUNS, _item),
    page("actions", row(OPEN), args=lambda _world: {}),
    page("action-new", ONLY_CHAIR, ONLY_CHAIR, lambda _world: {"slug": "north"}),
    page("action", READS_ACTION, args=_action),
    page("action-change", RUNS, RUNS, _action),
    page("action-done", RUNS, RUNS, _action, {"evidence": "See the hall"}),
    page("action-confirm", None, RUNS, _done),
    page("action-reopen", None, RUNS, _done),
    page("action-drop", RUNS, RUNS, _action, REASON),
    page("bulletins-read", row(OPEN), args=lambda _world: {}),
    page("bulletin", READS_BULLETIN, args=_bulletin),
    page(
        "bulletin-acknowledge",
        row(HIDDEN, **dict.fromkeys((*MEMBERS, BOARD), CLOSED), chair=OPEN),
        row(HIDDEN, **dict.fromkeys((*MEMBERS, BOARD), CLOSED), chair=OPEN),
        lambda world: _bulletin(world) | {"slug": "north"},
        {"meeting": "not-yet"},
    ),
    page("bulletins", DESK, args=lambda _world: {}),
    page("bulletin-write", DESK, DESK, lambda _world: {}, BULLETIN),
    page("bulletin-change", BOARDS, BOARDS, _draft_bulletin, BULLETIN),
    page("bulletin-publish", None, BOARDS, _draft_bulletin),
    page("bulletin-withdraw", WRITES, WRITES, _bulletin, REASON),
    page("bulletin-discard", None, BOARDS, _draft_bulletin),
    page("escalations", DESK, args=lambda _world: {}),
    page(
        "escalation",
        row(HIDDEN, chair=OPEN, board_member=OPEN),
        row(HIDDEN, chair=CLOSED, board_member=OPEN),
        _escalation,
        {"answer": "Yes"},
    ),
    admin("dates"),
    admin("date-add", body={}),
    admin("date-change", _date, DATE),
    admin("date-withdraw", _date, REASON),
    admin("templates"),
    admin("template-draft", lambda _world: {"body": "community"}, {}, get=False),
    admin("template", _template),
    admin("template-publish", _template, FIRST_DAY),
    admin("template-discard", _template, {}, get=False),
    admin("template-retire", _published_template, {}, get=False),
    admin("line-add", _template, LINE),
    admin("line-change", _line, LINE),
    admin("line-move", _line, {"where": "top"}, get=False),
    admin("line-remove", _line, {}, get=False),
]
