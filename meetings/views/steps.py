"""The one next step of a meeting for one person: the solid button above its agenda."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.http import UserRequest
from meetings import pages
from meetings.models import Invitation, Meeting
from meetings.permissions import live as may

Answer = Invitation.Answer


@dataclass(frozen=True, slots=True)
class Step:
    """A button: what it says and where it leads. `hidden` is what only a screen reader needs to be told, `place`
    the invitation it answers, 0 for any other step.
    """

    text: str
    address: str
    hidden: str = ""
    place: int = 0


def next_step(request: UserRequest, meeting: Meeting, places: Iterable[Invitation], *, runs: bool) -> Step | None:
    """Publish, answer, start, run or follow, read; None when there is nothing to do."""
    base = meeting.get_absolute_url()
    if meeting.is_live:
        if live := pages.live_meeting(request.user, meeting):
            return Step("Go to the live page", live.address)
        return Step("Follow the meeting", f"{base}follow/")
    if runs and meeting.state == Meeting.State.DRAFT:
        return Step("Check and publish", f"{base}ready/")
    if runs and meeting.closed_at:
        return Step("Read the minutes", f"{base}minutes/")
    if runs and may.may_start(request.user, meeting, now=timezone.now()):
        return Step("Start the meeting", f"{base}live/")
    return _to_answer(request, meeting, places)


def waiting_for(request: UserRequest, meeting: Meeting, places: Iterable[Invitation]) -> list[Invitation]:
    """The person's own places that have no answer yet, while an answer still helps."""
    if meeting.state != Meeting.State.PUBLISHED:
        return []
    return [place for place in places if place.answer == Answer.WAITING and place.person_id == request.user.pk]


def _to_answer(request: UserRequest, meeting: Meeting, places: Iterable[Invitation]) -> Step | None:
    for place in waiting_for(request, meeting, places):
        parts = [
            f"for {place.school.name}" if place.school else "",
            f"item {place.item.position}" if place.item else "",
        ]
        address = f"{meeting.get_absolute_url()}answer/{place.pk}/"
        return Step("Say whether you come", address, ", ".join(filter(None, parts)), place.pk)
    return None
