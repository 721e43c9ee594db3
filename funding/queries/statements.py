"""Balance statements a person may see."""

from django.db.models import QuerySet

from accounts.models import User
from core.prepared import prepared
from funding.models import BalanceStatement, Budget
from funding.queries import balances
from funding.queries.figures import NAMES, Figures


def statements_for(person: User) -> "QuerySet[BalanceStatement]":
    """Statements of the budgets the person may see, the newest first."""
    return BalanceStatement.objects.filter(budget__community__in=balances.communities_for(person)).select_related(
        "meeting__community", "budget__community", "budget__period", "document", "taken_by"
    )


@prepared
def newest_of_budget(budget: Budget) -> "QuerySet[BalanceStatement]":
    """The last six, the newest first."""
    return BalanceStatement.objects.filter(budget=budget).select_related("meeting").order_by("-taken_at")[:6]


def figures_of(statement: BalanceStatement) -> Figures:
    """As they stood."""
    return Figures(**{name: getattr(statement, name) for name in NAMES})


def seen_by(statement: BalanceStatement, person: User) -> bool:
    """Whether the person has marked it as seen."""
    return statement.seen.filter(person=person).exists()
