"""The chair decides in two steps: say what, then look at it once more and press the button that names amount and school.

Between the two the typed answers wait in the person's session; money moves only with the last button.
"""

from typing import Any
from uuid import uuid4

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from core.formats import pounds
from core.forms.fields import IdempotencyField
from core.idempotency import KeyReused
from core.verdicts import require
from core.wording import words
from funding.forms.decisions import DecideForm
from funding.forms.steps import UndoForm
from funding.forms.typed import typed
from funding.models import Answer, FundingRequest, Recommendation
from funding.permissions import decisions as permissions
from funding.queries import decisions, wording
from funding.queries.whole import Whole
from funding.services import deciding, deciding_undo
from funding.services.awards import AlreadyUnderWay
from funding.services.ledger import NotPosted
from funding.services.recommending import NotSound
from funding.views.requests.common import METHODS, address, back_to, form_page, found, onward, sent, shown
from meetings import sharing
from meetings.models import AgendaItem
from meetings.queries import interests

MONEY = (Answer.APPROVE, Answer.IN_PART)
VERBS = {
    Answer.APPROVE: "Approve",
    Answer.IN_PART: "Approve",
    Answer.DECLINE: "Decline",
    Answer.DEFER: "Defer",
    Answer.ADVICE: "Record advice",
}


