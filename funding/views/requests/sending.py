"""The steps of a request, each a page that says what it will do."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest
from communities.queries import community_of
from core import readings
from core.formats import pounds
from core.verdicts import require
from funding.forms import steps
from funding.forms.requests import KindForm, StartForm
from funding.models import FundingRequest
from funding.permissions import requests as permissions
from funding.queries import lists, stages, tasks, wording
from funding.queries.whole import Whole
from funding.services import drafting, submitting
from funding.views.requests.common import METHODS, address, form_page, found, sent, shown, written


@require_http_methods(METHODS)
def start(request: UserRequest) -> HttpResponse:
    """Choose what kind of request."""
    schools = list(lists.schools_that_write(request.user))
    require(lists.may_start_anywhere(request.user, schools))
    form = StartForm(sent(request), schools=schools)
    if form.is_valid():
        one = drafting.start(
            school_id=int(form.cleaned_data["school"]),
            kind=form.cleaned_data["kind"],
            by=request.user,
            now=timezone.now(),
        )
        return redirect(one)
    context = {"form": form, "page_title": "Start a request", "submit_text": "Continue", "back_url": "/requests/"}
    return render(request, "form_page.html", context, status=422 if form.is_bound else 200)


@require_http_methods(METHODS)
def kind(request: UserRequest, reference: str) -> HttpResponse:
    """Make a draft another kind."""
    one = written(request, reference)
    form = KindForm(sent(request), initial={"kind": one.kind})
    if form.is_valid():
        drafting.set_kind(request_id=one.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Kind of request changed")
        return redirect(one)
    intro = "A project holds no pupils, and a discussion no costs and outcomes: choosing one of them takes those out."
    return form_page(
        request, one, form, page_title="Change the kind of request", submit_text="Change the kind", intro=intro
    )


@require_http_methods(METHODS)
def copy(request: UserRequest, reference: str) -> HttpResponse:
    """A new draft from the words of this one."""
    one = found(request, reference)
    require(permissions.may_copy(request.user, one))
    form = KindForm(sent(request), initial={"kind": one.kind})
    if form.is_valid():
        new = drafting.copy(request_id=one.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(
            request, f"This is {new.reference}, with the words of {one.reference}. Change what is different."
        )
        return redirect(new)
    intro = (
        "Words, pupils’ keys, what was tried and costs are taken over. Agreement to share is asked again, and documents "
        "are added anew."
    )
    title = f"Use the words of {one.reference} again"
    return form_page(request, one, form, page_title=title, submit_text="Make a new draft", intro=intro)


@require_http_methods(METHODS)
def check(request: UserRequest, reference: str) -> HttpResponse:
    """Everything once more, what is missing, who will read it, and the button that sends it."""
    one = found(request, reference)
    require(permissions.may_send(request.user, one))
    whole = shown(request, one)
    if request.method == "POST":
        try:
            submitting.send(request_id=one.pk, by=request.user, now=timezone.now())
        except submitting.Incomplete:
            return redirect("funding:check", reference=reference)
        messages.success(request, f"{one.reference} is with the headteacher")
        return redirect(one)
    open_names = wording.questions(whole, today=timezone.localdate())
    context = {
        "one": one,
        "whole": whole,
        "missing": [(sentence, address(name, one)) for name, sentence in tasks.missing(whole)],
        "open_names": open_names,
        "reaches": _reaches(one),
        "writable": True,
    }
    return render(request, "funding/check.html", context)


@require_POST
def fetch(request: UserRequest, reference: str) -> HttpResponse:
    """Take it back from the headteacher's desk."""
    one = found(request, reference)
    submitting.fetch(request_id=one.pk, by=request.user, now=timezone.now())
    messages.success(request, f"{one.reference} is yours again. Change it and send it when it is ready.")
    return redirect(one)


