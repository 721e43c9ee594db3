"""Interests in one item: everybody's, declaring one, and a second person setting a wrong one aside."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from core.verdicts import require
from meetings import permissions
from meetings.forms import live as forms
from meetings.models import AgendaItem, Interest
from meetings.permissions import live as may
from meetings.queries import interests as queries
from meetings.queries import people, recusals
from meetings.services import interests
from meetings.sharing import may_be_shared
from meetings.views.scope import item_of, meeting_of


@may_be_shared
@require_http_methods(["GET", "POST"])
def of_item(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Who stays out of this item and why; POST declares an interest."""
    item = _item(request, slug, on, pk)
    require(may.may_see_interests(request.user, item))
    for_others = bool(may.may_take_minutes(request.user, item.meeting))
    others = people.who_may_own(item.meeting.body, on=item.meeting.on) if for_others else None
    form = forms.Declare(request.POST if request.method == "POST" else None, people=others)
    if form.is_valid():
        person = form.cleaned_data.get("person")
        interests.declare(
            item_id=item.pk, note=form.cleaned_data["note"], by=request.user, now=timezone.now(),
            person_id=person.pk if person else None,
        )  # fmt: skip
        messages.success(request, "The interest is declared. It will stand in the minutes.")
        return redirect("meetings:interests", slug=slug, on=on, pk=pk)
    context = {
        "meeting": item.meeting,
        "item": item,
        "form": form,
        "mine": recusals.fact(request.user, item),
        "interests": queries.of_item(item),
        "set_aside": queries.set_aside(item),
        "may_declare": may.may_declare(request.user, item),
        "may_judge": may.may_judge_interests(request.user, item),
        "may_run": permissions.may_run(request.user, item.meeting),
    }
    return render(request, "meetings/live/interests.html", context, status=422 if form.is_bound else 200)


@may_be_shared
@require_http_methods(["GET", "POST"])
def dismiss(request: UserRequest, slug: str, on: date, pk: int, person: int, kind: str) -> HttpResponse:
    """A second person says why this is no interest."""
    item = _item(request, slug, on, pk)
    require(may.may_judge_interests(request.user, item))
    found_interest = queries.one(item, person, kind)
    if found_interest is None:
        raise Http404
    require(may.may_dismiss(request.user, found_interest))
    form = forms.Dismiss(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        interests.dismiss(
            item_id=item.pk, person_id=person, kind=kind, because=because, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{found_interest.person.name} may take part in this item")
        return redirect("meetings:interests", slug=slug, on=on, pk=pk)
    context = {"meeting": item.meeting, "item": item, "form": form, "interest": found_interest}
    context |= {"reason": recusals.REASONS[Interest.Kind(kind)]}
    return render(request, "meetings/live/dismiss.html", context, status=422 if form.is_bound else 200)


def _item(request: UserRequest, slug: str, on: date, pk: int) -> AgendaItem:
    """Members and guests by their meeting; county administrators by the item, because they judge interests."""
    if may.may_judge_anywhere(request.user):
        item = queries.item_at(slug, on, pk)
        if item is None:
            raise Http404
        return item
    return item_of(meeting_of(request, slug, on), pk)
