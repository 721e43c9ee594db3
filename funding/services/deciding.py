"""The chair decides on the recommendation. Money is committed in the same transaction, under the budget's lock."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from communities.models import Principle, PrinciplesVersion
from core import idempotency
from core.lists import choices
from core.verdicts import require
from funding.first_codes import EHC_PLAN
from funding.models import Answer, Budget, ChairDecision, DecisionPrinciple, FundingRequest, Recommendation
from funding.models.amounts import NOTHING
from funding.models.decision import GIVES_MONEY
from funding.permissions import decisions as permissions
from funding.queries import decisions as queries
from funding.services import awards, life
from funding.services.recommending import NotSound, asked_for, tidy
from provision.queries import support

MONEY = (Answer.APPROVE, Answer.IN_PART)
LISTS = {Answer.DECLINE: "decline_reason", Answer.DEFER: "defer_reason"}


class NoSupportTried(NotSound):
    """Nothing was tried before, and the chair has not said why they decide all the same."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the chair says. `principle_ids` and `departure_reason` only where it departs from the recommendation."""

    answer: str
    amount: Decimal = NOTHING
    conditions: str = ""
    reason_code: str = ""
    reason: str = ""
    alternative: str = ""
    period_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    departure_reason: str = ""
    principle_ids: list[int] = field(default_factory=list)
    no_support_because: str = ""


