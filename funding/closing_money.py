"""Closing a meeting writes its balance; the minutes say what it was and thank who gave money back."""

from datetime import datetime

from accounts.models import User
from core.formats import exact_pounds
from funding.models import BalanceStatement, Budget, LedgerTransaction
from funding.queries import figures
from funding.services import statements
from meetings.closing import at_close, minute_lines
from meetings.models import AgendaItem, ItemKind, Meeting


@at_close
def state_balances(meeting: Meeting, by: User, now: datetime) -> None:
    """A frozen statement of each open budget."""
    statements.write_all(meeting=meeting, by=by, now=now)


@minute_lines(ItemKind.BALANCE)
def lines(item: AgendaItem) -> list[str]:
    """The five figures, and thanks for what came back since the last meeting; from the ledger alone."""
    budgets = Budget.objects.filter(community=item.meeting.community, period__state="open").select_related("period")
    key, _, pk = item.source_key.partition(":")
    if key == "funding.balance":
        budgets = budgets.filter(pk=pk)
    return [line for budget in budgets.order_by("period__starts_on") for line in _of(budget, item.meeting)]


def _of(budget: Budget, meeting: Meeting) -> list[str]:
    amounts = ", ".join(f"{name.lower()} {exact_pounds(amount)}" for name, amount in figures.of(budget).named())
    return [f"The balance of {budget.period.name} was reported: {amounts}.", *_thanks(budget, meeting)]


def _thanks(budget: Budget, meeting: Meeting) -> list[str]:
    last = BalanceStatement.objects.filter(budget=budget).exclude(meeting=meeting).order_by("-upto_id").first()
    given_back = LedgerTransaction.objects.filter(
        budget=budget, kind=LedgerTransaction.Kind.RELEASE, pk__gt=last.upto_id if last else 0, award__state="released"
    )
    return [
        f"{posted.award.school.name} gave back {exact_pounds(posted.amount)} of {posted.award.reference}. "
        "The community thanked the school."
        for posted in given_back.select_related("award__school").order_by("pk")
        if posted.award
    ]
