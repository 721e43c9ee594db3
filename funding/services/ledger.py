"""The only hand that posts. Each service locks the budget, asks, and writes one transaction whose legs sum to zero.

The legs' trigger moves the budget's totals; the CHECKs on the budget are the last wall. Postings to one budget queue on
its row, so nothing here can spend the same pound twice.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import OperationalError, connection, transaction

from accounts.models import User
from core import audit
from core.formats import exact_pounds
from funding.models import (
    Account,
    Award,
    Budget,
    FundingPeriod,
    Instalment,
    LedgerLeg,
    LedgerTransaction,
)
from funding.models.amounts import NOTHING

Kind = LedgerTransaction.Kind
Legs = dict[Account, Decimal]
LOCK_TIMEOUT = "3s"
WORDS = {
    Account.FREE: "uncommitted",
    Account.CONTINGENCY: "set aside as contingency",
    Account.COMMITTED: "committed",
    Account.PAID: "paid",
    Account.GRANT: "allocated",
}


class NotPosted(Exception):
    """Nothing was posted; the text is the sentence the person reads."""


class NotEnough(NotPosted):
    """The budget does not hold that much where it would be taken from."""


class NotOpen(NotPosted):
    """The funding period takes no postings (any more)."""


class NothingToPost(NotPosted):
    """The amount is nothing, less than nothing, or not in whole pence."""


class AlreadyReversed(NotPosted):
    """The posting was corrected before, or is itself a correction."""


class Busy(NotPosted):
    """Somebody else held the budget for longer than we wait."""


@transaction.atomic
def open_budget(*, community_id: int, period_id: int, by: User, now: datetime) -> Budget:
    """The community's budget of the period, made empty when there is none yet."""
    period = FundingPeriod.objects.select_for_update(no_key=True).get(pk=period_id)
    if period.state == FundingPeriod.State.CLOSED:
        raise NotOpen(_closed(period))
    budget, made = Budget.objects.get_or_create(
        community_id=community_id,
        period=period,
        defaults={"opened_at": now, "opened_by": by},
    )
    if made:
        audit.record(action="funding.budget_opened", target=budget, by=by, at=now)
    return budget


@transaction.atomic
def add_grant(*, budget_id: int, amount: Decimal, by: User, now: datetime, note: str = "") -> LedgerTransaction:
    """Give the community more: it stands uncommitted."""
    legs = {Account.GRANT: -amount, Account.FREE: amount}
    return _post(lock(budget_id), Kind.GRANT, amount, legs, by=by, now=now, note=note)


@transaction.atomic
def take_back(*, budget_id: int, amount: Decimal, by: User, now: datetime, note: str = "") -> LedgerTransaction:
    """Return uncommitted money to the council. Raises NotEnough."""
    legs = {Account.FREE: -amount, Account.GRANT: amount}
    return _post(lock(budget_id), Kind.LAPSE, amount, legs, by=by, now=now, note=note)


@transaction.atomic
def set_contingency(
    *, budget_id: int, amount: Decimal, by: User, now: datetime, note: str = ""
) -> LedgerTransaction | None:
    """Set aside so much in all; what is over goes back to uncommitted. None when it stands so already."""
    budget = lock(budget_id)
    if amount < 0:
        raise NothingToPost("Contingency cannot be less than nothing.")
    more = amount - budget.contingency
    if more == 0:
        return None
    legs = {Account.FREE: -more, Account.CONTINGENCY: more}
    kind = Kind.RESERVE if more > 0 else Kind.DRAW
    return _post(budget, kind, abs(more), legs, by=by, now=now, note=note)


@transaction.atomic
def commit(
    *,
    budget_id: int,
    amount: Decimal,
    by: User,
    now: datetime,
    award: Award | None = None,
    from_contingency: Decimal = NOTHING,
    note: str = "",
) -> LedgerTransaction:
    """Promise money. `from_contingency` is the part taken from the contingency, pounds. Raises NotEnough."""
    return promise(
        lock(budget_id), amount=amount, by=by, now=now, award=award, from_contingency=from_contingency, note=note
    )


def promise(
    budget: Budget,
    *,
    amount: Decimal,
    by: User,
    now: datetime,
    award: Award | None = None,
    from_contingency: Decimal = NOTHING,
    note: str = "",
) -> LedgerTransaction:
    """As `commit`, from a budget the caller has locked."""
    if not NOTHING <= from_contingency <= amount:
        raise NothingToPost("The part from contingency is between nothing and all.")
    legs = {
        Account.FREE: from_contingency - amount,
        Account.CONTINGENCY: -from_contingency,
        Account.COMMITTED: amount,
    }
    return _post(budget, Kind.COMMIT, amount, legs, by=by, now=now, award=award, note=note)


@transaction.atomic
def release(
    *,
    budget_id: int,
    amount: Decimal,
    by: User,
    now: datetime,
    award: Award | None = None,
    instalment: Instalment | None = None,
    note: str = "",
) -> LedgerTransaction:
    """Give promised money back: it stands uncommitted again. Raises NotEnough."""
    legs = {Account.COMMITTED: -amount, Account.FREE: amount}
    return _post(
        lock(budget_id),
        Kind.RELEASE,
        amount,
        legs,
        by=by,
        now=now,
        award=award,
        instalment=instalment,
        note=note,
    )


