"""Expenditure reports of Wealdshire: the earlier year accounted for, the running one in every state a report can have."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils.timezone import localdate

from accounts.models import User
from communities.models import Role
from communities.queries import people_with
from dashboards.sample.people import officer
from dashboards.sample.stage import morning
from funding.models import Budget, ExpenditureReport
from funding.services import reports

# How far the report of each community has come; "corrected" was sent a second time after the officer's question.
STATES = ("accepted", "queried", "submitted", "draft", "corrected", "discarded")
QUESTION = "When does this support begin?"


def account_for_the_year(first: date) -> None:
    """Everybody's report of the year that ends before `first`, sent and accepted before its books are closed."""
    for budget in Budget.objects.order_by("pk"):
        report = _draft(budget, "period", morning(first + timedelta(days=2)))
        _send(report, morning(first + timedelta(days=3)))
        reports.accept(report_id=report.pk, by=officer(), now=morning(first + timedelta(days=8)))


def write(now: datetime) -> None:
    """One report in each state on the open budgets."""
    for state, budget in zip(STATES, Budget.objects.filter(period__state="open").order_by("community"), strict=True):
        _bring_to(state, _draft(budget, "since", now), now)


def _bring_to(state: str, report: ExpenditureReport, now: datetime) -> None:
    if state == "discarded":
        reports.discard(report_id=report.pk, by=report.drafted_by, now=now)
    elif state != "draft":
        _send(report, now)
    if state == "accepted":
        reports.accept(report_id=report.pk, by=officer(), now=now)
    elif state in ("queried", "corrected"):
        line = report.versions.get().lines.order_by("number")[0]
        asked = reports.ask(key=uuid4(), report_id=report.pk, line_id=line.pk, question=QUESTION, by=officer(), now=now)
        if state == "corrected":
            reports.answer(
                query_id=asked.pk, words="In a fortnight. The note says so now.", by=report.drafted_by, now=now
            )
            _send(report, now, reason="The note said nothing about when the support begins.")


def _draft(budget: Budget, covers: str, now: datetime) -> ExpenditureReport:
    return reports.draft(budget_id=budget.pk, covers=covers, meeting_id=None, by=_chair(budget, now), now=now)


def _send(report: ExpenditureReport, now: datetime, reason: str = "") -> None:
    note = "New support begins two weeks after the meeting." if reason else ""
    reports.submit(key=uuid4(), report_id=report.pk, note=note, reason=reason, by=report.drafted_by, now=now)


def _chair(budget: Budget, now: datetime) -> User:
    return people_with(Role.CHAIR, on=localdate(now), community=budget.community).get()
