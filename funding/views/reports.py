"""Expenditure reports: the chair's pages and the officer's queue."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core import idempotency, readings, sheets
from core.formats import exact_pounds
from core.pages import page_of
from core.verdicts import require
from funding import documents
from funding.forms import money as forms
from funding.models import ExpenditureReport, ReportLine, ReportVersion
from funding.permissions import money as permissions
from funding.queries import balances
from funding.queries import reports as reads
from funding.services import reports
from funding.views.pages import METHODS, form_page, paper, sent

State = ExpenditureReport.State
COLUMNS = [
    "Line",
    "Section",
    "Date",
    "Reference",
    "School",
    "What",
    "Agreed",
    "Given back",
    "Paid",
    "Allocated",
    "Contingency",
]


@require_http_methods(METHODS)
def community_reports(request: UserRequest, community: str) -> HttpResponse:
    """The chair's reports, and starting one."""
    found = get_object_or_404(balances.communities_for(request.user), slug=community)
    require(permissions.may_report(request.user, found))
    budgets = balances.budgets_for(request.user).filter(community=found)
    form = forms.StartReport(sent(request), budgets=budgets, meetings=balances.closed_meetings(found))
    if form.is_valid():
        meeting = form.cleaned_data["meeting"]
        try:
            report = reports.draft(
                budget_id=form.cleaned_data["budget"].pk,
                covers=form.cleaned_data["covers"],
                meeting_id=meeting.pk if meeting else None,
                by=request.user,
                now=timezone.now(),
            )
        except (reports.DraftOpen, reports.ReportedAlready) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("funding:report", pk=report.pk)
    page = page_of(request, reads.of_community(found))
    context = {"community": found, "form": form, "page": page, "budgets": budgets}
    return render(request, "funding/community_reports.html", context, status=422 if form.errors else 200)


@require_safe
def report_queue(request: UserRequest) -> HttpResponse:
    """The officer's queue, oldest first, with its filters in the address."""
    require(permissions.may_review(request.user))
    chosen = {name: request.GET.get(name, "") for name in ("state", "area", "period")}
    page = page_of(request, reads.waiting(on=timezone.localdate(), **chosen))
    context = {"page": page, "filters": [(*one, chosen[one[0]]) for one in reads.filters()]}
    return render(request, "funding/report_queue.html", context)


@require_safe
def report(request: UserRequest, pk: int) -> HttpResponse:
    """A draft shows the ledger as it stands; a sent report shows its newest version, questions and answers."""
    found = _report(request, pk)
    readings.note(request, found)
    versions = list(found.versions.select_related("submitted_by", "document").order_by("-number"))
    queries = reads.questions(found)
    context = {
        "report": found,
        "covers": documents.covers(found),
        "paper": versions[0].document.context if versions else _preview(request, found),
        "versions": versions,
        "queries": queries,
        "may_send": permissions.may_send(request.user, found),
        "may_discard": permissions.may_discard(request.user, found),
        "may_ask": permissions.may_ask(request.user, found),
        "may_answer": permissions.may_answer(request.user, found),
        "may_accept": permissions.may_accept(request.user, found),
        "accept_words": f"Accept {exact_pounds(versions[0].agreed)} for {found.budget.community.name}"
        if versions
        else "",
        "is_chair": bool(permissions.may_report(request.user, found.budget.community)),
        "is_officer": bool(permissions.may_review(request.user)),
    }
    return render(request, "funding/report.html", context)


def _preview(request: UserRequest, found: ExpenditureReport) -> dict[str, Any]:
    """What would be sent now."""
    held = reads.contents(found)
    return documents.report(
        found, held.movements, before=held.before, after=held.after, version=1, reason="", sender=request.user.name
    )


