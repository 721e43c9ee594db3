"""The balance at the close of a meeting, written once and frozen."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core import documents as papers
from funding import documents
from funding.models import BalanceStatement, Budget, FundingPeriod, StatementSeen
from funding.queries import figures, movements, runway
from funding.services import ledger
from meetings.models import Meeting


def write_all(*, meeting: Meeting, by: User, now: datetime) -> list[BalanceStatement]:
    """One statement for each open budget of the community that met, in the closing transaction. Boards have none."""
    if meeting.community_id is None:
        return []
    budgets = Budget.objects.filter(community_id=meeting.community_id, period__state=FundingPeriod.State.OPEN)
    return [
        write(meeting=meeting, budget_id=pk, by=by, now=now)
        for pk in budgets.order_by("pk").values_list("pk", flat=True)
    ]


@transaction.atomic
def write(*, meeting: Meeting, budget_id: int, by: User, now: datetime) -> BalanceStatement:
    """Freeze what the budget holds. A second call gives the first statement."""
    budget = ledger.lock(budget_id)  # nothing is posted between what we read and what we write
    known = BalanceStatement.objects.filter(meeting=meeting, budget=budget).first()
    if known:
        return known
    last = BalanceStatement.objects.filter(budget=budget).order_by("-upto_id", "-pk").first()
    after_id = last.upto_id if last else 0
    upto_id = budget.transactions.order_by("-pk").values_list("pk", flat=True).first() or after_id
    before, after = figures.upto(budget_id, after_id), figures.of(budget)
    ahead = runway.ahead(budget, today=timezone.localdate(now))
    rows = movements.read(movements.posted(budget, after_id=after_id, upto_id=upto_id), free_before=before.free)
    context = documents.statement(budget, rows, before=before, after=after, runway=ahead, on=meeting.on)
    document = papers.issue(
        kind="balance_statement",
        title=f"Balance of {budget.community.name}, {budget.period.name}",
        subject=meeting,
        template="funding/pdf/statement.html",
        context=context,
        now=now,
        edition=f"budget {budget.pk}",
    )
    statement = BalanceStatement.objects.create(
        meeting=meeting,
        budget=budget,
        after_id=after_id,
        upto_id=upto_id,
        opening_free=before.free,
        grant=after.grant,
        contingency=after.contingency,
        free=after.free,
        committed=after.committed,
        paid=after.paid,
        runs_out_on=ahead.on,
        taken_at=now,
        taken_by=by,
        document=document,
    )
    audit.record(action="funding.balance_stated", target=statement, by=by, at=now, free=str(after.free))
    return statement


@transaction.atomic
def mark_seen(*, statement_id: int, by: User, now: datetime) -> None:
    """The person has looked at it; the first time counts."""
    StatementSeen.objects.get_or_create(statement_id=statement_id, person=by, defaults={"at": now})
