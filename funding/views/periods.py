"""The county administrator's pages: periods, budgets of all communities, inherited commitments, closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core import idempotency
from core.pages import page_of
from core.verdicts import require
from funding.forms import money as forms
from funding.models import FundingPeriod
from funding.permissions import money as permissions
from funding.queries import awards as reading
from funding.queries import periods as reads
from funding.services import awards, budgets, ledger, periods
from funding.views.pages import METHODS, form_page, sent


@require_safe
def period_list(request: UserRequest) -> HttpResponse:
    """Every period with what was given in it."""
    require(permissions.may_set_up(request.user))
    page = page_of(request, reads.with_sums())
    return render(request, "funding/periods.html", {"page": page})


@require_http_methods(METHODS)
def add_period(request: UserRequest) -> HttpResponse:
    require(permissions.may_set_up(request.user))
    form = forms.Period(sent(request))
    if form.is_valid():
        period = periods.set_up(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{period.name} set up. Give the communities their budgets next.")
        return redirect("funding:period", slug=period.slug)
    return form_page(
        request, form, title="Set up a funding period", back=reverse("funding:periods"), submit="Set up period"
    )


@require_safe
def period(request: UserRequest, slug: str) -> HttpResponse:
    """One period: its settings, its budgets, and what can be done next."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    context = {"period": found, "budgets": reads.budgets_of(found), "sums": reads.sums_of(found)}
    return render(request, "funding/period.html", context)


@require_http_methods(METHODS)
def change_period(request: UserRequest, slug: str) -> HttpResponse:
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    require(permissions.may_change(found))
    form = forms.Period(sent(request), period=found)
    if form.is_valid():
        try:
            changed = periods.change(period_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except periods.Fixed as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Settings saved")
            return redirect("funding:period", slug=changed.slug)
    back = reverse("funding:period", args=[slug])
    return form_page(request, form, title=f"Change {found.name}", back=back, submit="Save settings")


@require_http_methods(["POST"])
def open_period(request: UserRequest, slug: str) -> HttpResponse:
    """From now on money moves in it."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    require(permissions.may_open(found))
    periods.open_period(period_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, f"{found.name} is open")
    return redirect("funding:period", slug=slug)


@require_http_methods(["POST"])
def remove_period(request: UserRequest, slug: str) -> HttpResponse:
    """Take away a period that was never opened."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    require(permissions.may_remove(found))
    periods.remove(period_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, f"{found.name} was removed")
    return redirect("funding:periods")


@require_http_methods(METHODS)
def close_period(request: UserRequest, slug: str) -> HttpResponse:
    """What closing would do, community by community, then the form that does it."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    require(permissions.may_close(found))
    rows = periods.preview(found)
    form = forms.ClosePeriod(sent(request), period=found, moves=any(row.moves for row in rows))
    if form.is_valid():
        into = form.cleaned_data.get("into")
        try:
            periods.close(period_id=found.pk, into_id=into.pk if into else None, by=request.user, now=timezone.now())
        except (periods.NeedsNext, periods.Fixed, ledger.NotPosted) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{found.name} is closed")
            return redirect("funding:period", slug=slug)
    context = {"period": found, "rows": rows, "form": form, "sums": reads.closing_sums(rows), "stuck": form.stuck}
    return render(request, "funding/period_close.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def give_budgets(request: UserRequest, slug: str) -> HttpResponse:
    """All communities as rows, with what each has and should have."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    require(permissions.may_give(found))
    rows = reads.communities_with_budgets(found)
    formset = forms.BudgetRows(sent(request), initial=[_initial(row) for row in rows])
    if request.method == "POST" and formset.is_valid():
        try:
            changed = budgets.give(
                period_id=found.pk,
                rows=[_wanted(form.cleaned_data) for form in formset],
                by=request.user,
                now=timezone.now(),
            )
        except budgets.RowsRefused as problem:
            _show_on_rows(formset, problem)
        else:
            messages.success(request, _given(len(changed)))
            return redirect("funding:period", slug=slug)
    lines = list(zip([row.name for row in rows], formset.forms, strict=False))
    wrong = any(form.errors for form in formset) if formset.is_bound else False
    context = {"period": found, "formset": formset, "lines": lines, "has_errors": wrong}
    return render(request, "funding/budgets.html", context, status=422 if wrong else 200)


def _initial(row: Any) -> dict[str, Any]:
    has = row.budget is not None
    grant, contingency = (row.budget.grant, row.budget.contingency) if has else (0, 0)
    return {
        "community_id": row.pk,
        "was_grant": grant,
        "was_contingency": contingency,
        "grant": grant,
        "contingency": contingency if has else None,
    }


def _wanted(found: dict[str, Any]) -> budgets.Wanted:
    return budgets.Wanted(
        community_id=found["community_id"],
        grant=found["grant"],
        contingency=found["contingency"],
        was=(found["was_grant"], found["was_contingency"]),
    )


def _show_on_rows(formset: Any, problem: budgets.RowsRefused) -> None:
    for form in formset:
        sentence = problem.sentences.get(form.cleaned_data.get("community_id"))
        if sentence:
            form.add_error("grant", sentence)


def _given(count: int) -> str:
    return {0: "Nothing was changed", 1: "One budget changed"}.get(count, f"{count} budgets changed")


@require_safe
def inherited(request: UserRequest, slug: str) -> HttpResponse:
    """Commitments from before, entered so that the balances are right on day one."""
    require(permissions.may_set_up(request.user))
    found = _period(slug)
    page = page_of(request, reading.inherited_in(found))
    context = {
        "period": found,
        "page": page,
        "may_enter": permissions.may_enter(found),
        "budgets": reads.budgets_of(found),
    }
    return render(request, "funding/inherited.html", context)


@require_http_methods(METHODS)
def add_inherited(request: UserRequest, slug: str, community: str) -> HttpResponse:
    """One commitment of one community."""
    require(permissions.may_set_up(request.user))
    budget = get_object_or_404(reads.every_budget(), period__slug=slug, community__slug=community)
    require(permissions.may_enter(budget.period))
    form = forms.Inherited(sent(request), schools=reads.schools_to_pay(budget.community))
    if form.is_valid():
        cleaned = dict(form.cleaned_data)
        over_terms = cleaned.pop("how") == "terms"
        try:
            award = awards.inherit(
                budget_id=budget.pk, over_terms=over_terms, by=request.user, now=timezone.now(), **cleaned
            )
        except awards.ReferenceTaken as problem:
            form.add_error("reference", str(problem))
        except ledger.NotPosted as problem:
            form.add_error("amount", str(problem))
        except idempotency.KeyReused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{award.reference} entered")
            return redirect("funding:inherited", slug=slug)
    back = reverse("funding:inherited", args=[slug])
    title = f"Enter a commitment of {budget.community.name}"
    return form_page(request, form, title=title, caption=budget.period.name, back=back, submit="Enter commitment")


def _period(slug: str) -> FundingPeriod:
    found: FundingPeriod = get_object_or_404(FundingPeriod, slug=slug)
    return found