@transaction.atomic
def decide(*, request_id: int, decision: Decision, key: UUID, by: User, now: datetime) -> ChairDecision:
    """Decide. The same form sent twice has one effect. It stays pending until the meeting closes.

    Raises Refused, NotSound (with the field), idempotency.KeyReused, and ledger.NotPosted when the budget does not reach.
    """
    claim = idempotency.claim(key=key, purpose="funding.decide", by=by, body={"id": request_id, **asdict(decision)})
    if claim.answer is not None:
        return ChairDecision.objects.get(pk=claim.answer["decision"])
    request = life.locked(request_id)
    require(permissions.may_decide(by, request, queries.item_of(request)))
    recommendation = queries.recommendation(request)
    if recommendation is None:
        raise NotSound("answer", "The community has made no recommendation yet.")
    decided = _written(request, recommendation, decision, by=by, now=now)
    if decided.gives_money:
        _grant(request, decided, by=by, now=now)
    life.turn(request, "decide", by=by, now=now)
    claim.settle(decision=decided.pk)
    return decided


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decision that holds together: pounds, conditions in one form of blanks, whether it departs, and on what it rests."""

    amount: Decimal
    conditions: str
    departs: bool
    principles: PrinciplesVersion
    named: list[Principle]


def prepare(request: FundingRequest, recommendation: Recommendation, said: Decision, *, now: datetime) -> Prepared:
    """Look at a decision without taking it. Raises NotSound with the field and the sentence."""
    amount, conditions = _amount(request, said), tidy(said.conditions)
    _sound(request, said, now)
    recommended = (recommendation.answer, recommendation.amount, recommendation.conditions)
    departs = (said.answer, amount, conditions) != recommended
    principles = _principles(now)
    return Prepared(amount, conditions, departs, principles, _named(said, principles) if departs else [])


def _written(
    request: FundingRequest, recommendation: Recommendation, said: Decision, *, by: User, now: datetime
) -> ChairDecision:
    ready = prepare(request, recommendation, said, now=now)
    last = request.decisions.order_by("-version").first()
    money = said.answer in GIVES_MONEY
    decided = ChairDecision.objects.create(
        request=request,
        version=last.version + 1 if last else 1,
        recommendation=recommendation,
        answer=said.answer,
        amount=ready.amount,
        conditions=ready.conditions,
        recommended_answer=recommendation.answer,
        recommended_amount=recommendation.amount,
        recommended_conditions=recommendation.conditions,
        departs=ready.departs,
        departure_reason=tidy(said.departure_reason) if ready.departs else "",
        reason_code=said.reason_code,
        reason_label=_label(said, now),
        reason=tidy(said.reason),
        alternative=tidy(said.alternative),
        no_support_because=tidy(said.no_support_because),
        period_id=said.period_id if money else None,
        starts_on=said.starts_on if money else None,
        ends_on=said.ends_on if money else None,
        review_on=said.review_on if money else None,
        principles=ready.principles,
        decided_at=now,
        decided_by=by,
    )
    links = [DecisionPrinciple(decision=decided, principle=one) for one in ready.named]
    DecisionPrinciple.objects.bulk_create(links)
    return decided


def _amount(request: FundingRequest, said: Decision) -> Decimal:
    if said.answer not in MONEY:
        return NOTHING
    if not request.wants_money:
        raise NotSound("answer", "A discussion asks for no money. Choose advice, or ask the school for a request.")
    asked = asked_for(request)
    if said.answer == Answer.APPROVE:
        return asked
    if not NOTHING < said.amount < asked:
        raise NotSound("amount", f"Part of it is more than nothing and less than £{asked:,.2f}.")
    return said.amount


def _sound(request: FundingRequest, said: Decision, now: datetime) -> None:
    """What has to be said with this answer. The database asks the same; here it becomes a sentence at a field."""
    if said.answer in LISTS:
        if said.reason_code not in dict(choices(LISTS[Answer(said.answer)], on=localdate(now))):
            raise NotSound("reason_code", "Choose a reason from the list.")
        if not said.reason.strip():
            raise NotSound("reason", "Say why, in words the school can read.")
    if said.answer == Answer.DECLINE and not said.alternative.strip():
        raise NotSound("alternative", "Say what you offer instead: advice, specialist help, another school, training.")
    if said.answer in MONEY:
        _sound_money(request, said)
    if not said.no_support_because.strip() and not support.of_request(request.reference).exists():
        raise NoSupportTried("no_support_because", "No support was recorded. Say why you decide all the same.")


def _sound_money(request: FundingRequest, said: Decision) -> None:
    if said.period_id is None:
        raise NotSound("period", "Choose the funding period that pays.")
    if not (said.starts_on and said.ends_on):
        raise NotSound("starts_on", "Enter the first and the last day of the award.")
    if said.ends_on < said.starts_on:
        raise NotSound("ends_on", "The last day must be the same as or after the first day.")
    budget = (
        Budget.objects.filter(community=request.community, period_id=said.period_id).select_related("period").first()
    )
    if budget is None:
        raise NotSound("period", "The community has no budget in this period.")
    plans = request.pupils.filter(sen_status=EHC_PLAN).exists()
    if plans and not budget.period.ehcp_may_draw:
        raise NotSound(
            "period",
            f"In {budget.period.name}, community money does not pay for pupils with an EHC plan, and this request has one. "
            "Their support is paid through the plan.",
        )


def _principles(now: datetime) -> PrinciplesVersion:
    version = queries.principles_in_force(localdate(now))
    if version is None:
        raise NotSound("answer", "No Community Principles are in force. An administrator has to publish them first.")
    return version


def _named(said: Decision, principles: PrinciplesVersion) -> list[Principle]:
    """A departure has a reason in words and rests on at least one principle in force."""
    if not said.departure_reason.strip():
        raise NotSound("departure_reason", "Say why you depart from the community’s recommendation.")
    named = list(Principle.objects.filter(version=principles, pk__in=said.principle_ids))
    if not named:
        raise NotSound("principles", "Choose at least one principle that your departure rests on.")
    return named


def _label(said: Decision, now: datetime) -> str:
    if said.answer not in LISTS:
        return ""
    return dict(choices(LISTS[Answer(said.answer)], on=localdate(now)))[said.reason_code]


def _grant(request: FundingRequest, decided: ChairDecision, *, by: User, now: datetime) -> None:
    """Commit the money. A project is paid in one sum; the rest in equal parts over the payment days."""
    if decided.starts_on is None or decided.ends_on is None:
        raise NotSound("starts_on", "Enter the first and the last day of the award.")
    budget = Budget.objects.get(community=request.community, period=decided.period)
    award = awards.grant(
        budget_id=budget.pk,
        school_id=request.school_id,
        amount=decided.amount,
        reference=request.reference,
        title=request.get_kind_display(),
        starts_on=decided.starts_on,
        ends_on=decided.ends_on,
        review_on=decided.review_on,
        over_terms=request.kind != FundingRequest.Kind.PROJECT,
        by=by,
        now=now,
    )
    award.decision = decided
    award.save(update_fields=["decision"])
