"""Payment schedules out, paid marks back. The council pays; we say what is due and note what was paid."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities import queries as places
from communities.models import Role, School
from core import audit, idempotency
from core.formats import exact_pounds
from core.verdicts import require
from funding.models import Award, FundingPeriod, Instalment, LedgerTransaction, PaymentSchedule, ScheduleLine
from funding.models.amounts import NOTHING
from funding.permissions import money as permissions
from funding.services import ledger

State = Instalment.State


class NothingDue(Exception):
    """No planned instalment is due by that day."""


class PaidAlready(Exception):
    """Something on the schedule was paid."""


class MarkRefused(Exception):
    """An instalment cannot be marked (or unmarked) as it stands now."""


def due(*, by_day: date) -> "QuerySet[Instalment]":
    """Planned instalments that fall due by a day, in the order of the schedule."""
    return (
        Instalment.objects.filter(
            state=State.PLANNED, due_on__lte=by_day, budget__period__state=FundingPeriod.State.OPEN
        )
        .select_related("award__school", "award__community", "budget__period")
        .order_by("award__community__name", "award__reference", "number")
    )


@transaction.atomic
def export(*, key: UUID, due_by: date, by: User, now: datetime) -> PaymentSchedule:
    """Put everything due on a schedule, each instalment once. The same `key` has one effect.

    Raises Refused, KeyReused and NothingDue. Two officers at once: the second waits for the first, then finds nothing due.
    """
    require(permissions.may_review(by))
    taken = idempotency.claim(key=key, purpose="funding.export", by=by, body={"due_by": due_by})
    if taken.answer:
        return PaymentSchedule.objects.get(pk=taken.answer["schedule"])
    found = list(due(by_day=due_by).select_for_update(of=("self",), no_key=True))
    if not found:
        raise NothingDue("No instalment is waiting to be sent by that day.")
    total = sum((part.amount for part in found), NOTHING)
    schedule = PaymentSchedule.objects.create(
        reference=uuid4().hex[:20], due_by=due_by, total=total, created_at=now, created_by=by
    )
    schedule.reference = f"PS-{schedule.pk:04d}"
    schedule.save(update_fields=["reference"])
    taken.settle(schedule=schedule.pk)
    ScheduleLine.objects.bulk_create(_line(schedule, part) for part in found)
    Instalment.objects.filter(pk__in=[part.pk for part in found]).update(state=State.EXPORTED, schedule=schedule)
    audit.record(
        action="funding.schedule_exported", target=schedule, by=by, at=now, instalments=len(found), total=str(total)
    )
    _tell_schools(found, "was sent for payment", key=f"funding.sent:{schedule.pk}", now=now)
    return schedule


def _line(schedule: PaymentSchedule, part: Instalment) -> ScheduleLine:
    school = part.award.school
    return ScheduleLine(
        schedule=schedule,
        instalment=part,
        reference=part.reference,
        community=part.award.community.name,
        school_urn=school.urn,
        school_number=school.dfe_number,
        school=school.name,
        due_on=part.due_on,
        amount=part.amount,
    )


@transaction.atomic
def withdraw(*, schedule_id: int, why: str, by: User, now: datetime) -> PaymentSchedule:
    """Call a schedule back before anything on it is paid: its instalments are planned again. Raises Refused and PaidAlready."""
    require(permissions.may_review(by))
    schedule = PaymentSchedule.objects.select_for_update(no_key=True).get(pk=schedule_id)
    require(permissions.may_withdraw_schedule(by, schedule))
    parts = list(schedule.instalments.select_for_update(no_key=True).order_by("pk"))
    if any(part.state == State.PAID for part in parts):
        raise PaidAlready("Part of this schedule was paid. Correct the paid marks first.")
    schedule.instalments.update(state=State.PLANNED, schedule=None)
    schedule.withdrawn_at, schedule.withdrawn_by, schedule.withdrawn_why = now, by, why
    schedule.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    audit.record(action="funding.schedule_withdrawn", target=schedule, by=by, at=now)
    return schedule


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the finance office's file: this reference was paid so much on that day."""

    reference: str
    amount: Decimal
    paid_on: date


@dataclass(frozen=True, slots=True)
class Checked:
    """A mark and the instalment it means; `problem` is a sentence when it cannot be taken, and empty otherwise."""

    mark: Mark
    instalment: Instalment | None = None
    problem: str = ""


def check(marks: Iterable[Mark], *, today: date) -> list[Checked]:
    """What each line would do, without doing it. Unknown, repeated and different lines are faulty."""
    marks = list(marks)
    known = _by_reference({mark.reference for mark in marks})
    seen: set[str] = set()
    found = []
    for mark in marks:
        part = known.get(mark.reference)
        found.append(Checked(mark, part, _problem(mark, part, mark.reference in seen, today)))
        seen.add(mark.reference)
    return found


def amounts_of(references: Iterable[str]) -> dict[str, Decimal]:
    """Pounds of each instalment, by the reference that stands on schedules."""
    wanted = set(references)
    return {reference: part.amount for reference, part in _by_reference(wanted).items() if reference in wanted}


