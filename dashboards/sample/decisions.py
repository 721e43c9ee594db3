"""What the communities of Wealdshire recommended and their chairs decided: something of everything."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from communities.models import Principle
from communities.queries.registers import principles_in_force
from dashboards.sample import rules
from funding.models import FundingRequest
from funding.services import deciding, recommending
from meetings.models import AgendaItem

ANSWERS = cycle(["approve", "in_part", "approve", "decline", "defer"])


def discuss(item: AgendaItem, chair: User, now: datetime) -> None:
    """Recommend, then decide; a discussion ends with advice."""
    request = FundingRequest.objects.get(pk=int(item.source_key.split(":")[1]))
    answer = "advice" if request.kind == FundingRequest.Kind.DISCUSSION else next(ANSWERS)
    asked = recommending.asked_for(request)
    recommending.recommend(
        request_id=request.pk, how="consensus", answer=answer, amount=_part(asked) if answer == "in_part" else Decimal(0),
        conditions="Look back after two terms." if answer == "in_part" else "",
        reason="The need is clear and the plan is sound." if answer != "decline" else "Every school is expected to offer this.",
        by=chair, now=now,
    )  # fmt: skip
    decision = _decision(answer, asked, now)
    deciding.decide(request_id=request.pk, decision=decision, key=uuid4(), by=chair, now=now + timedelta(minutes=3))


def _decision(answer: str, asked: Decimal, now: datetime) -> deciding.Decision:
    today = timezone.localdate(now)
    if answer in ("approve", "in_part"):
        amount = asked if answer == "approve" else _part(asked) - 200
        departs = answer == "in_part"
        return deciding.Decision(
            answer=answer, amount=amount, conditions="Look back after two terms." if departs else "",
            reason="Greatest need, and the help of specialists was used first.", period_id=rules.current_period().pk,
            starts_on=today + timedelta(days=14), ends_on=today + timedelta(days=210), review_on=today + timedelta(days=150),
            departure_reason="Two hundred pounds less, to keep room for what we cannot foresee." if departs else "",
            principle_ids=[_principle(today).pk] if departs else [],
        )  # fmt: skip
    if answer == "decline":
        return deciding.Decision(
            answer=answer, reason_code="ordinarily-available", reason="Every school is expected to offer this.",
            alternative="Specialist teaching offers two visits this term.",
        )  # fmt: skip
    if answer == "defer":
        return deciding.Decision(
            answer=answer, reason_code="more-information", reason="We would like to see the plan first."
        )
    return deciding.Decision(answer=answer, reason="Try a part-time timetable with a date on which it ends.")


def _part(asked: Decimal) -> Decimal:
    """Two thirds, in whole pounds."""
    return (asked * 2 / 3).quantize(Decimal(1))


def _principle(today: date) -> Principle:
    return Principle.objects.get(version=principles_in_force(on=today), number=5)
