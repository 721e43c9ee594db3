"""What there is, where it went, and how long it lasts."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core import readings, sheets
from core.formats import exact_pounds
from core.htmx import page_or_fragment
from core.pages import page_of
from core.verdicts import require
from funding.models import Budget
from funding.permissions import money as permissions
from funding.queries import balances, figures, movements, payments, reports, runway, statements
from funding.services import statements as writing
from funding.views.pages import paper
from meetings.queries import calendar

COLUMNS = [
    "Number", "Date", "What", "Reference", "School", "By",
    "Allocated", "Contingency", "Committed", "Paid", "Uncommitted", "Uncommitted after",
]  # fmt: skip


@require_safe
def money(request: UserRequest) -> HttpResponse:
    """Everything about money that the person may see, each as a list of links."""
    today = timezone.localdate()
    context = {
        "budgets": page_of(request, balances.lines_of_budgets(request.user, on=today)),
        "awards": balances.awards_of_schools(request.user)[:5],
        "reviews": permissions.may_review(request.user),
        "sets_up": permissions.may_set_up(request.user),
        "waiting_words": _waiting(reports.count_sent(request.user)),
        **_due(request, today),
        "questioned": reports.questioned(request.user),
        "chaired": balances.chaired_by(request.user),
    }
    return render(request, "funding/money.html", context)


def _waiting(count: int) -> str:
    if not count:
        return "Nothing waits for you."
    return f"{count} {'report waits' if count == 1 else 'reports wait'} for an officer."


def _due(request: UserRequest, today: date) -> dict[str, Any]:
    """What the officer should send for payment."""
    if not permissions.may_review(request.user):
        return {}
    due = payments.waiting(today=today)
    are = "instalment is" if due["count"] == 1 else "instalments are"
    return {"due": due, "due_words": f"{due['count']} {are} due: {exact_pounds(due['pounds'])} together."}


@require_safe
def community(request: UserRequest, community: str) -> HttpResponse:
    """The community's running budget, else its latest."""
    budget = (
        balances.current_budgets_for(request.user, on=timezone.localdate()).filter(community__slug=community).first()
    )
    if budget is None:
        get_object_or_404(balances.communities_for(request.user), slug=community)
        return render(request, "funding/no_budget.html", {"slug": community})
    return redirect("funding:budget", community=community, period=budget.period.slug)


@require_safe
def budget(request: UserRequest, community: str, period: str) -> HttpResponse:
    """The five figures, the run-out sentence, and every movement; the figures alone for the run sheet."""
    found, periods = _budget(request, community, period)
    context = {
        "budget": found,
        "figures": figures.of(found),
        "runway": runway.ahead(found, today=timezone.localdate()),
        "now": timezone.now(),
        "may_report": permissions.may_report(request.user, found.community),
    }
    if not request.htmx:
        page = page_of(request, movements.of_budget(found))
        context |= {
            "page": page,
            "rows": movements.page(list(page), budget_id=found.pk),
            "periods": periods,
            "statements": statements.newest_of_budget(found),
            "reports": reports.newest_of_budget(found)
            if context["may_report"] or permissions.may_review(request.user)
            else [],
        }
    return page_or_fragment(request, "funding/budget.html", "funding/_balance.html", context)


@require_safe
def movements_file(request: UserRequest, community: str, period: str, kind: str) -> HttpResponse:
    """Every movement with the balance it left, as CSV or XLSX; the last row adds up."""
    found, _ = _budget(request, community, period)
    readings.note(request, found, how="exported")
    rows = [_row(movement) for movement in movements.read(movements.posted(found))]
    now = figures.of(found)
    total = [None, None, "Total", "", "", "", now.grant, now.contingency, now.committed, now.paid, now.free, now.free]
    return sheets.download(
        name=f"Money {found.community.name} {found.period.name}", kind=kind, header=COLUMNS, rows=[*rows, total]
    )


def _row(movement: movements.Movement) -> list[sheets.Cell]:
    posted, change = movement.transaction, movement.change
    return [
        posted.pk, timezone.localdate(posted.at), movement.what, movement.reference, movement.school, posted.by.name,
        change.grant, change.contingency, change.committed, change.paid, change.free, movement.free_after,
    ]  # fmt: skip


def _budget(request: UserRequest, community: str, period: str) -> tuple[Budget, list[dict[str, Any]]]:
    found = balances.one_and_its_periods(request.user, community, period)
    if found is None:
        raise Http404
    return found


@require_safe
def statement(request: UserRequest, pk: int) -> HttpResponse:
    """A frozen balance, as it was when the meeting closed; the figures alone for the run sheet."""
    found = get_object_or_404(statements.statements_for(request.user), pk=pk)
    context = {
        "statement": found,
        "budget": found.budget,
        "paper": found.document.context,
        "figures": statements.figures_of(found),
        "reaches_meeting": calendar.meetings_for(request.user).filter(pk=found.meeting_id).exists(),
        "seen": statements.seen_by(found, request.user),
        "seen_count": found.seen.count(),
        "attends": permissions.may_mark_seen(request.user, found),
    }
    return page_or_fragment(request, "funding/statement.html", "funding/_statement.html", context)


@require_safe
def statement_pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The paper as issued."""
    found = get_object_or_404(statements.statements_for(request.user), pk=pk)
    readings.note(request, found, how="downloaded")
    return paper(found.document)


@require_http_methods(["POST"])
def statement_seen(request: UserRequest, pk: int) -> HttpResponse:
    """The member has looked at it."""
    found = get_object_or_404(statements.statements_for(request.user), pk=pk)
    require(permissions.may_mark_seen(request.user, found))
    writing.mark_seen(statement_id=found.pk, by=request.user, now=timezone.now())
    return redirect("funding:statement", pk=pk)
