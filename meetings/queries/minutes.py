"""Minutes, as other meetings need them."""

from django.db.models import QuerySet

from meetings.models import Meeting, Minutes
from meetings.queries.carrying import earlier_meetings


def waiting_for_approval(meeting: Meeting) -> "QuerySet[Minutes]":
    """Minutes of earlier meetings of the same body, sent to members and not approved; the oldest first."""
    return (
        Minutes.objects.filter(meeting__in=earlier_meetings(meeting), state=Minutes.State.CIRCULATED)
        .exclude(meeting__in=Minutes.objects.filter(state=Minutes.State.SEALED).values("meeting"))
        .select_related("meeting__community", "meeting__area")
        .order_by("meeting__on", "version")
    )
