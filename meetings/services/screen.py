"""What the wall shows."""

from django.db import transaction

from accounts.models import User
from core import audit
from core.verdicts import require
from meetings.models import Meeting
from meetings.permissions import live as permissions
from meetings.services.pulse import beat


@transaction.atomic
def set_shutter(*, meeting_id: int, shut: bool, by: User) -> Meeting:
    """Blank the projected page, or show it again. Raises Refused."""
    meeting = beat(meeting_id)
    require(permissions.may_show_screen(by, meeting))
    if meeting.screen_shut != shut:
        meeting.screen_shut = shut
        meeting.save(update_fields=["screen_shut"])
        audit.record(action="screen.shut" if shut else "screen.shown", target=meeting, by=by)
    return meeting
