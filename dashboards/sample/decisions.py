"""The communities of Wealdshire recommend and their chairs decide."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from communities.models import Principle
from communities.queries.registers import principles_in_force
from dashboards.sample import money
from dashboards.sample.cases import Case
from funding.models import FundingRequest
from funding.services import deciding, recommending
from meetings.models import AgendaItem, Meeting

LESS = 200  # pounds by which the chair departs from what the community recommended
LOOK_BACK = "Look back after two terms."
ORDINARY = "Every school is expected to offer this."

WITHOUT_MONEY = {
    "decline": deciding.Decision(
        answer="decline", reason_code="ordinarily-available", reason=ORDINARY,
        alternative="Specialist teaching offers two visits this term.",
    ),
    "defer": deciding.Decision(
        answer="defer", reason_code="more-information", reason="We would like to see the plan first."
    ),
    "advice": deciding.Decision(answer="advice", reason="Try a part-time timetable with a date on which it ends."),
}  # fmt: skip


def discuss(item: AgendaItem, case: Case, chair: User, now: datetime) -> None:
    """Recommend, then decide, unless the chair wants to sleep on it."""
    request = FundingRequest.objects.get(pk=int(item.source_key.split(":")[1]))
    _recommend(request, item.meeting, case, chair, now)
    if case.decides:
        decide(request, case.decides, chair, now + timedelta(minutes=3))


def decide(request: FundingRequest, answer: str, chair: User, now: datetime) -> None:
    """The chair's answer, with all that goes with it."""
    decision = WITHOUT_MONEY.get(answer) or _award(answer, recommending.asked_for(request), timezone.localdate(now))
    deciding.decide(request_id=request.pk, decision=decision, key=uuid4(), by=chair, now=now)


def _recommend(request: FundingRequest, meeting: Meeting, case: Case, chair: User, now: datetime) -> None:
    part = case.recommends == "in_part"
    vote: dict[str, Any] = {"votes": _votes(meeting), "dissent": "One school would have waited a term."}
    recommending.recommend(
        request_id=request.pk, how=case.how, answer=case.recommends, conditions=LOOK_BACK if part else "",
        amount=_part(recommending.asked_for(request)) if part else Decimal(0),
        reason=ORDINARY if case.recommends == "decline" else "The need is clear and the plan is sound.",
        by=chair, now=now, **(vote if case.how == "vote" else {}),
    )  # fmt: skip


def _votes(meeting: Meeting) -> recommending.Votes:
    """Every school that has a place counts once: one is out of the room, one against, two are away."""
    places = meeting.invitations.filter(school__isnull=False).values("school").distinct().count()
    return recommending.Votes(
        votes_for=places - 4, votes_against=1, abstained=0, recused=1, not_present=2, places=places
    )


def _award(answer: str, asked: Decimal, today: date) -> deciding.Decision:
    part = answer == "in_part"
    return deciding.Decision(
        answer=answer, amount=_part(asked) - LESS if part else asked, conditions=LOOK_BACK if part else "",
        reason="Greatest need, and the help of specialists was used first.", period_id=money.running().pk,
        starts_on=today + timedelta(days=14), ends_on=today + timedelta(days=210), review_on=today + timedelta(days=150),
        departure_reason="Two hundred pounds less, to keep room for what we cannot foresee." if part else "",
        principle_ids=[_principle(today).pk] if part else [],
    )  # fmt: skip


def _part(asked: Decimal) -> Decimal:
    """Two thirds, in whole pounds."""
    return (asked * 2 / 3).quantize(Decimal(1))


def _principle(today: date) -> Principle:
    return Principle.objects.get(version=principles_in_force(on=today), number=5)
