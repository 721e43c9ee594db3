"""The sample county with one thing more: its first community sits in a meeting and has a request before it."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from dashboards.sample import meetings as sample
from funding.models import FundingRequest
from funding.services import recommending
from meetings.models import AgendaItem, Meeting
from meetings.services import attendance, running


def sit_down() -> None:
    """Start the meeting that comes next, as if it were its day, and recommend on its first request."""
    today, now = timezone.localdate(), timezone.now()
    stage = next(stage for stage in sample.stages(today)[0] if stage.at() >= now)
    meeting = Meeting.objects.get(community=stage.community, on=stage.date.on)
    running.start(meeting_id=meeting.pk, by=stage.chair, now=stage.at())
    attendance.everybody_came(meeting_id=meeting.pk, by=stage.chair, now=stage.at(minute=32))
    asks = [FundingRequest.Kind.INDIVIDUAL, FundingRequest.Kind.GROUP, FundingRequest.Kind.PROJECT]
    requests = FundingRequest.objects.filter(community=stage.community, kind__in=asks)
    keys = [request.key for request in requests]
    item = meeting.items.filter(source_key__in=keys).exclude(state=AgendaItem.State.REMOVED).order_by("position")[0]
    at = stage.at() + timedelta(minutes=20)
    running.open_item(item_id=item.pk, by=stage.chair, now=at)
    recommend(int(item.source_key.split(":")[1]), stage.chair)


def recommend(request_id: int, chair: User) -> None:
    """The community would give what is asked for."""
    recommending.recommend(
        request_id=request_id, how="consensus", answer="approve", amount=Decimal(0), reason="The need is clear.",
        by=chair, now=timezone.now(),
    )  # fmt: skip
