"""Promises to schools: made from a decision or taken over from before, ended early, taken back when entered by mistake."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities import queries as places
from communities.models import Role, School
from core import audit, idempotency
from core.formats import exact_pounds
from core.verdicts import require
from funding.models import Award, Budget, Instalment
from funding.models.amounts import NOTHING
from funding.permissions import money as permissions
from funding.queries import payment_days
from funding.services import ledger

PENNY = Decimal("0.01")
Origin = Award.Origin


class ReferenceTaken(Exception):
    """Another award has this reference."""


class NothingLeft(Exception):
    """Every instalment was paid or sent for payment already."""


class AlreadyUnderWay(Exception):
    """Part of the award was paid, sent for payment or released."""


def equally(amount: Decimal, parts: int) -> list[Decimal]:
    """The amount in equal parts that sum to it to the penny; what does not divide stands on the first."""
    each = (amount / parts).quantize(PENNY, rounding=ROUND_DOWN)
    return [amount - each * (parts - 1), *[each] * (parts - 1)]


@transaction.atomic
def grant(
    *,
    budget_id: int,
    school_id: int,
    amount: Decimal,
    reference: str,
    title: str,
    starts_on: date,
    ends_on: date,
    by: User,
    now: datetime,
    over_terms: bool = True,
    due_on: Sequence[date] = (),
    review_on: date | None = None,
    from_contingency: Decimal = NOTHING,
    origin: str = Origin.DECISION,
) -> Award:
    """Commit the money and plan its payment; the caller has asked whether `by` may.

    `school_id` is who is paid (the lead school). `due_on` names the days; else the period's payment days between start
    and end when `over_terms`, or one sum on the first day. Raises ledger.NotPosted (NotEnough, NotOpen) and ReferenceTaken.
    """
    days = list(due_on) or payment_days.between(starts_on, ends_on, over_terms=over_terms)
    if Award.objects.filter(reference=reference).exclude(state=Award.State.WITHDRAWN).exists():
        raise ReferenceTaken(f"There is an award {reference} already.")
    budget = ledger.lock(budget_id)  # from here on others wait for us: nothing slow below
    award = Award.objects.create(
        origin=origin,
        community_id=budget.community_id,
        school_id=school_id,
        budget=budget,
        reference=reference,
        title=title,
        amount=amount,
        from_contingency=from_contingency,
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=review_on,
        granted_at=now,
        granted_by=by,
    )
    ledger.promise(budget, amount=amount, by=by, now=now, award=award, from_contingency=from_contingency)
    _plan(award, budget, days)
    audit.record(
        action="funding.award_granted", target=award, by=by, at=now,
        amount=str(amount), instalments=len(days), origin=origin,
    )  # fmt: skip
    return award


def _plan(award: Award, budget: Budget, days: Sequence[date]) -> None:
    """One instalment a day; fewer when there are not enough pennies for all of them."""
    pennies = int(award.amount / PENNY)
    days = sorted(days)[: max(1, min(len(days), pennies))]
    Instalment.objects.bulk_create(
        Instalment(award=award, number=number, budget=budget, amount=amount, due_on=day)
        for number, (day, amount) in enumerate(zip(days, equally(award.amount, len(days)), strict=True), start=1)
    )


@transaction.atomic
def release_early(*, award_id: int, reason: str, by: User, now: datetime) -> Award:
    """The school no longer needs it: what is neither paid nor sent for payment goes back to the community.

    Raises Refused and NothingLeft.
    """
    award = _locked(award_id)
    require(permissions.may_release(by, award))
    freed = _cancel_planned(award, by=by, now=now, note=f"{award.reference} ended early")
    if not freed:
        raise NothingLeft(
            "Everything in this award was paid or sent for payment already. There is nothing to give back."
        )
    award.state, award.released_amount = Award.State.RELEASED, freed
    award.release_reason, award.released_at, award.released_by = reason, now, by
    award.save(update_fields=["state", "released_amount", "release_reason", "released_at", "released_by"])
    audit.record(action="funding.award_released", target=award, by=by, at=now, amount=str(freed))
    _tell_of_release(award, by=by, now=now)
    return award


def _tell_of_release(award: Award, *, by: User, now: datetime) -> None:
    """The chair and the school's business manager, whoever of them did not do it."""
    chairs = places.people_with(Role.CHAIR, on=localdate(now), community=award.community)
    managers = places.people_with(Role.BUSINESS_MANAGER, on=localdate(now), school=award.school)
    notify(
        [person for person in {*chairs, *managers} if person.pk != by.pk],
        subject=f"{award.school.name} gave back {exact_pounds(award.released_amount)} of {award.reference}",
        text="The money is uncommitted again. The school is thanked in the next minutes.",
        link=reverse("funding:award", args=[award.reference]),
        key=f"funding.award_released:{award.pk}",
        now=now,
    )