@require_http_methods(METHODS)
def sign_off(request: UserRequest, reference: str) -> HttpResponse:
    """The headteacher reads it and signs it off."""
    one = found(request, reference)
    verdict = permissions.may_sign(request.user, one)
    if request.method == "POST" or not permissions.may_return(request.user, one):
        require(verdict)
    whole = shown(request, one)
    problem = ""
    if request.method == "POST":
        try:
            submitting.sign(request_id=one.pk, by=request.user, now=timezone.now())
        except submitting.NoCommunity as error:
            problem = str(error)
        else:
            messages.success(request, f"{one.reference} is submitted to {_community_name(one)}")
            return redirect(one)
    context = {
        "one": one,
        "whole": whole,
        "verdict": verdict,
        "reaches": _reaches(one),
        "problem": problem,
        "button": _sign_button(whole),
        "return_url": address("return", one),
    }
    return render(request, "funding/sign_off.html", context, status=422 if problem else 200)


@require_http_methods(METHODS)
def give_back(request: UserRequest, reference: str) -> HttpResponse:
    """The headteacher returns it with a reason."""
    one = found(request, reference)
    require(permissions.may_return(request.user, one))
    form = _asking(request, one, steps.ReasonForm)
    if form.is_valid():
        submitting.give_back(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        messages.success(request, f"{one.reference} is returned to its writer")
        return redirect(one)
    back = address("sign-off", one)
    return form_page(
        request,
        one,
        form,
        page_title="Return this request",
        submit_text="Return it",
        back_url=back,
        back_text="Sign off",
    )


@require_http_methods(METHODS)
def withdraw(request: UserRequest, reference: str) -> HttpResponse:
    """The school withdraws it."""
    one = found(request, reference)
    require(permissions.may_withdraw(request.user, one))
    form = _asking(request, one, steps.WithdrawForm)
    if form.is_valid():
        submitting.withdraw(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        messages.success(request, f"{one.reference} is withdrawn")
        return redirect(one)
    intro = f"{_withdrawing(one)} You can use its words again in a new request."
    return form_page(
        request,
        one,
        form,
        page_title=f"Withdraw {one.reference}?",
        submit_text=f"Withdraw {one.reference}",
        intro=intro,
        submit_kind="warning",
    )


@require_http_methods(METHODS)
def ask(request: UserRequest, reference: str) -> HttpResponse:
    """The chair asks the school."""
    one = found(request, reference)
    require(permissions.may_ask(request.user, one))
    form = _asking(request, one, steps.QuestionForm)
    if form.is_valid():
        submitting.ask(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        messages.success(request, "The school has been asked")
        return redirect(one)
    title = f"Ask {one.school.name} about {one.reference}"
    return form_page(request, one, form, page_title=title, submit_text="Send the question")


@require_http_methods(METHODS)
def answer(request: UserRequest, reference: str) -> HttpResponse:
    """The school answers."""
    one = found(request, reference)
    require(permissions.may_answer(request.user, one))
    form = _asking(request, one, steps.AnswerForm)
    question = one.events.filter(step="ask").last()
    if form.is_valid():
        submitting.answer(request_id=one.pk, by=request.user, now=timezone.now(), **form.answers)
        messages.success(request, "Your answer is with the chair")
        return redirect(one)
    readings.note(request, one)
    intro = f"The chair asks: {question.words}" if question else ""
    return form_page(request, one, form, page_title="Answer the chair", submit_text="Send the answer", intro=intro)


def _asking(request: UserRequest, one: FundingRequest, form: Any) -> Any:
    """A form that asks about names, with the words this request knows."""
    known = wording.known(one, today=timezone.localdate()) if request.method == "POST" else ()
    return form(sent(request), known=known)


def _sign_button(whole: Whole) -> str:
    """Sign off and submit £3,200 for Hartwell Primary."""
    amount = f" {pounds(whole.amount)}" if whole.request.wants_money else ""
    return f"Sign off and submit{amount} for {whole.request.school.name}"


def _withdrawing(one: FundingRequest) -> str:
    """Who notices: nobody outside the school has seen it before it was submitted."""
    if one.community is None:
        return "Nobody outside your school has seen it."
    return "It is taken off the agenda and the chair is told."


def _reaches(one: FundingRequest) -> stages.NextMeeting | None:
    return stages.next_meeting(community_of(one.school, on=timezone.localdate()), timezone.now())


def _community_name(one: FundingRequest) -> str:
    community = community_of(one.school, on=timezone.localdate())
    return community.name if community else "its community"
