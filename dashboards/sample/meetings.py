"""Meetings: planned, published, held from the first item to the last, and closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from communities.models import Area, Community, Role
from communities.queries import people_with
from dashboards.sample import decisions
from dashboards.sample.cases import HEARD_AGAIN
from dashboards.sample.requests import Heard
from dashboards.sample.stage import Stage
from meetings.models import Action, AgendaItem, Invitation, Meeting, MeetingDate, Minutes, NoteField
from meetings.services import (
    actions,
    agenda,
    attendance,
    bulletins,
    close,
    escalations,
    interests,
    invitations,
    minutes,
    notes,
    planning,
    publishing,
    running,
)
from meetings.services.notes import Words

SAID = {
    "welcome": "The chair welcomed everybody and explained how the meeting would be recorded.",
    "minutes": "The minutes were read and found right.",
    "actions": "Members reported on their actions.",
    "balance": "The chair gave the five figures of the budget. Members had no questions.",
    "figures": "Members saw that more pupils have a plan than five years ago, as in the county.",
    "practice": "Two schools told how they run a quiet start to the day.",
    "provision": "Specialist teaching has room in two half days next month.",
    "local": "There was no other business.",
    "next_date": "The next date was confirmed.",
}
REQUEST = "funding.request:"
ANSWERS: tuple[dict[str, Any], ...] = (
    {"answer": "yes", "how": "in_person"},
    {"answer": "yes", "how": "remote"},
    {"answer": "yes", "how": "in_person"},
    {"answer": "maybe", "how": "in_person"},
    {"answer": "no", "reason": "Teaching that morning"},
    {"answer": "no", "reason": "On a course", "substitute_name": "Kit Dunnock"},
)
FOLLOW_UPS = ("confirmed", "done", "dropped", "late")


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action, with why the board hears of it, or nothing."""

    title: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class SentUp:
    """A matter for the board."""

    kind: str
    title: str
    text: str


AGREED = {
    "figures": Agreed("Compare attendance of pupils with a plan", "Other communities see the same"),
    "practice": Agreed("Write up the quiet start"),
}
SENT_UP = {
    "figures": SentUp(
        "risk", "Pupils with a plan miss more school", "Attendance of pupils with a plan fell in five of our schools."
    ),
    "practice": SentUp(
        "practice", "A quiet start to the day", "Two schools open their halls at eight, and fewer pupils arrive upset."
    ),
}
KINDS_SENT = ("risk", "practice")


def stages(today: date) -> list[list[Stage]]:
    """The stages of each community, the earliest first."""
    found = []
    for community in Community.objects.select_related("area").order_by("pk"):
        chair = people_with(Role.CHAIR, on=today, community=community).get()
        dates = MeetingDate.objects.filter(area=community.area, kind="community", withdrawn_at=None).order_by("on")
        found.append([Stage(community, chair, day) for day in dates])
    return found


def plan(stage: Stage, now: datetime) -> Meeting:
    """Plan four weeks ahead, or as far ahead as it is now."""
    return planning.plan(
        date_id=stage.date.pk, community_id=stage.community.pk, place="The hall of a member school", online_link="",
        welcome_note="Tea and coffee from 9:15am.", by=stage.chair, now=min(stage.at(-27), now),
    )  # fmt: skip


def publish(stage: Stage, meeting: Meeting, now: datetime) -> None:
    """Take in what came since, send it out and let members answer."""
    agenda.fill(meeting_id=meeting.pk, by=stage.chair, now=min(stage.at(-15), now))
    publishing.publish(meeting_id=meeting.pk, by=stage.chair, now=min(stage.at(-14), now))
    places = Invitation.objects.filter(meeting=meeting, item=None).exclude(person=stage.chair).select_related("person")
    for number, place in enumerate(places.order_by("pk")[:12]):
        invitations.answer(
            invitation_id=place.pk, by=place.person, now=min(stage.at(-12), now), **ANSWERS[number % len(ANSWERS)]
        )


def invite_professional(stage: Stage, meeting: Meeting, number: int, now: datetime) -> None:
    """Ask somebody of the Professional Resource Group, by number, to the first request."""
    item = _first_request(meeting)
    guest = people_with(Role.PROFESSIONAL, on=meeting.on).order_by("pk")[number]
    if item:
        invitations.invite_professional(
            item_id=item.pk, person_id=guest.pk, by=stage.chair, now=min(stage.at(-13), now)
        )


def hold(stage: Stage, meeting: Meeting, heard: Heard) -> None:
    """Run it from the first item to the last, and close it. `heard` is what comes of the requests, by their keys."""
    running.start(meeting_id=meeting.pk, by=stage.chair, now=stage.at())
    attendance.everybody_came(meeting_id=meeting.pk, by=stage.chair, now=stage.at(minute=32))
    for number, item in enumerate(meeting.items.exclude(state=AgendaItem.State.REMOVED).order_by("position")):
        _item(stage, item, heard, stage.at() + timedelta(minutes=5 + 9 * number))
    end = stage.at() + timedelta(minutes=140)
    close.close(meeting_id=meeting.pk, by=stage.chair, now=end)
    draft = Minutes.objects.get(meeting=meeting)
    minutes.circulate(minutes_id=draft.pk, by=stage.chair, now=stage.at(1))


