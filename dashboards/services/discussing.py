"""From a figure to the next agenda: frozen as it was shown, hidden numbers still hidden."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from communities.models import Community
from core import audit
from core.verdicts import require
from dashboards import permissions
from dashboards.models import FrozenFigure, Indicator
from meetings.models import AgendaItem
from meetings.queries.agenda import next_meeting
from meetings.services import agenda
from meetings.sources import Proposal


class NoMeeting(Exception):
    """There is no meeting ahead to put the figure on."""


@transaction.atomic
def discuss(
    *, indicator_id: int, community_id: int, place: str, shown: dict[str, Any], by: User, now: datetime
) -> AgendaItem:
    """Freeze a figure as it is shown now and put it on the community's next agenda.

    `shown` is what the page showed, hidden numbers already hidden. Raises Refused, or NoMeeting when none is planned.
    """
    community = Community.objects.get(pk=community_id)
    require(permissions.may_discuss(by, community))
    meeting = next_meeting(community, now)
    if meeting is None:
        raise NoMeeting(f"{community.name} has no meeting planned. Plan one first, then choose “Discuss this” again.")
    frozen = FrozenFigure.objects.create(
        indicator_id=indicator_id, community=community, place=place, shown=shown, taken_at=now, taken_by=by
    )
    audit.record(action="dashboards.figure_frozen", target=frozen, by=by, at=now, meeting=meeting.pk)
    name = Indicator.objects.values_list("name", flat=True).get(pk=indicator_id)
    proposal = Proposal(
        key=f"dashboards.figure:{frozen.pk}",
        kind="figures",
        title=f"{name} in {place}",
        link=reverse("dashboards:frozen", kwargs={"pk": frozen.pk}),
        why=f"{by.name} asked to discuss this figure",
    )
    return agenda.place(meeting_id=meeting.pk, proposal=proposal, by=by, now=now)
