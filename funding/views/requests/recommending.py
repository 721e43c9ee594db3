"""The recorder writes down what the community recommends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from communities.queries import member_schools
from core.verdicts import require
from funding.forms.decisions import RecommendForm
from funding.models import Recommendation
from funding.permissions import decisions as permissions
from funding.queries import decisions, wording
from funding.services import recommending
from funding.views.requests.common import METHODS, back_to, found, sent, shown


@require_http_methods(METHODS)
def recommend(request: UserRequest, reference: str) -> HttpResponse:
    """How it was reached, what it is, how much, under which conditions, and who saw it differently."""
    one = found(request, reference)
    item = decisions.item_of(one)
    require(permissions.may_recommend(request.user, one, item))
    whole = shown(request, one)
    last, back = decisions.recommendation(one), back_to(request, one, item)
    places = member_schools(one.community, on=timezone.localdate()).count() if one.community else 0
    known = wording.known(one, today=timezone.localdate()) if request.method == "POST" else ()
    form = RecommendForm(
        sent(request),
        wants_money=one.wants_money,
        places=places,
        known=[*known, *(pupil.key.words for pupil in whole.pupils)],
        initial=_as_before(last),
    )
    if form.is_valid():
        try:
            recommending.recommend(request_id=one.pk, by=request.user, now=timezone.now(), **form.said)
        except recommending.NotSound as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, "Recommendation recorded")
            return redirect(back.address)
    context = {"one": one, "whole": whole, "back": back, "form": form, "last": last, "places": places}
    return render(request, "funding/recommend.html", context, status=422 if form.is_bound else 200)


def _as_before(last: Recommendation | None) -> dict[str, object]:
    """A correction starts from what was recorded."""
    if last is None:
        return {}
    names = ("how", "answer", "amount", "conditions", "reason", "dissent")
    counts = ("votes_for", "votes_against", "abstained", "recused", "not_present")
    return {name: getattr(last, name) for name in (*names, *counts)}
