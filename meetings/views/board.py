"""The board's desk: bulletins down to communities, answers to what they send up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from communities import powers
from communities.models import Area
from core.pages import page_of
from core.verdicts import require
from meetings import permissions
from meetings.forms import board as forms
from meetings.forms import county as county_forms
from meetings.models import Bulletin
from meetings.queries import bulletins as queries
from meetings.queries import escalations as matters
from meetings.services import bulletins as services
from meetings.services import escalations as escalation_services
from meetings.views.scope import METHODS, form_page, sent


@require_safe
def bulletins(request: UserRequest) -> HttpResponse:
    """What my boards have written, with how many communities have taken note."""
    require(permissions.may_see_desk(request.user))
    page = page_of(request, queries.written_by_board(request.user))
    audiences = queries.audience_sizes(page.object_list)
    rows = [(bulletin, audiences[bulletin.pk]) for bulletin in page.object_list]
    return render(request, "meetings/bulletins.html", {"page": page, "rows": rows, "today": timezone.localdate()})


@require_http_methods(METHODS)
def write(request: UserRequest) -> HttpResponse:
    """A draft. Whoever writes for several boards says first for which: `?board=weald`."""
    require(permissions.may_see_desk(request.user))
    boards = list(queries.boards_of(request.user))
    county = powers.holds_anywhere(request.user, "administer_county")
    slug = request.GET.get("board") or (boards[0].slug if len(boards) == 1 and not county else "")
    if not slug and county and not boards:
        slug = forms.EVERYWHERE
    if not slug:
        return _which(request, boards, county)
    area = next((board for board in boards if board.slug == slug), None)
    if area is None and not (county and slug == forms.EVERYWHERE):
        raise Http404
    return _write(request, area)


def _which(request: UserRequest, boards: list[Area], county: bool) -> HttpResponse:
    form = forms.WhichBoard(sent(request), boards=boards, county=county)
    if form.is_valid():
        return redirect(f"/board/bulletins/write/?board={form.cleaned_data['board']}")
    return form_page(request, form, title="Write a bulletin", back="/board/bulletins/", submit="Continue")


def _write(request: UserRequest, area: Area | None) -> HttpResponse:
    form = _form(request, area)
    if form.is_valid():
        try:
            made = services.write(
                area_id=area.pk if area else None, by=request.user, now=timezone.now(), **_facts(form)
            )
        except services.TooLate as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, "Draft kept. Nobody sees it until you publish it.")
            return redirect(made)
    whose = f"the board of {area.name}" if area else "the county"
    return form_page(
        request, form, title="Write a bulletin", caption=f"From {whose}", back="/board/bulletins/", submit="Keep draft"
    )


@require_http_methods(METHODS)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """A draft only: what was read stays as it was read."""
    found = _found(request, pk)
    require(permissions.may_edit_bulletin(request.user, found))
    initial = {
        "title": found.title, "text": found.text, "due_on": found.due_on, "version": found.version,
        "audience": forms.ALL if found.to_all else forms.SOME,
        "communities": [str(pk) for pk in found.communities.values_list("pk", flat=True)],
    }  # fmt: skip
    form = _form(request, found.area, initial=initial)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.edit(bulletin_id=pk, version=version, by=request.user, now=timezone.now(), **_facts(form))
        except services.TooLate as error:
            form.add_error("due_on", str(error))
        except services.ChangedMeanwhile as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Draft kept")
            return redirect(found)
    return form_page(request, form, title="Change the bulletin", back=found.get_absolute_url(), submit="Keep draft")


@require_POST
def publish(request: UserRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(permissions.may_edit_bulletin(request.user, found))
    try:
        services.publish(bulletin_id=pk, by=request.user, now=timezone.now())
    except services.TooLate:
        messages.error(request, "The day to acknowledge it has passed. Change the day first.")
    else:
        messages.success(request, "Bulletin published. The chairs have been told.")
    return redirect(found)


@require_http_methods(METHODS)
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """With the reason; it leaves the agendas not yet run."""
    found = _found(request, pk)
    require(permissions.may_withdraw_bulletin(request.user, found))
    form = county_forms.Reason(sent(request), label="Why is it withdrawn?", hint="Chairs read this.")
    if form.is_valid():
        services.withdraw(bulletin_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Bulletin withdrawn. It left every agenda not yet run.")
        return redirect(found)
    return form_page(
        request, form, title="Withdraw this bulletin", caption=found.title, back=found.get_absolute_url(),
        submit="Withdraw bulletin", submit_kind="warning",
    )  # fmt: skip


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(permissions.may_edit_bulletin(request.user, found))
    services.discard(bulletin_id=pk, by=request.user)
    messages.success(request, "Draft thrown away")
    return redirect("meetings:bulletins")


@require_safe
def escalations(request: UserRequest) -> HttpResponse:
    """What communities sent up: open first."""
    require(permissions.may_see_desk(request.user))
    page = page_of(request, matters.for_boards(request.user))
    return render(request, "meetings/escalations.html", {"page": page})


@require_http_methods(METHODS)
def escalation(request: UserRequest, pk: int) -> HttpResponse:
    """One matter: the board answers it, the community's chair reads the answer or takes it back."""
    found = matters.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    may_answer = permissions.may_answer_escalation(request.user, found)
    may_withdraw = permissions.may_withdraw_escalation(request.user, found)
    if request.method == "POST" and "withdraw" in request.POST:
        require(may_withdraw)
        escalation_services.withdraw(escalation_id=pk, by=request.user, now=timezone.now())
        messages.success(request, "Withdrawn")
        return redirect(found)
    form = forms.AnswerEscalation(sent(request), bulletins=queries.out_for(found.community))
    if request.method == "POST":
        require(may_answer)
    if form.is_valid():
        chosen = form.cleaned_data["bulletin"]
        escalation_services.answer(
            escalation_id=pk, answer=form.cleaned_data["answer"], bulletin_id=int(chosen) if chosen else None,
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Answer sent to the chair")
        return redirect(found)
    context = {"escalation": found, "form": form, "may_answer": may_answer, "may_withdraw": may_withdraw}
    return render(request, "meetings/escalation.html", context, status=422 if form.errors else 200)


def _found(request: UserRequest, pk: int) -> Bulletin:
    found = queries.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _form(request: UserRequest, area: Area | None, **more: Any) -> forms.BulletinFacts:
    everyone = f"Every community in {area.name}" if area else "Every community of the county"
    return forms.BulletinFacts(sent(request), communities=queries.possible_audience(area), everyone=everyone, **more)


def _facts(form: forms.BulletinFacts) -> dict[str, Any]:
    facts = form.cleaned_data
    return {
        "title": facts["title"],
        "text": facts["text"],
        "to_all": facts["audience"] == forms.ALL,
        "community_ids": [int(pk) for pk in facts["communities"]],
        "due_on": facts["due_on"],
    }