def _item(stage: Stage, item: AgendaItem, heard: Heard, now: datetime) -> None:
    running.open_item(item_id=item.pk, by=stage.chair, now=now)
    if item.source_key.startswith(REQUEST):
        decisions.discuss(item, heard.get(item.source_key, HEARD_AGAIN), stage.chair, now)
    elif item.kind in HAPPENS:
        HAPPENS[item.kind](stage, item, now)
    _write(item, stage, now)
    running.end_item(item_id=item.pk, by=stage.chair, now=now + timedelta(minutes=8))


def _write(item: AgendaItem, stage: Stage, now: datetime) -> None:
    item.refresh_from_db()
    said = SAID.get(item.kind, "The item was discussed.")
    words = Words(text=said)
    notes.save(item_id=item.pk, field=NoteField.NOTES, words=words, version=item.notes_version, by=stage.chair, now=now)
    if item.source_key.startswith(REQUEST):
        outcome = Words(text="", kind="decision")
        notes.save(
            item_id=item.pk,
            field=NoteField.OUTCOME,
            words=outcome,
            version=item.outcome_version,
            by=stage.chair,
            now=now,
        )


def _approve_last(stage: Stage, _item: AgendaItem, now: datetime) -> None:
    body = {"meeting__community" if isinstance(stage.body, Community) else "meeting__area": stage.body}
    waiting = Minutes.objects.filter(**body, state=Minutes.State.CIRCULATED)
    last = waiting.exclude(meeting__minutes__state=Minutes.State.SEALED).order_by("-version").first()
    if last:
        minutes.approve(minutes_id=last.pk, by=stage.chair, now=now)


def _declare(stage: Stage, item: AgendaItem, now: datetime) -> None:
    """In every other community somebody has an interest in the first request that no register knows of."""
    request = _first_request(item.meeting)
    place = item.meeting.invitations.filter(answer="yes", school__isnull=False).order_by("pk").last()
    if request and place and stage.body.pk % 2:
        interests.declare(item_id=request.pk, note="My sister teaches at the school", by=place.person, now=now)


def _follow_up(stage: Stage, _item: AgendaItem, now: datetime) -> None:
    """Of the actions agreed before, one is confirmed, one said to be done, one dropped, one late, and so on."""
    body = {"community" if isinstance(stage.body, Community) else "area": stage.body}
    for place, action in enumerate(Action.objects.filter(**body, state="open").order_by("pk")):
        word = FOLLOW_UPS[(stage.body.pk + place) % len(FOLLOW_UPS)]
        if word == "dropped":
            actions.drop(action_id=action.pk, reason="The county has written one for all.", by=stage.chair, now=now)
        elif word != "late":
            actions.finish(action_id=action.pk, evidence="Sent to all schools.", by=action.owner, now=now)
        if word == "confirmed":
            actions.confirm(action_id=action.pk, by=stage.chair, now=now)


def _agree(stage: Stage, item: AgendaItem, now: datetime) -> None:
    """An action; every other community sends the board a risk, and the others good practice."""
    place = item.meeting.invitations.filter(school__isnull=False).select_related("person").order_by("pk").first()
    if place is None:
        return
    agreed, matter = AGREED[item.kind], SENT_UP[item.kind]
    actions.create(
        title=agreed.title, owner_id=place.person_id, due_on=localdate(now) + timedelta(days=24),
        report_because=agreed.because, item_id=item.pk, by=stage.chair, now=now,
    )  # fmt: skip
    if matter.kind == KINDS_SENT[stage.body.pk % 2]:
        escalations.escalate(
            item_id=item.pk, kind=matter.kind, title=matter.title, text=matter.text, by=stage.chair, now=now
        )


def _first_request(meeting: Meeting) -> AgendaItem | None:
    standing = meeting.items.filter(source_key__startswith=REQUEST).exclude(state=AgendaItem.State.REMOVED)
    return standing.order_by("position").first()


HAPPENS: dict[str, Callable[[Stage, AgendaItem, datetime], None]] = {
    "minutes": _approve_last,
    "interests": _declare,
    "actions": _follow_up,
    "figures": _agree,
    "practice": _agree,
}


def send_bulletins(today: date, now: datetime) -> None:
    """One bulletin from each board, which half of the chairs have acknowledged."""
    for area in Area.objects.order_by("pk"):
        member = people_with(Role.BOARD_MEMBER, on=today, area=area).order_by("pk").first()
        if member is None:
            continue
        bulletin = bulletins.write(
            area_id=area.pk, title="How we compare decisions this term", to_all=True, community_ids=[],
            text="We will look at a sample of decisions from every community. Please keep your reasons short and plain.",
            due_on=today + timedelta(days=20), by=member, now=now - timedelta(days=5),
        )  # fmt: skip
        bulletins.publish(bulletin_id=bulletin.pk, by=member, now=now - timedelta(days=4))
        for community in area.communities.order_by("pk")[::2]:
            chair = people_with(Role.CHAIR, on=today, community=community).get()
            bulletins.acknowledge(
                bulletin_id=bulletin.pk, community_id=community.pk, by=chair, now=now - timedelta(days=2)
            )
