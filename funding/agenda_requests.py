"""Requests that belong on an agenda: those that met the cut-off, those deferred to it, those still without a decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.formats import short_date
from funding.models import FundingRequest, PartnerSchool
from funding.queries import scope
from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.sources import Proposal, agenda_source, open_to, schools_of, shown_as

State = FundingRequest.State
WAITING = [State.SUBMITTED, State.ASKED, State.DEFERRED, State.DISCUSSED]
MINUTES = {
    FundingRequest.Kind.DISCUSSION: 15,
    FundingRequest.Kind.INDIVIDUAL: 10,
    FundingRequest.Kind.GROUP: 15,
    FundingRequest.Kind.PROJECT: 10,
}


@agenda_source
def requests(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """Submitted requests of the community in the order of their submission; late ones wait for the next meeting."""
    if meeting.community is None:
        return
    waiting = FundingRequest.objects.filter(
        community=meeting.community, state__in=WAITING, submitted_at__lte=meeting.cut_off_at
    )
    for request in waiting.select_related("school").order_by("submitted_at", "pk"):
        yield Proposal(
            key=request.key,
            kind=ItemKind.REQUEST,
            title=f"{request.school.name}: {request.get_kind_display().lower()} ({request.reference})",
            link=request.get_absolute_url(),
            why=_why(request),
            minutes=MINUTES[FundingRequest.Kind(request.kind)],
            stamp=f"{request.submitted_at}",
        )


@schools_of(ItemKind.REQUEST, key=scope.KEY)
def schools(request: int) -> "QuerySet[Any, Any]":
    """The lead school and its partners: who has an interest is found from them."""
    leads = FundingRequest.objects.filter(pk=request).order_by().values_list("school", flat=True)
    return leads.union(PartnerSchool.objects.filter(request=request).values_list("school", flat=True))


@shown_as(ItemKind.REQUEST)
def on_screen(item: AgendaItem) -> str:
    """Its reference, which ends its address."""
    return f"Request {item.link.rstrip('/').rpartition('/')[2]}"


@open_to(ItemKind.REQUEST)
def reachable(person: User, items: list[AgendaItem]) -> set[int]:
    """Items whose request the person still reaches: members read it until the meeting closes, the school and the chair on."""
    keys = {item.pk: item.source_key.removeprefix(scope.KEY) for item in items if item.source_key.startswith(scope.KEY)}
    known = set(scope.requests_for(person).filter(pk__in=map(int, keys.values())).values_list("pk", flat=True))
    return {pk for pk, key in keys.items() if int(key) in known} | {item.pk for item in items if item.pk not in keys}


def _why(request: FundingRequest) -> str:
    if request.state == State.DEFERRED:
        return "It was deferred at an earlier meeting."
    if request.state == State.DISCUSSED:
        return "The community has made its recommendation; the chair has not decided yet."
    return f"Submitted on {short_date(request.submitted_at)}, before the cut-off."
