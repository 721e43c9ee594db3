"""The balance belongs on every agenda of a community."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from core.formats import short_date
from funding.models import BalanceStatement, Budget
from meetings.models import ItemKind, Meeting
from meetings.sources import Proposal, agenda_source


@agenda_source
def balances(meeting: Meeting, now: datetime) -> Iterable[Proposal]:
    """One item for each open budget: the last frozen statement, or the live figures before there is one."""
    if meeting.community is None:
        return
    newest = BalanceStatement.objects.filter(budget=OuterRef("pk")).order_by("-upto_id", "-pk")
    budgets = (
        Budget.objects.filter(community=meeting.community, period__state="open")
        .select_related("period")
        .annotate(last=Subquery(newest.values("pk")[:1]), last_on=Subquery(newest.values("meeting__on")[:1]))
    )
    for budget in budgets.order_by("period__starts_on"):
        live = reverse("funding:budget", args=[meeting.community.slug, budget.period.slug])
        yield Proposal(
            key=f"funding.balance:{budget.pk}",
            kind=ItemKind.BALANCE,
            title=f"Balance of funding, {budget.period.name}",
            link=reverse("funding:statement", args=[budget.last]) if budget.last else live,
            why=_why(budget.last_on),
            minutes=5,
            stamp=str(budget.last or 0),
        )


def _why(on: object) -> str:
    if on is None:
        return "The balance is reported at every meeting. These are the figures as they are now."
    return f"The balance at the close of the meeting of {short_date(on)}, as it was written then."  # type: ignore[arg-type]