@transaction.atomic
def withdraw_inherited(*, award_id: int, reason: str, by: User, now: datetime) -> Award:
    """Take back an inherited commitment that was entered by mistake. Raises Refused and AlreadyUnderWay."""
    award = _locked(award_id)
    require(permissions.may_withdraw_inherited(by, award))
    return _withdraw(award, reason=reason, by=by, now=now)


@transaction.atomic
def undo(*, award_id: int, reason: str, by: User, now: datetime) -> Award:
    """The decision behind the award was taken back; the caller has asked whether `by` may. Raises AlreadyUnderWay."""
    return _withdraw(_locked(award_id), reason=reason, by=by, now=now)


def _withdraw(award: Award, *, reason: str, by: User, now: datetime) -> Award:
    """As if it had never been promised: the money is back and the reference free."""
    if award.instalments.exclude(state=Instalment.State.PLANNED).exists():
        raise AlreadyUnderWay("Part of this award was paid or sent for payment already. It cannot be taken back.")
    freed = _cancel_planned(award, by=by, now=now, note=f"{award.reference} was taken back")
    award.state, award.released_amount = Award.State.WITHDRAWN, freed
    award.release_reason, award.released_at, award.released_by = reason, now, by
    award.save(update_fields=["state", "released_amount", "release_reason", "released_at", "released_by"])
    audit.record(action="funding.award_withdrawn", target=award, by=by, at=now, amount=str(freed))
    return award


def _locked(award_id: int) -> Award:
    """The award with its row locked. Lock order everywhere: award, then its budgets by number."""
    return Award.objects.select_for_update(no_key=True).get(pk=award_id)


def _cancel_planned(award: Award, *, by: User, now: datetime, note: str) -> Decimal:
    """Cancel what is only planned and give it back, budget by budget. Returns the pounds freed."""
    planned = award.instalments.filter(state=Instalment.State.PLANNED)
    for budget_id in sorted(set(planned.values_list("budget_id", flat=True))):
        ledger.lock(budget_id)  # after this no closing period can move the instalments away
    freed: dict[int, Decimal] = defaultdict(Decimal)
    for instalment in planned.select_for_update(no_key=True).order_by("pk"):
        freed[instalment.budget_id] += instalment.amount
        instalment.state = Instalment.State.CANCELLED
        instalment.save(update_fields=["state"])
    for budget_id, amount in sorted(freed.items()):
        ledger.release(budget_id=budget_id, amount=amount, by=by, now=now, award=award, note=note)
    return sum(freed.values(), NOTHING)


@transaction.atomic
def inherit(
    *,
    key: UUID,
    budget_id: int,
    school: School,
    amount: Decimal,
    reference: str,
    title: str,
    starts_on: date,
    ends_on: date,
    by: User,
    now: datetime,
    over_terms: bool = True,
    review_on: date | None = None,
) -> Award:
    """Enter a commitment from before, so that the balance is right on day one. The same `key` has one effect.

    Raises Refused, KeyReused and what `grant` raises.
    """
    require(permissions.may_set_up(by))
    body = {
        "budget": budget_id,
        "school": school.pk,
        "amount": amount,
        "reference": reference,
        "from": starts_on,
        "to": ends_on,
    }
    taken = idempotency.claim(key=key, purpose="funding.inherit", by=by, body=body)
    if taken.answer:
        return Award.objects.get(pk=taken.answer["award"])
    award = grant(
        budget_id=budget_id,
        school_id=school.pk,
        amount=amount,
        reference=reference,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        now=now,
        over_terms=over_terms,
        review_on=review_on,
        origin=Origin.INHERITED,
    )
    taken.settle(award=award.pk)
    return award