@require_http_methods(METHODS)
def decide(request: UserRequest, reference: str) -> HttpResponse:
    """Left the request, right the facts and the form. Nothing is decided here yet."""
    whole, item, recommendation = _decidable(request, reference)
    one = whole.request
    kept = request.session.get(_key(one))
    form = _form(request, whole, recommendation, sent(request), kept=kept)
    if form.is_valid() and _is_sound(form, one, recommendation):
        request.session[_key(one)] = typed(request.POST)
        return redirect(onward(request, address("decide-check", one)))
    grounds = decisions.grounds(one, timezone.localdate())
    context = {
        **_facts(request, whole, item, recommendation),
        "form": form,
        "may_approve": permissions.may_approve(one, grounds.budgets, plans=whole.has_plans),
        "has_principles": permissions.has_principles(grounds.principles),
    }
    return render(request, "funding/decide.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def check(request: UserRequest, reference: str) -> HttpResponse:
    """Everything once more; the last button repeats amount and school."""
    whole, item, recommendation = _decidable(request, reference)
    one = whole.request
    kept = request.session.get(_key(one))
    form = _form(request, whole, recommendation, _as_post(kept)) if kept else None
    if form is None or not form.is_valid():
        return redirect(onward(request, address("decide", one)))
    try:
        ready = deciding.prepare(one, recommendation, form.decision, now=timezone.now())
    except NotSound:
        return redirect(onward(request, address("decide", one)))
    _ask_to_sign_in_again(request, ready)
    problem = ""
    if request.method == "POST":
        try:
            deciding.decide(
                request_id=one.pk,
                decision=form.decision,
                key=IdempotencyField().clean(request.POST.get("key")),
                by=request.user,
                now=timezone.now(),
            )
        except (NotSound, NotPosted, KeyReused, ValidationError) as error:
            problem = error.messages[0] if isinstance(error, ValidationError) else str(error)
        else:
            request.session.pop(_key(one), None)
            messages.success(request, f"{one.reference} is decided. The school is told when the meeting closes.")
            return redirect(back_to(request, one, item).address)
    context = {
        **_facts(request, whole, item, recommendation, amount=ready.amount),
        "said": form.decision,
        "ready": ready,
        "answer": Answer(form.decision.answer).label,
        "reason_label": _label(form),
        "button": _button(one, form.decision, ready),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "funding/decide_check.html", context, status=422 if problem else 200)


@require_http_methods(METHODS)
def undo(request: UserRequest, reference: str) -> HttpResponse:
    """Take the decision back before it is released."""
    one = found(request, reference)
    require(permissions.may_undo(request.user, one, decisions.standing(one)))
    back = back_to(request, one, decisions.item_of(one))
    form = UndoForm(sent(request), known=wording.known(one, today=timezone.localdate()))
    if form.is_valid():
        try:
            deciding_undo.undo(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        except (AlreadyUnderWay, NotPosted) as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, "The decision is taken back. Decide again when you are ready.")
            return redirect(back.address)
    intro = "Money it promised stands free again. That you decided and took it back stays on record."
    return form_page(
        request,
        one,
        form,
        page_title=f"Take back the decision on {one.reference}",
        submit_text="Take it back",
        intro=intro,
        back_url=back.address,
        back_text=back.text,
    )


def _decidable(request: UserRequest, reference: str) -> tuple[Whole, AgendaItem | None, Recommendation]:
    one = found(request, reference)
    item = decisions.item_of(one)
    require(permissions.may_decide(request.user, one, item))
    whole = shown(request, one)
    if whole.recommendation is None:  # the state says there is one
        raise LookupError(one.reference)
    return whole, item, whole.recommendation


def _key(one: FundingRequest) -> str:
    return f"decision:{one.pk}"


def _as_post(kept: dict[str, Any]) -> QueryDict:
    """The kept answers as they came, lists and all."""
    posted = QueryDict(mutable=True)
    for name, value in kept.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def _form(
    request: UserRequest, whole: Whole, recommendation: Recommendation, data: Any, *, kept: dict[str, Any] | None = None
) -> DecideForm:
    one = whole.request
    if data is None and kept:
        data = _as_post(kept)
    grounds, plans = decisions.grounds(one, timezone.localdate()), whole.has_plans
    paying = permissions.paying_budgets(grounds.budgets, plans=plans)
    known = wording.known(one, today=timezone.localdate()) if data is not None else ()
    return DecideForm(
        data,
        wants_money=one.wants_money,
        may_approve=bool(permissions.may_approve(one, grounds.budgets, plans=plans)),
        periods=[
            (str(budget.period_id), f"{budget.period.name}: {pounds(budget.free)} uncommitted") for budget in paying
        ],
        principles=[(str(row.pk), f"{row.number}. {row.text}") for row in grounds.principles],
        reasons={"code_decline": grounds.decline_reasons, "code_defer": grounds.defer_reasons},
        support_recorded=bool(whole.tried),
        known=[*known, *(pupil.key.words for pupil in whole.pupils)],
        initial={
            "answer": recommendation.answer,
            "amount": recommendation.amount or None,
            "conditions": recommendation.conditions,
            "period": str(paying[0].period_id) if len(paying) == 1 else "",
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
        },
    )


def _is_sound(form: DecideForm, one: FundingRequest, recommendation: Recommendation) -> bool:
    """What the service would refuse is said beside the field, before the check page; the balance too."""
    try:
        ready = deciding.prepare(one, recommendation, form.decision, now=timezone.now())
    except NotSound as error:
        form.show(error.field, str(error))
        return False
    budgets = {budget.period_id: budget for budget in decisions.grounds(one, timezone.localdate()).budgets}
    budget = budgets.get(form.decision.period_id or 0)
    if ready.amount and budget is not None and ready.amount > budget.free:
        form.show(
            "period",
            f"There is {pounds(budget.free)} uncommitted in {budget.period.name}; this needs {pounds(ready.amount)}.",
        )
        return False
    return True


def _facts(
    request: UserRequest, whole: Whole, item: AgendaItem | None, recommendation: Recommendation, amount: Any = None
) -> dict[str, Any]:
    """What stands beside the form."""
    one = whole.request
    would_be = amount if amount is not None else recommendation.amount
    budgets = decisions.grounds(one, timezone.localdate()).budgets
    return {
        "one": one,
        "whole": whole,
        "item": item,
        "recommendation": recommendation,
        "amount_words": "The recommendation" if amount is None else "This decision",
        "balances": [decisions.Balance(budget, would_be) for budget in budgets],
        "interests": interests.of_item(item) if item else [],
        "hides": sharing.hides(request),
        "back": back_to(request, one, item),
        "decide_url": onward(request, address("decide", one)),
    }


def _label(form: DecideForm) -> str:
    said = form.decision
    names = {Answer.DECLINE: "code_decline", Answer.DEFER: "code_defer"}
    name = names.get(Answer(said.answer))
    return dict(form.fields[name].choices).get(said.reason_code, "") if name and name in form.fields else ""  # type: ignore[attr-defined]


def _button(one: FundingRequest, said: deciding.Decision, ready: deciding.Prepared) -> str:
    """Approve £3,200 for Hartwell Primary."""
    amount = f" {pounds(ready.amount)}" if ready.amount else ""
    return f"{VERBS[Answer(said.answer)]}{amount} for {one.school.name}"


def _ask_to_sign_in_again(request: UserRequest, ready: deciding.Prepared) -> None:
    """Above the council's threshold the chair shows once more who they are; the demo has nobody to show it to."""
    most = words().sign_in_again_over
    if most is not None and ready.amount > most and not settings.DEMO:
        _fresh(request)


@reauthentication_required
def _fresh(_request: HttpRequest) -> HttpResponse:
    """Reached only by somebody who signed in moments ago; anybody else is sent to do so and comes back."""
    return HttpResponse(status=204)
