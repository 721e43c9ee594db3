"""An agenda, read item by item."""

from datetime import datetime

from django.db.models import QuerySet

from communities.models import Area, Community
from meetings.models import AgendaItem, Meeting

NOT_OVER = (Meeting.State.DRAFT, Meeting.State.PUBLISHED, Meeting.State.RUNNING, Meeting.State.SUSPENDED)


def items_of(meeting: Meeting) -> "QuerySet[AgendaItem]":
    """The items that stand on the agenda, in order."""
    return meeting.items.exclude(position=None).order_by("position")


def item_with_key(key: str) -> AgendaItem | None:
    """The item a matter has on an agenda not yet closed; the newest if there are several, None if there is none."""
    return (
        AgendaItem.objects.filter(source_key=key, meeting__state__in=NOT_OVER)
        .exclude(state=AgendaItem.State.REMOVED)
        .select_related("meeting__community", "meeting__area")
        .order_by("-pk")
        .first()
    )


def next_meeting(body: Community | Area, now: datetime) -> Meeting | None:
    """The running meeting of a community or board, or the next one that is planned; None when there is none."""
    mine = {"community": body} if isinstance(body, Community) else {"area": body}
    return (
        Meeting.objects.filter(**mine, state__in=NOT_OVER, ends_at__gt=now)
        .select_related("community", "area", "template")
        .order_by("starts_at")
        .first()
    )
