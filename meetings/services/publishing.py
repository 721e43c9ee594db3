"""The agenda goes out: members are invited and told, and told again of what changed since."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.formats import long_moment
from core.verdicts import require
from meetings import permissions
from meetings.models import Meeting, MeetingRead
from meetings.queries import guests
from meetings.services import changes, invitations


class NothingToTell(Exception):
    """Members know everything already."""


@transaction.atomic
def publish(*, meeting_id: int, by: User, now: datetime) -> Meeting:
    """Open the agenda to members, give everybody their place and tell them. Raises Refused."""
    meeting = changes.lock(meeting_id)
    require(permissions.may_publish(by, meeting))
    meeting.state = Meeting.State.PUBLISHED
    meeting.published_at, meeting.published_by = now, by
    meeting.told_version = meeting.version
    meeting.save()
    invitations.invite_members(meeting, by=by, now=now)
    audit.record(action="meeting.published", target=meeting, by=by)
    notify(
        [person for person in guests.told(meeting) if person.pk != by.pk],
        subject=f"Agenda: {meeting.body.name}, {long_moment(meeting.starts_at)}",
        text="Please read the agenda and say whether you come. If you cannot, you can send somebody in your place.",
        link=meeting.get_absolute_url(),
        key=f"meetings.published:{meeting.pk}",
        audience=f"meetings.meeting:{meeting.pk}",
        now=now,
    )
    return meeting


@transaction.atomic
def tell_changes(*, meeting_id: int, by: User, now: datetime) -> int:
    """One notice for all changes since members were last told; also gives newcomers their place. Returns how many changes.

    Raises Refused, or NothingToTell.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    untold = list(meeting.changes.filter(version__gt=meeting.told_version))
    if meeting.published_at is None or not untold:
        raise NothingToTell("Members know of every change already.")
    meeting.told_version = meeting.version
    meeting.save(update_fields=["told_version"])
    invitations.invite_members(meeting, by=by, now=now)
    audit.record(action="meeting.changes_told", target=meeting, by=by, version=meeting.version)
    notify(
        [person for person in guests.told(meeting) if person.pk != by.pk],
        subject=f"The agenda of {meeting.body.name} on {long_moment(meeting.starts_at)} has changed",
        text=" ".join(change.sentence for change in untold),
        link=meeting.get_absolute_url(),
        key=f"meetings.changed:{meeting.pk}:{meeting.version}",
        audience=f"meetings.meeting:{meeting.pk}",
        now=now,
    )
    return len(untold)


@transaction.atomic
def mark_read(*, meeting_id: int, by: User, now: datetime) -> None:
    """The person has seen the agenda as it stands; what changes from now on is shown to them as new."""
    version = Meeting.objects.values_list("version", flat=True).get(pk=meeting_id)
    MeetingRead.objects.update_or_create(
        meeting_id=meeting_id, person=by, defaults={"version": version, "read_at": now}
    )
