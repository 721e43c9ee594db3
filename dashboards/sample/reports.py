"""Expenditure reports of Wealdshire: one accepted, one with a question, one sent, the others still to be written."""

from datetime import date, datetime
from uuid import uuid4

from communities.models import Community, Role
from communities.queries import people_with
from funding.models import Budget
from funding.services import reports


def write(today: date, now: datetime) -> None:
    """The first three communities report; an officer looks at two of them."""
    officer = people_with(Role.OFFICER, on=today).order_by("pk")[0]
    for number, community in enumerate(Community.objects.order_by("pk")[:3]):
        chair = people_with(Role.CHAIR, on=today, community=community).get()
        budget = Budget.objects.get(community=community)
        report = reports.draft(budget_id=budget.pk, covers="since", meeting_id=None, by=chair, now=now)
        version = reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=chair, now=now)
        if number == 0:
            reports.accept(report_id=report.pk, by=officer, now=now)
        elif number == 1:
            line = version.lines.order_by("number").first()
            reports.ask(
                key=uuid4(), report_id=report.pk, line_id=line.pk if line else None,
                question="When does this support begin?", by=officer, now=now,
            )  # fmt: skip
