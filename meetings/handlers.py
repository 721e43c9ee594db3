"""Who a notice of ours is still meant for when its e-mail goes out."""

from accounts.audiences import audience
from accounts.models import User
from meetings.models import Meeting
from meetings.permissions import may_run
from meetings.queries import seats


@audience("meetings.meeting")
def still_has_a_place(person: User, pk: str) -> bool:
    """Somebody who left their school since has no place at the meeting any more, and is not written to about it."""
    meeting = Meeting.objects.select_related("community", "area").filter(pk=int(pk)).first()
    return bool(
        meeting and (may_run(person, meeting) or seats.attends(person, meeting) or _is_a_guest(person, meeting))
    )


def _is_a_guest(person: User, meeting: Meeting) -> bool:
    """Asked to one item: a professional keeps that place whatever other posts end."""
    return seats.live_places(person).filter(meeting=meeting, item__isnull=False).exists()
