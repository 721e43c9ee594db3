"""Who comes, by school."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from core.verdicts import require
from meetings import permissions
from meetings.forms import planning as forms
from meetings.queries import guests, readiness, seats
from meetings.services import invitations
from meetings.views.scope import METHODS, common, form_page, meeting_of


@require_safe
def people(request: UserRequest, slug: str, on: date) -> HttpResponse:
    """Each member school with its places and answers, then those without a school, then guests for one item."""
    meeting = meeting_of(request, slug, on)
    require(permissions.may_read_agenda(request.user, meeting))
    require(permissions.may_see_people(request.user, meeting, seats.only_items(request.user, meeting)))
    places = list(guests.places(meeting))
    schools = guests.by_school(meeting, places)
    context = common(request, meeting, "people") | {
        "schools": schools,
        "others": [place for place in places if not place.school_id and not place.item_id],
        "guests": [place for place in places if place.item_id],
        "forecast": readiness.forecast_from(schools),
        "may_answer_for": permissions.may_change_agenda(request.user, meeting),
    }
    return render(request, "meetings/people.html", context)


@require_http_methods(METHODS)
def withdraw(request: UserRequest, slug: str, on: date, pk: int) -> HttpResponse:
    """Take back a professional's invitation to one item."""
    meeting = meeting_of(request, slug, on)
    place = guests.place_at(meeting, pk)
    if place is None:
        raise Http404
    require(permissions.may_withdraw_invitation(request.user, place))
    if request.method == "POST":
        invitations.withdraw(invitation_id=pk, by=request.user, now=timezone.now())
        messages.success(request, "Invitation withdrawn")
        return redirect("meetings:people", slug=slug, on=on)
    return form_page(
        request, forms.Confirm(), title=f"Withdraw the invitation of {place.person.name}",
        back=f"{meeting.get_absolute_url()}people/", submit="Withdraw it", submit_kind="warning",
    )  # fmt: skip
