"""Take a decision back before it is released: a dated reversal, and the money stands free again."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.verdicts import require
from funding.models import Award, ChairDecision, DecisionReversal, FundingRequest
from funding.permissions import decisions as permissions
from funding.queries import decisions as queries
from funding.services import awards, life


class NothingDecided(Exception):
    """There is no decision that stands."""


@transaction.atomic
def undo(*, request_id: int, reason: str, by: User, now: datetime) -> DecisionReversal:
    """The decider takes their decision back, with a reason. Raises Refused, or awards.AlreadyUnderWay once money was sent."""
    request = life.locked(request_id)
    decision = queries.standing(request)
    require(permissions.may_undo(by, request, decision))
    if decision is None:
        raise NothingDecided(f"{request.reference} has no decision to take back.")
    reversal = _reverse(decision, reason, by=by, now=now)
    life.turn(request, "undo", by=by, now=now, words=reason)
    return reversal


def undo_for_withdrawal(request: FundingRequest, *, by: User, now: datetime) -> None:
    """The school withdrew a locked request whose decision was not released: nothing stays promised."""
    decision = queries.standing(request)
    if decision is not None:
        _reverse(decision, "The school withdrew the request.", by=by, now=now)


def _reverse(decision: ChairDecision, reason: str, *, by: User, now: datetime) -> DecisionReversal:
    award = Award.objects.filter(decision=decision).first()
    if award is not None:
        awards.undo(award_id=award.pk, reason=reason, by=by, now=now)
    return DecisionReversal.objects.create(decision=decision, reason=reason, reversed_at=now, reversed_by=by)
