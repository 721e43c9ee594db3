"""The board of one area meets: once held, once planned."""

from datetime import date, datetime

from communities.models import Role
from communities.queries import people_with
from dashboards.sample.meetings import hold
from dashboards.sample.stage import Stage
from meetings.models import Escalation, Invitation, MeetingDate
from meetings.services import escalations, invitations, planning, publishing

ANSWERS = {
    "risk": "Thank you. We have asked the other communities whether they see the same.",
    "practice": "Thank you. We will show it to every community in the area.",
    "departure": "Noted. The reason stands, and the principle was named.",
}


def meet(today: date, now: datetime) -> None:
    """After the communities, so that what they sent up stands on the agenda of the meeting that was held."""
    for day in MeetingDate.objects.filter(kind="board").select_related("area").order_by("on"):
        member = people_with(Role.BOARD_MEMBER, on=today, area=day.area).order_by("pk")[0]
        stage = Stage(day.area, member, day)
        _meet(stage, min(stage.at(-13), now), now)


def _meet(stage: Stage, planned_at: datetime, now: datetime) -> None:
    meeting = planning.plan(
        date_id=stage.date.pk, area_id=stage.body.pk, place="County Hall, room 2", online_link="", welcome_note="",
        by=stage.chair, now=planned_at,
    )  # fmt: skip
    if stage.at() >= now:
        return
    publishing.publish(meeting_id=meeting.pk, by=stage.chair, now=stage.at(-11))
    for place in Invitation.objects.filter(meeting=meeting).select_related("person"):
        invitations.answer(
            invitation_id=place.pk, answer="yes", reason="", how="in_person", by=place.person, now=stage.at(-9)
        )
    hold(stage, meeting, {})


def answer_all(today: date, now: datetime) -> None:
    """What was sent up before the last round has its answer."""
    for matter in Escalation.objects.filter(state=Escalation.State.OPEN).select_related("area").order_by("pk"):
        member = people_with(Role.BOARD_MEMBER, on=today, area=matter.area).order_by("pk")[0]
        escalations.answer(escalation_id=matter.pk, answer=ANSWERS[matter.kind], by=member, now=now)
