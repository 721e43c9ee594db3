"""The balance belongs on every agenda of a community."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from core.formats import short_date
from funding.models import Budget
from funding.queries import statements
from meetings.models import ItemKind, Meeting
from meetings.sources import Proposal, agenda_source


@agenda_source
def balances(meeting: Meeting, now: datetime) -> Iterable[Proposal]:
    """One item for each open budget: the last frozen statement, or the live figures before there is one."""
    if meeting.community is None:
        return
    stated = {found.budget_id: found for found in statements.last_of(meeting.community)}
    budgets = Budget.objects.filter(community=meeting.community, period__state="open").select_related("period")
    for budget in budgets.order_by("period__starts_on"):
        last = stated.get(budget.pk)
        live = reverse("funding:budget", args=[meeting.community.slug, budget.period.slug])
        yield Proposal(
            key=f"funding.balance:{budget.pk}",
            kind=ItemKind.BALANCE,
            title=f"Balance of funding, {budget.period.name}",
            link=reverse("funding:statement", args=[last.pk]) if last else live,
            why=_why(last.meeting.on if last else None),
            minutes=5,
            stamp=str(last.pk if last else 0),
        )


def _why(on: object) -> str:
    if on is None:
        return "The balance is reported at every meeting. These are the figures as they are now."
    return f"The balance at the close of the meeting of {short_date(on)}, as it was written then."  # type: ignore[arg-type]
