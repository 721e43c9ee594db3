"""What earlier meetings left open."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from communities.models import Area
from meetings.models import AgendaItem, Escalation, Meeting, Outcome


def earlier_meetings(meeting: Meeting) -> "QuerySet[Meeting]":
    """Closed meetings of the same community or board before this one."""
    mine = {"community": meeting.community_id, "area": meeting.area_id}
    return Meeting.objects.filter(**mine, state=Meeting.State.CLOSED, on__lt=meeting.on)


def left_open_before(meeting: Meeting, owners: Iterable[str]) -> "QuerySet[AgendaItem]":
    """Deferred or not reached, and not carried anywhere yet. Standing items come back by themselves, and matters of the apps
    named in `owners` are brought by these while they are open.
    """
    open_still = Q(state__in=[AgendaItem.State.WAITING, AgendaItem.State.DEFERRED]) | Q(outcome_kind=Outcome.DEFERRED)
    theirs = Q()
    for app in owners:
        theirs |= Q(source_key__startswith=f"{app}.")
    elsewhere = AgendaItem.objects.filter(carried_from=OuterRef("pk")).exclude(meeting=meeting)
    return (
        AgendaItem.objects.filter(open_still, meeting__in=earlier_meetings(meeting), template_line=None)
        .exclude(theirs)
        .exclude(Exists(elsewhere.exclude(meeting__state=Meeting.State.CANCELLED)))
        .select_related("meeting")
        .order_by("meeting__on", "position")
    )


def escalations_to(area: Area) -> "QuerySet[Escalation]":
    """Matters sent up to this area's board and not answered."""
    return Escalation.objects.filter(area=area, state=Escalation.State.OPEN).select_related("community").order_by("pk")
