"""Who is in the meeting now."""

from accounts.models import User
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.queries import recusals


def is_present(person: User, item: AgendaItem) -> bool:
    """Whether the person is in the meeting and takes part in this item: here and not recused."""
    here = Attendance.objects.filter(meeting_id=item.meeting_id, person=person, left_at=None).exists()
    return here and not recusals.is_recused(person, item)


def present_ids(meeting: Meeting) -> set[int]:
    """Primary keys of the people who are here; guests have none."""
    here = Attendance.objects.filter(meeting=meeting, left_at=None, person__isnull=False)
    return set(here.values_list("person_id", flat=True))