@require_http_methods(METHODS)
def send_report(request: UserRequest, pk: int) -> HttpResponse:
    """The chair's word that the principles were followed; a reason when it is a correction."""
    found = _report(request, pk)
    require(permissions.may_send(request.user, found))
    number = found.versions.count() + 1
    form = forms.SendReport(sent(request), correction=number > 1, initial={"note": found.note})
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            reports.submit(
                key=cleaned["key"],
                report_id=pk,
                note=cleaned["note"],
                reason=cleaned.get("reason", ""),
                by=request.user,
                now=timezone.now(),
            )
        except (reports.NothingToReport, reports.NeedsReason, idempotency.KeyReused) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Report sent to the High Needs Funding officers")
            return redirect("funding:report", pk=pk)
    title = "Send the report" if number == 1 else f"Send a corrected report, version {number}"
    held = reads.contents(found)
    agreed = documents.totals(held.movements)[ReportLine.Section.AGREED]
    intro = "It is frozen as the books stand now. What was sent before stays as it was."
    return form_page(
        request,
        form,
        title=title,
        caption=f"{found.budget.community.name}, {documents.covers(found).lower()}",
        intro=intro,
        back=reverse("funding:report", args=[pk]),
        submit=f"Send report of {exact_pounds(agreed)} for {found.budget.community.name}",
    )


@require_http_methods(["POST"])
def discard_report(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _report(request, pk)
    reports.discard(report_id=pk, by=request.user, now=timezone.now())
    messages.success(request, "Draft discarded")
    return redirect("funding:community-reports", community=found.budget.community.slug)


@require_http_methods(METHODS)
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """The officer's question about a line."""
    found = _report(request, pk)
    require(permissions.may_ask(request.user, found))
    lines = reads.line_choices(reads.newest(found))
    form = forms.Ask(sent(request), lines=lines, initial={"line": request.GET.get("line", "")})
    if form.is_valid():
        cleaned = form.cleaned_data
        line_id = int(cleaned["line"]) if cleaned["line"] else None
        try:
            reports.ask(
                key=cleaned["key"], report_id=pk, line_id=line_id, question=cleaned["question"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except idempotency.KeyReused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Question sent to the chair")
            return redirect("funding:report", pk=pk)
    back = reverse("funding:report", args=[pk])
    caption = f"{found.budget.community.name}, {documents.covers(found).lower()}"
    return form_page(request, form, title="Ask a question", caption=caption, back=back, submit="Send question")


@require_http_methods(METHODS)
def answer(request: UserRequest, pk: int, query: int) -> HttpResponse:
    """The chair's answer."""
    found = _report(request, pk)
    asked = get_object_or_404(reads.questions_of(found), pk=query)
    require(permissions.may_answer(request.user, found))
    require(permissions.may_answer_this(request.user, asked))
    form = forms.Answer(sent(request))
    if form.is_valid():
        reports.answer(query_id=asked.pk, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
        messages.success(request, "Answer sent")
        return redirect("funding:report", pk=pk)
    caption = f"About line {asked.line.number}" if asked.line else "About the whole report"
    back = reverse("funding:report", args=[pk])
    return form_page(
        request,
        form,
        title="Answer the question",
        caption=caption,
        intro=asked.question,
        back=back,
        submit="Send answer",
    )


@require_http_methods(["POST"])
def accept(request: UserRequest, pk: int) -> HttpResponse:
    """The officer has no more questions."""
    _report(request, pk)
    reports.accept(report_id=pk, by=request.user, now=timezone.now())
    messages.success(request, "Report accepted")
    return redirect("funding:report", pk=pk)


@require_safe
def version(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was sent."""
    found = _version(request, pk, number)
    readings.note(request, found.report)
    context = {
        "version": found,
        "report": found.report,
        "paper": found.document.context,
        "newest": reads.is_newest(found),
    }
    return render(request, "funding/report_version.html", context)


@require_safe
def version_pdf(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """The paper as issued."""
    found = _version(request, pk, number)
    readings.note(request, found.report, how="downloaded")
    return paper(found.document)


@require_safe
def version_file(request: UserRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """The lines of a version as CSV or XLSX; the last row adds up."""
    found = _version(request, pk, number)
    readings.note(request, found.report, how="exported")
    name = f"{found.document.title} version {number}"
    return sheets.download(name=name, kind=kind, header=COLUMNS, rows=reads.sheet_rows(found))


def _report(request: UserRequest, pk: int) -> ExpenditureReport:
    found: ExpenditureReport = get_object_or_404(reads.reports_for(request.user), pk=pk)
    return found


def _version(request: UserRequest, pk: int, number: int) -> ReportVersion:
    found = _report(request, pk).versions.select_related(
        "document", "submitted_by", "report__budget__community", "report__budget__period", "report__meeting"
    )
    try:
        return found.get(number=number)
    except ReportVersion.DoesNotExist:
        raise Http404 from None
