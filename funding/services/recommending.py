"""Record what the community recommends. A correction is a new version; the old one stays."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from core.formats import pounds
from core.verdicts import require
from funding.models import Answer, FundingRequest, Recommendation
from funding.models.amounts import NOTHING
from funding.permissions import decisions as permissions
from funding.queries import decisions as queries
from funding.services import life

How = Recommendation.How


class NotSound(Exception):
    """The recommendation does not hold together; the text says what to put right, `field` where."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Votes:
    """A counted vote: one for each school that has a place. They add up to `places`."""

    votes_for: int
    votes_against: int
    abstained: int
    recused: int
    not_present: int
    places: int

    @property
    def total(self) -> int:
        return self.votes_for + self.votes_against + self.abstained + self.recused + self.not_present


@transaction.atomic
def recommend(
    *,
    request_id: int,
    how: str,
    answer: str,
    amount: Decimal = NOTHING,
    conditions: str = "",
    reason: str = "",
    dissent: str = "",
    votes: Votes | None = None,
    by: User,
    now: datetime,
) -> Recommendation:
    """Write down a recommendation in the running meeting. `amount` counts for support in part only: full support is what
    was asked for. Raises Refused or NotSound.
    """
    request = life.locked(request_id)
    item = queries.item_of(request)
    require(permissions.may_recommend(by, request, item))
    if item is None:
        raise NotSound("answer", f"{request.reference} is on no agenda.")
    asked = asked_for(request)
    amount = _amount(request, answer, amount, asked)
    _sound_votes(how, votes)
    last = request.recommendations.order_by("-version").first()
    recommendation = Recommendation.objects.create(
        request=request,
        version=last.version + 1 if last else 1,
        item=item,
        how=how,
        answer=answer,
        amount=amount,
        conditions=tidy(conditions),
        reason=tidy(reason),
        dissent=tidy(dissent),
        recorded_at=now,
        recorded_by=by,
        **(asdict(votes) if votes else {}),
    )
    life.turn(request, "recommend", by=by, now=now)
    return recommendation


def asked_for(request: FundingRequest) -> Decimal:
    """What the cost lines come to, in pounds."""
    return request.costs.aggregate(total=Sum("amount"))["total"] or NOTHING


def _amount(request: FundingRequest, answer: str, amount: Decimal, asked: Decimal) -> Decimal:
    if answer not in (Answer.APPROVE, Answer.IN_PART):
        return NOTHING
    if not request.wants_money:
        raise NotSound("answer", "A discussion asks for no money. Recommend advice, or ask the school for a request.")
    if answer == Answer.APPROVE:
        return asked
    if not NOTHING < amount < asked:
        raise NotSound("amount", f"Support in part is more than nothing and less than {pounds(asked)}.")
    return amount


def _sound_votes(how: str, votes: Votes | None) -> None:
    if how != How.VOTE:
        if votes is not None:
            raise NotSound("how", "Only a counted vote has counts.")
        return
    if votes is None:
        raise NotSound("votes_for", "Enter the counts of the vote.")
    if votes.total != votes.places:
        raise NotSound(
            "votes_for",
            f"The counts come to {votes.total}, but {votes.places} schools have a place. Each school counts once.",
        )


def tidy(text: str) -> str:
    """The same words however the line breaks were sent, so that a departure is never a matter of blanks."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
