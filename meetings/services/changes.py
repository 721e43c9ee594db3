"""What members hear of: each change of a published meeting is a sentence and makes a new version."""

from datetime import datetime

from accounts.models import User
from meetings.models import AgendaChange, Meeting


def lock(meeting_id: int) -> Meeting:
    """The meeting's row, locked until the transaction ends: one planner at a time. While it runs, its screens are told."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("community__area", "area", "template")
    meeting = rows.get(pk=meeting_id)
    if meeting.is_live:
        meeting.pulse += 1
        meeting.save(update_fields=["pulse"])
    return meeting


def note(meeting: Meeting, sentence: str, *, by: User, now: datetime) -> None:
    """Keep the sentence and grow the version, once members can read the agenda; a draft changes without a word.

    The same sentence by the same person is kept once until members were told. Saves `version`.
    """
    if meeting.published_at is None:
        return
    said = AgendaChange.objects.filter(meeting=meeting, version__gt=meeting.told_version, sentence=sentence, made_by=by)
    if said.exists():
        return
    meeting.version += 1
    meeting.save(update_fields=["version"])
    AgendaChange.objects.create(
        meeting=meeting, version=meeting.version, sentence=sentence[:400], made_at=now, made_by=by
    )