@transaction.atomic
def pay(
    *,
    budget_id: int,
    amount: Decimal,
    by: User,
    now: datetime,
    instalment: Instalment | None = None,
    note: str = "",
) -> LedgerTransaction:
    """The council paid what was promised. Raises NotEnough."""
    legs = {Account.COMMITTED: -amount, Account.PAID: amount}
    return _post(
        lock(budget_id),
        Kind.PAY,
        amount,
        legs,
        by=by,
        now=now,
        award=instalment.award if instalment else None,
        instalment=instalment,
        note=note,
    )


@transaction.atomic
def reverse(*, transaction_id: int, by: User, now: datetime, note: str) -> LedgerTransaction:
    """Correct a posting by its opposite, once. Raises AlreadyReversed or NotEnough."""
    budget_id = LedgerTransaction.objects.values_list("budget_id", flat=True).get(pk=transaction_id)
    budget = lock(budget_id)
    original = LedgerTransaction.objects.get(pk=transaction_id)
    if original.kind == Kind.REVERSAL:
        raise AlreadyReversed("This is a correction itself. Post the movement again instead.")
    if LedgerTransaction.objects.filter(reverses=original).exists():
        raise AlreadyReversed("This posting was corrected already.")
    legs = {Account(leg.account): -leg.amount for leg in original.legs.all()}
    return _post(
        budget,
        Kind.REVERSAL,
        original.amount,
        legs,
        by=by,
        now=now,
        award=original.award,
        instalment=original.instalment,
        note=note,
        reverses=original,
    )


def carry(
    *, source: Budget, into: Budget, out: Legs, home: Legs, by: User, now: datetime
) -> tuple[LedgerTransaction, LedgerTransaction]:
    """Move pounds from accounts of one locked budget to accounts of another, in the caller's transaction."""
    amount = sum(out.values(), NOTHING)
    away = {account: -pounds for account, pounds in out.items()}
    how: dict[str, Any] = {"by": by, "now": now}
    left = _post(source, Kind.CARRY_OUT, amount, {**away, Account.GRANT: amount}, note=f"To {into.period.name}", **how)
    came = _post(
        into, Kind.CARRY_IN, amount, {**home, Account.GRANT: -amount}, note=f"From {source.period.name}", **how
    )
    return left, came


def lapse(*, source: Budget, legs: Legs, by: User, now: datetime, note: str) -> LedgerTransaction:
    """Return pounds by account to the council from a locked budget, in the caller's transaction."""
    amount = sum(legs.values(), NOTHING)
    away = {account: -pounds for account, pounds in legs.items()}
    return _post(
        source,
        Kind.LAPSE,
        amount,
        {**away, Account.GRANT: amount},
        by=by,
        now=now,
        note=note,
    )


def lock(budget_id: int) -> Budget:
    """The budget with its row locked until the caller's transaction ends, and its period as it is now.

    The period is read after the lock, never joined: a join would show the period as it was before we waited. Raises Busy.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        budget = Budget.objects.select_for_update(no_key=True).get(pk=budget_id)
    except OperationalError as error:
        raise Busy("Somebody else is posting to this budget. Wait a moment and try again.") from error
    budget.period = FundingPeriod.objects.get(pk=budget.period_id)
    return budget


def _post(
    budget: Budget,
    kind: Kind,
    amount: Decimal,
    legs: Legs,
    *,
    by: User,
    now: datetime,
    note: str = "",
    award: Award | None = None,
    instalment: Instalment | None = None,
    reverses: LedgerTransaction | None = None,
) -> LedgerTransaction:
    """Write the transaction and its legs; `budget` is locked and shows the new totals afterwards."""
    legs = {account: pounds for account, pounds in legs.items() if pounds}
    _ask(budget, amount, legs)
    posted = LedgerTransaction.objects.create(
        budget=budget,
        kind=kind,
        amount=amount,
        size=len(legs),
        at=now,
        by=by,
        note=note,
        award=award,
        instalment=instalment,
        reverses=reverses,
    )
    LedgerLeg.objects.bulk_create(
        LedgerLeg(transaction=posted, account=account, amount=pounds) for account, pounds in legs.items()
    )
    for account, pounds in legs.items():
        _move(budget, account, pounds)
    audit.record(
        action=f"funding.ledger.{kind}",
        target=posted,
        by=by,
        at=now,
        budget=budget.pk,
        amount=str(amount),
    )
    return posted


def _ask(budget: Budget, amount: Decimal, legs: Legs) -> None:
    if amount <= 0 or amount != amount.quantize(NOTHING):
        raise NothingToPost("Enter an amount of £0.01 or more, in whole pence.")
    if not budget.period.is_open:
        raise NotOpen(_closed(budget.period))
    for account, pounds in legs.items():
        there = getattr(budget, account)
        change = -pounds if account == Account.GRANT else pounds
        if there + change < 0:
            raise NotEnough(f"There is {exact_pounds(there)} {WORDS[account]}; this needs {exact_pounds(-change)}.")


def _move(budget: Budget, account: Account, pounds: Decimal) -> None:
    """The same step the database's trigger took, on the row in hand."""
    change = -pounds if account == Account.GRANT else pounds
    setattr(budget, account, getattr(budget, account) + change)


def _closed(period: FundingPeriod) -> str:
    if period.state == FundingPeriod.State.CLOSED:
        return f"The period {period.name} is closed: nothing more can be posted in it."
    return f"The period {period.name} is not open yet. Open it before money moves."
