"""Awards of a school or community: what was promised, what is due, and giving back what is not needed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core.formats import exact_pounds
from core.pages import page_of
from core.verdicts import require
from funding.forms import money as forms
from funding.models import Award
from funding.permissions import money as permissions
from funding.queries import awards as reading
from funding.services import awards, ledger
from funding.views.pages import METHODS, form_page, sent

STATES = dict(Award.State.choices)


@require_safe
def award_list(request: UserRequest) -> HttpResponse:
    """Awards the person may see, by state."""
    state = request.GET.get("state", "") if request.GET.get("state", "") in STATES else ""
    found = reading.listed(request.user, state=state)
    page = page_of(request, found)
    return render(
        request,
        "funding/awards.html",
        {
            "page": page,
            "shows_all": not state,
            "states": [(value, words, value == state) for value, words in STATES.items()],
        },
    )


@require_safe
def award(request: UserRequest, reference: str) -> HttpResponse:
    """One award with its instalments."""
    found = _award(request, reference)
    parts = list(found.instalments.select_related("schedule"))
    context = {
        "award": found,
        "parts": parts,
        "left": reading.left(parts),
        "may_release": permissions.may_release(request.user, found),
        "may_withdraw": permissions.may_withdraw_inherited(request.user, found),
        "sets_up": permissions.may_set_up(request.user),
        "reviews": permissions.may_review(request.user),
        "reaches_request": reading.reaches_request(request.user, found),
        "sees_balance": permissions.may_see_balance(request.user, found.community),
    }
    return render(request, "funding/award.html", context)


@require_http_methods(METHODS)
def end_award(request: UserRequest, reference: str) -> HttpResponse:
    """I no longer need this: asked once, with the sum that goes back."""
    found = _award(request, reference)
    require(permissions.may_release(request.user, found))
    left = reading.left(found.instalments.all())
    form = forms.Why(
        sent(request), label="Why is it no longer needed?", help_text="Members can read this. Do not name a pupil."
    )
    if form.is_valid():
        try:
            done = awards.release_early(
                award_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except (awards.NothingLeft, ledger.NotPosted) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, f"{exact_pounds(done.released_amount)} went back to {found.community.name}. Thank you."
            )
            return redirect("funding:award", reference=reference)
    return form_page(
        request,
        form,
        title=f"End {found.reference} early",
        caption=found.school.name,
        intro=f"{exact_pounds(left)} that was neither paid nor sent for payment goes back to {found.community.name}.",
        back=reverse("funding:award", args=[reference]),
        back_text=f"Award {found.reference}",
        submit=f"Give back {exact_pounds(left)} from {found.school.name}",
        submit_kind="warning",
    )


@require_http_methods(METHODS)
def withdraw_award(request: UserRequest, reference: str) -> HttpResponse:
    """Take back an inherited commitment entered by mistake."""
    found = _award(request, reference)
    require(permissions.may_withdraw_inherited(request.user, found))
    form = forms.Why(sent(request), label="What was wrong with it?")
    if form.is_valid():
        try:
            awards.withdraw_inherited(
                award_id=found.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
        except (awards.AlreadyUnderWay, ledger.NotPosted) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{found.reference} was taken back")
            return redirect("funding:inherited", slug=found.budget.period.slug)
    return form_page(
        request,
        form,
        title=f"Take back {found.reference}",
        caption=found.school.name,
        intro=f"Its {exact_pounds(found.amount)} is uncommitted again, as if it had never been entered.",
        back=reverse("funding:award", args=[reference]),
        back_text=f"Award {found.reference}",
        submit=f"Take back {exact_pounds(found.amount)} from {found.school.name}",
        submit_kind="warning",
    )


def _award(request: UserRequest, reference: str) -> Award:
    found: Award = get_object_or_404(reading.newest_with(request.user, reference))
    return found
