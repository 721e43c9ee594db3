"""Two terms of meetings: two that were held and closed, one that is published, one that is planned."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from communities.models import Area, Community, Role
from communities.queries import people_with
from dashboards.sample import decisions
from dashboards.sample.stage import Stage
from meetings.models import AgendaItem, Invitation, Meeting, MeetingDate, Minutes, NoteField
from meetings.services import (
    actions,
    agenda,
    attendance,
    bulletins,
    close,
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


def stages(today: date) -> list[list[Stage]]:
    """The stages of each community, the earliest first."""
    found = []
    for community in Community.objects.select_related("area").order_by("pk"):
        chair = people_with(Role.CHAIR, on=today, community=community).get()
        dates = MeetingDate.objects.filter(area=community.area, kind="community", withdrawn_at=None).order_by("on")
        found.append([Stage(community, chair, day) for day in dates])
    return found


def plan(stage: Stage) -> Meeting:
    """Plan three weeks ahead, fill the agenda."""
    meeting = planning.plan(
        date_id=stage.date.pk, community_id=stage.community.pk, place="The hall of a member school", online_link="",
        welcome_note="Tea and coffee from 9:15am.", by=stage.chair, now=stage.at(-27),
    )  # fmt: skip
    agenda.fill(meeting_id=meeting.pk, by=stage.chair, now=stage.at(-26))
    return meeting


def publish(stage: Stage, meeting: Meeting, now: datetime) -> None:
    """Send it out and let members answer."""
    publishing.publish(meeting_id=meeting.pk, by=stage.chair, now=min(stage.at(-20), now))
    answers = ["yes", "yes", "yes", "maybe", "no"]
    places = Invitation.objects.filter(meeting=meeting, item=None).exclude(person=stage.chair).select_related("person")
    for number, place in enumerate(places.order_by("pk")[:12]):
        word = answers[number % len(answers)]
        reason = "Teaching that morning" if word == "no" else ""
        invitations.answer(
            invitation_id=place.pk, answer=word, reason=reason, how="in_person" if word == "yes" else "",
            by=place.person, now=min(stage.at(-12), now),
        )  # fmt: skip


def hold(stage: Stage, meeting: Meeting) -> None:
    """Run it from the first item to the last, and close it."""
    agenda.fill(meeting_id=meeting.pk, by=stage.chair, now=stage.at(-6))
    running.start(meeting_id=meeting.pk, by=stage.chair, now=stage.at())
    attendance.everybody_came(meeting_id=meeting.pk, by=stage.chair, now=stage.at(minute=32))
    for number, item in enumerate(meeting.items.exclude(state=AgendaItem.State.REMOVED).order_by("position")):
        _item(stage, item, stage.at() + timedelta(minutes=5 + 9 * number))
    end = stage.at() + timedelta(minutes=140)
    close.close(meeting_id=meeting.pk, by=stage.chair, now=end)
    draft = Minutes.objects.get(meeting=meeting)
    minutes.circulate(minutes_id=draft.pk, by=stage.chair, now=stage.at(1))


def _item(stage: Stage, item: AgendaItem, now: datetime) -> None:
    running.open_item(item_id=item.pk, by=stage.chair, now=now)
    if item.source_key.startswith("funding.request:"):
        decisions.discuss(item, stage.chair, now)
    elif item.kind == "minutes":
        _approve_last(stage, now)
    _write(item, stage, now)
    if item.kind in ("figures", "practice"):
        _action(stage, item, now)
    running.end_item(item_id=item.pk, by=stage.chair, now=now + timedelta(minutes=8))


def _write(item: AgendaItem, stage: Stage, now: datetime) -> None:
    item.refresh_from_db()
    said = SAID.get(item.kind, "The item was discussed.")
    words = Words(text=said)
    notes.save(item_id=item.pk, field=NoteField.NOTES, words=words, version=item.notes_version, by=stage.chair, now=now)
    outcome = Words(text="", kind="decision" if item.source_key.startswith("funding.request:") else "information")
    notes.save(
        item_id=item.pk, field=NoteField.OUTCOME, words=outcome, version=item.outcome_version, by=stage.chair, now=now
    )


def _approve_last(stage: Stage, now: datetime) -> None:
    body = {"meeting__community" if isinstance(stage.body, Community) else "meeting__area": stage.body}
    waiting = Minutes.objects.filter(**body, state=Minutes.State.CIRCULATED)
    last = waiting.exclude(meeting__minutes__state=Minutes.State.SEALED).order_by("-version").first()
    if last:
        minutes.approve(minutes_id=last.pk, by=stage.chair, now=now)


def _action(stage: Stage, item: AgendaItem, now: datetime) -> None:
    place = item.meeting.invitations.filter(school__isnull=False).select_related("person").order_by("pk").first()
    if place is None:
        return
    title = {"figures": "Compare attendance of pupils with a plan", "practice": "Write up the quiet start"}[item.kind]
    because = "Other communities see the same" if item.kind == "figures" else ""
    actions.create(
        title=title, owner_id=place.person_id, due_on=localdate(now) + timedelta(days=24), report_because=because,
        community_id=stage.community.pk, meeting_id=item.meeting_id, item_id=item.pk, by=stage.chair, now=now,
    )  # fmt: skip


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
