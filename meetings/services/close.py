"""Closing writes once: what every app has to write, the carried items, the draft minutes, all in one transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core import audit
from core.verdicts import require
from meetings import closing
from meetings.models import Acknowledgement, AgendaItem, ItemKind, Meeting, Minutes, Outcome
from meetings.permissions import live as permissions
from meetings.permissions import may_change_agenda
from meetings.queries.agenda import next_meeting
from meetings.services import agenda, minutes
from meetings.services.pulse import beat
from meetings.services.running import end_current

KEY = "meetings.bulletin:"


@transaction.atomic
def close(*, meeting_id: int, by: User, now: datetime) -> Minutes:
    """Close the meeting and draft its minutes. A second press waits for the first and is given the same minutes.

    Raises Refused, and whatever an app raises that cannot write what it must: then nothing is closed.
    """
    meeting = beat(meeting_id)
    if meeting.state == Meeting.State.CLOSED and meeting.closed_by_id == by.pk:
        return meeting.minutes.order_by("version")[0]
    require(permissions.may_close(by, meeting))
    end_current(meeting, now=now)
    meeting.suspensions.filter(resumed_at=None).update(resumed_at=now, resumed_by=by)
    meeting.attendances.filter(left_at=None).update(
        left_at=now, left_recorded_at=now, left_recorded_by=by, version=F("version") + 1
    )
    meeting.items.filter(state=AgendaItem.State.WAITING, outcome_kind="").update(outcome_kind=Outcome.NOT_REACHED)
    meeting.state, meeting.closed_at, meeting.closed_by = Meeting.State.CLOSED, now, by
    meeting.save(update_fields=["state", "closed_at", "closed_by"])
    _tell_bulletins(meeting, by, now)
    closing.write_all(meeting, by, now)
    written = minutes.draft(meeting, now=now)
    _carry(meeting, by, now)
    audit.record(action="meeting.closed", target=meeting, by=by, at=now, minutes=written.pk)
    return written


def _tell_bulletins(meeting: Meeting, by: User, now: datetime) -> None:
    """Bulletins that were discussed have been told to the members, and the chair has taken note by telling them; those
    never reached stand on the next agenda.
    """
    if meeting.community_id is None:
        return
    told = meeting.items.filter(kind=ItemKind.BULLETIN, state=AgendaItem.State.DONE, source_key__startswith=KEY)
    ids = [int(key.removeprefix(KEY)) for key in told.values_list("source_key", flat=True)]
    for pk in ids:
        Acknowledgement.objects.update_or_create(
            bulletin_id=pk,
            community_id=meeting.community_id,
            defaults={"told_at_meeting": meeting},
            create_defaults={"told_at_meeting": meeting, "acknowledged_at": now, "acknowledged_by": by},
        )


def _carry(meeting: Meeting, by: User, now: datetime) -> None:
    """Put what was left open on the next agenda at once, when there is one; otherwise it is found when one is planned."""
    following = next_meeting(meeting.body, now)
    if following is not None and may_change_agenda(by, following):
        agenda.fill(meeting_id=following.pk, by=by, now=now)
