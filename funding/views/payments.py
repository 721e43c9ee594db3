"""The officer's payment schedules."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core import idempotency, readings, sheets
from core.formats import exact_pounds
from core.pages import page_of
from core.verdicts import require
from funding.forms import money as forms
from funding.models import PaymentSchedule
from funding.permissions import money as permissions
from funding.queries import payments as reads
from funding.services import payments
from funding.views.pages import METHODS, form_page, sent

COLUMNS = ["Reference", "Community", "URN", "DfE number", "School", "Due on", "Amount"]


@require_http_methods(METHODS)
def schedule_list(request: UserRequest) -> HttpResponse:
    """What is due, what was sent, and sending more."""
    require(permissions.may_review(request.user))
    today = timezone.localdate()
    form = forms.ExportSchedule(sent(request), initial={"due_by": reads.end_of_month(today)})
    if form.is_valid():
        try:
            schedule = payments.export(by=request.user, now=timezone.now(), **form.cleaned_data)
        except (payments.NothingDue, idempotency.KeyReused) as problem:
            form.add_error("due_by", str(problem))
        else:
            messages.success(request, f"{schedule.reference} is ready: {exact_pounds(schedule.total)}")
            return redirect("funding:schedule", reference=schedule.reference)
    page = page_of(request, reads.schedules())
    context = {"form": form, "page": page, "waiting": reads.waiting(today=today)}
    return render(request, "funding/schedules.html", context, status=422 if form.errors else 200)


@require_safe
def schedule(request: UserRequest, reference: str) -> HttpResponse:
    """One schedule as it was sent, and what of it was paid."""
    require(permissions.may_review(request.user))
    found = _schedule(reference)
    page = page_of(request, reads.lines(found), length=100)
    context = {
        "schedule": found,
        "page": page,
        "sums": reads.sums(found),
        "may_withdraw": permissions.may_withdraw_schedule(request.user, found),
    }
    return render(request, "funding/schedule.html", context)


@require_safe
def schedule_file(request: UserRequest, reference: str, kind: str) -> HttpResponse:
    """The file for the finance office; the last row adds up."""
    require(permissions.may_review(request.user))
    found = _schedule(reference)
    readings.note(request, found, how="exported")
    rows: list[Any] = [
        [line.reference, line.community, line.school_urn, line.school_number, line.school, line.due_on, line.amount]
        for line in reads.lines(found)
    ]
    total = ["Total", "", None, "", "", None, found.total]
    return sheets.download(name=f"Payment schedule {reference}", kind=kind, header=COLUMNS, rows=[*rows, total])


@require_http_methods(METHODS)
def withdraw_schedule(request: UserRequest, reference: str) -> HttpResponse:
    """Call it back before anything on it is paid."""
    require(permissions.may_review(request.user))
    found = _schedule(reference)
    require(permissions.may_withdraw_schedule(request.user, found))
    form = forms.Why(sent(request), label="Why is it called back?")
    if form.is_valid():
        try:
            payments.withdraw(
                schedule_id=found.pk, why=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except payments.PaidAlready as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{reference} was called back. Its instalments are due again.")
            return redirect("funding:schedule", reference=reference)
    back = reverse("funding:schedule", args=[reference])
    intro = "Tell the finance office not to pay it. Its instalments are due again and go on the next schedule."
    return form_page(
        request,
        form,
        title=f"Call back {reference}",
        intro=intro,
        back=back,
        submit=f"Call back {exact_pounds(found.total)} of {reference}",
        submit_kind="warning",
    )


def _schedule(reference: str) -> PaymentSchedule:
    found: PaymentSchedule = get_object_or_404(reads.schedules(), reference=reference)
    return found
