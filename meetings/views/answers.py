"""A member answers: I come, I send somebody, please talk about this. The chair answers proposals."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from core.verdicts import require
from meetings import permissions
from meetings.forms import planning as forms
from meetings.models import Invitation, ItemProposal
from meetings.queries import agenda as queries
from meetings.queries import guests
from meetings.queries import people as people_queries
from meetings.services import invitations, proposals
from meetings.views.scope import METHODS, common, form_page, meeting_of, sent


@require_http_methods(METHODS)
def answer(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """One place: coming, not sure, or apologies with a substitute in the same step."""
    meeting = meeting_of(request, slug, on)
    place = guests.place_at(meeting, pk)
    if place is None or not _mine_or_mine_to_run(request, place):
        raise Http404
    require(permissions.may_answer_invitation(request.user, place))
    form = _answer_form(request, place)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        chosen = facts.pop("substitute")
        try:
            invitations.answer(
                invitation_id=pk, substitute_id=int(chosen) if chosen else None, by=request.user, now=timezone.now(),
                **facts,
            )  # fmt: skip
        except invitations.NotASubstitute as error:
            form.add_error("substitute", str(error))
        else:
            messages.success(request, "Answer kept. You can change it until the meeting.")
            if place.person_id == request.user.pk:
                return redirect(meeting)
            return redirect("meetings:people", slug=slug, on=on)
    context = common(request, meeting, "people") | {"form": form, "place": place}
    context["own"] = place.person_id == request.user.pk
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


def _mine_or_mine_to_run(request: UserRequest, place: Invitation) -> bool:
    return place.person_id == request.user.pk or bool(permissions.may_run(request.user, place.meeting))


def _answer_form(request: UserRequest, place: Invitation) -> forms.AnswerInvitation:
    colleagues = list(people_queries.may_stand_in(place).values_list("pk", "name"))
    initial = {
        "answer": "" if place.answer == Invitation.Answer.WAITING else place.answer,
        "how": place.how,
        "reason": place.reason,
        "substitute": place.substitute_id,
        "substitute_name": place.substitute_name,
        "substitute_email": place.substitute_email,
    }
    return forms.AnswerInvitation(
        sent(request), colleagues=colleagues, online=bool(place.meeting.online_link), initial=initial
    )


@require_http_methods(METHODS)
def propose(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """A member would like something discussed; their earlier proposals stand below."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_propose(request.user, meeting))
    form = forms.Propose(sent(request))
    if form.is_valid():
        proposals.propose(meeting_id=meeting.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Proposal sent to the chair")
        return redirect("meetings:propose", slug=slug, on=on)
    context = common(request, meeting, "agenda") | {
        "form": form,
        "mine": queries.proposals_of(request.user, meeting),
    }
    return render(request, "meetings/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def proposal(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """The chair answers; whoever proposed it may take it back here."""
    meeting = meeting_of(request, slug, on)
    found = meeting.proposals.filter(pk=pk).select_related("proposed_by", "school").first()
    if found is None:
        raise Http404
    found.meeting = meeting
    if found.proposed_by_id == request.user.pk and not permissions.may_run(request.user, meeting):
        return _take_back(request, found)
    require(permissions.may_answer_proposal(request.user, found))
    form = forms.AnswerProposal(sent(request))
    if form.is_valid():
        if form.cleaned_data["answer"] == ItemProposal.State.ACCEPTED:
            proposals.accept(proposal_id=pk, by=request.user, now=timezone.now())
            messages.success(request, f"“{found.title}” is on the agenda")
        else:
            proposals.decline(proposal_id=pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
            messages.success(request, "Answer sent")
        return redirect(meeting)
    context = common(request, meeting, "agenda") | {"form": form, "proposal": found}
    return render(request, "meetings/proposal.html", context, status=422 if form.errors else 200)


def _take_back(request: UserRequest, found: ItemProposal) -> HttpResponse:
    require(permissions.may_withdraw_proposal(request.user, found))
    if request.method == "POST":
        proposals.withdraw(proposal_id=found.pk, by=request.user, now=timezone.now())
        messages.success(request, "Proposal withdrawn")
        return redirect("meetings:propose", slug=found.meeting.body.slug, on=found.meeting.on)
    form = forms.Confirm()
    back = f"{found.meeting.get_absolute_url()}propose/"
    return form_page(
        request, form, title=f"Withdraw “{found.title}”", back=back, submit="Withdraw it", submit_kind="warning"
    )