def _by_reference(references: set[str]) -> dict[str, Instalment]:
    awards = {reference.rpartition("/")[0] for reference in references}
    stands = Award.objects.exclude(state=Award.State.WITHDRAWN).filter(reference__in=awards)
    parts = Instalment.objects.filter(award__in=stands).select_related("award__school")
    return {part.reference: part for part in parts if part.reference in references}


def _problem(mark: Mark, part: Instalment | None, repeated: bool, today: date) -> str:
    if repeated:
        return f"{mark.reference} stands in the file twice."
    if part is None:
        return f"There is no instalment {mark.reference}."
    if part.state == State.PAID:
        return f"{mark.reference} is marked as paid already."
    if part.state != State.EXPORTED:
        return f"{mark.reference} was not sent for payment."
    if mark.amount != part.amount:
        return f"{mark.reference} is {exact_pounds(part.amount)}, but the file says {exact_pounds(mark.amount)}."
    if mark.paid_on > today:
        return f"The day {mark.reference} was paid is in the future."
    return ""


@transaction.atomic
def mark_paid(*, marks: Sequence[Mark], by: User, now: datetime) -> list[Instalment]:
    """Note payments: committed money becomes paid. All or none. Raises Refused, MarkRefused and ledger.NotPosted."""
    require(permissions.may_review(by))
    _lock({part.pk for part in _by_reference({mark.reference for mark in marks}).values()})
    done = []
    for found in check(marks, today=localdate(now)):
        if found.problem or found.instalment is None:
            raise MarkRefused(found.problem)
        part = found.instalment
        part.state, part.paid_on = State.PAID, found.mark.paid_on
        part.save(update_fields=["state", "paid_on"])
        ledger.pay(budget_id=part.budget_id, amount=part.amount, by=by, now=now, instalment=part)
        done.append(part)
    _settle_awards(done)
    audit.record(action="funding.marked_paid", target=done[0] if done else by, by=by, at=now, instalments=len(done))
    _tell_schools(done, "was paid", key="funding.paid", now=now)
    return done


@transaction.atomic
def unmark_paid(*, references: Sequence[str], why: str, by: User, now: datetime) -> None:
    """Undo paid marks by reversal: paid money is committed again. Raises Refused, MarkRefused and ledger.NotPosted."""
    require(permissions.may_review(by))
    known = _by_reference(set(references))
    _lock({part.pk for part in known.values()})
    for _, part in sorted(_by_reference(set(references)).items()):
        if part.state != State.PAID:
            raise MarkRefused(f"{part.reference} is not marked as paid.")
        posted = LedgerTransaction.objects.get(kind=LedgerTransaction.Kind.PAY, instalment=part, reversed_by=None)
        ledger.reverse(transaction_id=posted.pk, by=by, now=now, note=why)
        part.state, part.paid_on = State.EXPORTED, None
        part.save(update_fields=["state", "paid_on"])
    awards = {part.award_id for part in known.values()}
    Award.objects.filter(pk__in=awards, state=Award.State.FINISHED).update(state=Award.State.ACTIVE)
    audit.record(action="funding.unmarked_paid", target=by, by=by, at=now, instalments=len(known))


def _lock(instalment_ids: set[int]) -> None:
    """Budgets by number, then instalments by number: the order of the house."""
    parts = Instalment.objects.filter(pk__in=instalment_ids)
    for budget_id in sorted(set(parts.values_list("budget_id", flat=True))):
        ledger.lock(budget_id)
    list(parts.select_for_update(no_key=True).order_by("pk"))


def _settle_awards(parts: Sequence[Instalment]) -> None:
    """An award with nothing left to pay is finished."""
    waiting = Instalment.objects.filter(state__in=[State.PLANNED, State.EXPORTED]).values("award_id")
    Award.objects.filter(pk__in={part.award_id for part in parts}, state=Award.State.ACTIVE).exclude(
        pk__in=waiting
    ).update(state=Award.State.FINISHED)


def _tell_schools(parts: Sequence[Instalment], what: str, *, key: str, now: datetime) -> None:
    """The business managers of the schools, and no pupil in it."""
    schools: dict[School, list[Instalment]] = defaultdict(list)
    for part in parts:
        schools[part.award.school].append(part)
    for school, theirs in schools.items():
        one = theirs[0]
        total = exact_pounds(sum((part.amount for part in theirs), NOTHING))
        notify(
            places.people_with(Role.BUSINESS_MANAGER, on=localdate(now), school=school),
            subject=f"{total} for {school.name} {what}",
            text=f"For {', '.join(part.reference for part in theirs)}.",
            link=reverse("funding:award", args=[one.award.reference])
            if len(theirs) == 1
            else reverse("funding:awards"),
            key=f"{key}:{school.pk}:{one.pk}:{now:%Y%m%d%H%M%S}",
            now=now,
            for_information=True,
        )
