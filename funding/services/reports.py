"""Expenditure reports: drafted by the chair, sent and frozen, questioned and accepted by an officer, corrected with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities import queries as places
from communities.models import Role
from core import audit, idempotency
from core import documents as papers
from core.verdicts import require
from funding import documents
from funding.models import Budget, ExpenditureReport, LineQuery, ReportLine, ReportVersion
from funding.permissions import money as permissions
from funding.queries import reports
from funding.services import ledger

Covers = ExpenditureReport.Covers
State = ExpenditureReport.State


class DraftOpen(Exception):
    """There is a draft for this budget already."""


class ReportedAlready(Exception):
    """The meeting has its report for this budget."""


class NothingToReport(Exception):
    """Nothing moved in what the report covers."""


class NeedsReason(Exception):
    """A new version says why the one before was not right."""


@transaction.atomic
def draft(*, budget_id: int, covers: str, meeting_id: int | None, by: User, now: datetime) -> ExpenditureReport:
    """Start a report. Raises Refused, DraftOpen and ReportedAlready."""
    budget = (
        Budget.objects.select_related("community", "period")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=budget_id)
    )
    require(permissions.may_report(by, budget.community))
    known = ExpenditureReport.objects.filter(budget=budget).exclude(state=State.DISCARDED)
    if known.filter(state=State.DRAFT).exists():
        raise DraftOpen("There is a draft for this period already. Send it or discard it first.")
    if meeting_id and known.filter(meeting_id=meeting_id).exists():
        raise ReportedAlready("This meeting has its report. Correct that one instead.")
    report = ExpenditureReport(
        budget=budget,
        covers=covers,
        meeting_id=meeting_id if covers == Covers.MEETING else None,
        drafted_at=now,
        drafted_by=by,
    )
    report.after_id = reports.starts_after(report)
    report.save()
    audit.record(action="funding.report_drafted", target=report, by=by, at=now)
    return report


@transaction.atomic
def discard(*, report_id: int, by: User, now: datetime) -> ExpenditureReport:
    """Throw a draft away. Raises Refused."""
    report = _locked(report_id)
    require(permissions.may_discard(by, report))
    report.state = State.DISCARDED
    report.save(update_fields=["state"])
    audit.record(action="funding.report_discarded", target=report, by=by, at=now)
    return report


@transaction.atomic
def submit(*, key: UUID, report_id: int, note: str, reason: str, by: User, now: datetime) -> ReportVersion:
    """Freeze the report as the ledger stands and send it. A correction is a new version with its reason.

    The same `key` has one effect. Raises Refused, KeyReused, NeedsReason and NothingToReport.
    The budget is locked, so that no posting falls between the lines and the totals.
    """
    report = _locked(report_id)
    taken = idempotency.claim(
        key=key, purpose="funding.send", by=by, body={"report": report_id, "note": note, "why": reason}
    )
    if taken.answer:
        return ReportVersion.objects.get(pk=taken.answer["version"])
    require(permissions.may_send(by, report))
    number = report.versions.count() + 1
    if number > 1 and not reason.strip():
        raise NeedsReason("Say what was not right in the version before.")
    ledger.lock(report.budget_id)
    report.note, report.state, report.submitted_at = note, State.SUBMITTED, now
    report.accepted_at = report.accepted_by = None
    version = _freeze(report, number, reason if number > 1 else "", by=by, now=now)
    report.save(update_fields=["note", "state", "submitted_at", "accepted_at", "accepted_by"])
    audit.record(action="funding.report_sent", target=report, by=by, at=now, version=number, agreed=str(version.agreed))
    taken.settle(version=version.pk)
    notify(
        places.people_with(Role.OFFICER, on=localdate(now)),
        subject=f"Expenditure report from {report.budget.community.name}"
        + (f", version {number}" if number > 1 else ""),
        text=f"It covers {documents.covers(report).lower()} of {report.budget.period.name}.",
        link=reverse("funding:report", args=[report.pk]),
        key=f"funding.report_sent:{version.pk}",
        now=now,
    )
    return version


def _freeze(report: ExpenditureReport, number: int, reason: str, *, by: User, now: datetime) -> ReportVersion:
    found = reports.contents(report)
    if not found.movements:
        raise NothingToReport("Nothing moved in what this report covers. There is nothing to send yet.")
    sums = documents.totals(found.movements)
    context = documents.report(
        report, found.movements, before=found.before, after=found.after, version=number, reason=reason, sender=by.name
    )
    version = ReportVersion.objects.create(
        report=report,
        number=number,
        reason=reason,
        upto_id=found.upto_id,
        agreed=sums[ReportLine.Section.AGREED],
        given_back=sums[ReportLine.Section.GIVEN_BACK],
        paid=sums[ReportLine.Section.PAID],
        uncommitted=found.after.free,
        document=papers.issue(
            kind="expenditure_report",
            title=f"Expenditure of {report.budget.community.name}, {report.budget.period.name}",
            subject=report,
            template="funding/pdf/report.html",
            context=context,
            now=now,
            version=number,
        ),
        submitted_at=now,
        submitted_by=by,
    )
    ReportLine.objects.bulk_create(
        ReportLine(
            version=version,
            number=place,
            section=row.section,
            transaction=row.transaction,
            award=row.transaction.award,
            reference=row.reference,
            school=row.school,
            what=documents.line_words(row),
            at=row.transaction.at,
            amount=row.amount,
        )
        for place, row in enumerate(found.movements, start=1)
    )
    return version


@transaction.atomic
def ask(*, key: UUID, report_id: int, line_id: int | None, question: str, by: User, now: datetime) -> LineQuery:
    """An officer asks about a line, or about the whole report when `line_id` is None. The same `key` has one effect.

    Raises Refused and KeyReused.
    """
    report = _locked(report_id)
    body = {"report": report_id, "line": line_id, "question": question}
    taken = idempotency.claim(key=key, purpose="funding.ask", by=by, body=body)
    if taken.answer:
        return LineQuery.objects.get(pk=taken.answer["query"])
    require(permissions.may_ask(by, report))
    newest = reports.newest(report)
    line = newest.lines.get(pk=line_id) if line_id else None
    query = LineQuery.objects.create(report=report, line=line, question=question, asked_at=now, asked_by=by)
    taken.settle(query=query.pk)
    report.state = State.QUERIED
    report.save(update_fields=["state"])
    audit.record(
        action="funding.report_question_asked", target=report, by=by, at=now, line=line.number if line else None
    )
    notify(
        [*places.people_with(Role.CHAIR, on=localdate(now), community=report.budget.community)],
        subject=f"A question about the expenditure report of {report.budget.community.name}",
        text=f"About {line.reference or line.what}." if line else "About the report as a whole.",
        link=reverse("funding:report", args=[report.pk]),
        key=f"funding.question:{query.pk}",
        now=now,
    )
    return query


@transaction.atomic
def answer(*, query_id: int, words: str, by: User, now: datetime) -> LineQuery:
    """The chair answers; when no question is open the report waits for the officer again. Raises Refused."""
    report = _locked(LineQuery.objects.values_list("report_id", flat=True).get(pk=query_id))
    query = LineQuery.objects.select_related("asked_by").get(pk=query_id)
    require(permissions.may_answer(by, report))
    require(permissions.may_answer_this(by, query))
    query.answer, query.answered_at, query.answered_by = words, now, by
    query.save(update_fields=["answer", "answered_at", "answered_by"])
    if not report.queries.filter(answered_at=None).exists():
        report.state = State.SUBMITTED
        report.save(update_fields=["state"])
    audit.record(action="funding.report_question_answered", target=report, by=by, at=now)
    notify(
        [query.asked_by],
        subject=f"{report.budget.community.name} answered your question",
        text="About its expenditure report.",
        link=reverse("funding:report", args=[report.pk]),
        key=f"funding.answer:{query.pk}",
        now=now,
    )
    return query


@transaction.atomic
def accept(*, report_id: int, by: User, now: datetime) -> ExpenditureReport:
    """An officer who had no part in it accepts the newest version. Raises Refused."""
    report = _locked(report_id)
    require(permissions.may_accept(by, report))
    report.state, report.accepted_at, report.accepted_by = State.ACCEPTED, now, by
    report.save(update_fields=["state", "accepted_at", "accepted_by"])
    version = reports.newest(report)
    audit.record(action="funding.report_accepted", target=report, by=by, at=now, version=version.number)
    notify(
        [*places.people_with(Role.CHAIR, on=localdate(now), community=report.budget.community)],
        subject=f"The expenditure report of {report.budget.community.name} is accepted",
        text=f"Version {version.number}, {documents.covers(report).lower()}.",
        link=reverse("funding:report", args=[report.pk]),
        key=f"funding.report_accepted:{version.pk}",
        now=now,
    )
    return report


def _locked(report_id: int) -> ExpenditureReport:
    """The report with its row locked. Lock order: report, then budget."""
    reports_of = ExpenditureReport.objects.select_related("budget__community__area", "budget__period", "meeting")
    return reports_of.select_for_update(of=("self",), no_key=True).get(pk=report_id)
