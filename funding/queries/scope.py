"""Which requests a person can reach. Everything starts here: what is not in it does not exist for that person."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, IntegerField, OuterRef, QuerySet, When
from django.db.models.functions import Cast, Substr

from accounts.models import User
from communities import powers
from communities.models import School
from communities.powers import prepared_for_powers
from communities.queries import held
from core.once import once_a_page
from funding.models import FundingRequest, PartnerSchool
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.queries import seats

State = FundingRequest.State
KEY = "funding.request:"
ON_THE_TABLE = [Meeting.State.PUBLISHED, Meeting.State.RUNNING, Meeting.State.SUSPENDED]
NOT_SENT = [State.DRAFT, State.RETURNED]


@once_a_page
def requests_for(person: User) -> "QuerySet[FundingRequest]":
    """Own school's (drafts too), joint ones once sent, the community's for its chair, what stands on an agenda of one's
    community until that meeting closes, and what one is invited to.
    """
    partners = PartnerSchool.objects.filter(request=OuterRef("pk")).values("school")
    return (
        FundingRequest.objects.filter(pk__in=_reachable(person))
        .select_related("school", "community")
        .annotate(partners_read=ArraySubquery(partners))
    )


def _reachable(person: User) -> "QuerySet[FundingRequest, Any]":
    """Primary keys. One list for each way to a request, not one with an OR: each begins at what the person holds."""
    schools = held(person, "view_pupil_text", "communities.school")
    chaired = held(person, "run_meetings", "communities.community")
    joint = PartnerSchool.objects.filter(school_id__in=schools).values("request")
    everything = FundingRequest.objects.order_by().values("pk")
    submitted = everything.exclude(submitted_at=None)
    return everything.filter(school_id__in=schools).union(
        everything.filter(pk__in=joint).exclude(state__in=NOT_SENT),
        submitted.filter(community_id__in=chaired),
        submitted.filter(pk__in=_on_the_tables_of_communities(person)),
        submitted.filter(pk__in=_asked_to_see(person)),
    )


@prepared_for_powers
def with_reference(person: User, reference: str) -> "QuerySet[FundingRequest]":
    """The request with this reference, if the person can reach it."""
    return requests_for(person).filter(reference=reference)


def is_own(person: User, request: FundingRequest) -> bool:
    """Made by a school whose pupils' words the person may read, alone or jointly."""
    if powers.holds(person, "view_pupil_text", request.school):
        return True
    if request.state in NOT_SENT:
        return False
    return any(powers.holds(person, "view_pupil_text", School(pk=pk)) for pk in partner_ids(request))


def chairs(person: User, request: FundingRequest) -> bool:
    """Runs the meetings of the request's community."""
    return request.community is not None and powers.holds(person, "run_meetings", request.community)


def is_invited(person: User, request: FundingRequest) -> bool:
    """Holds a place for exactly this item, as a professional does."""
    return _places(person).filter(item__source_key=request.key).exists()


def partner_ids(request: FundingRequest) -> list[int]:
    """Primary keys of the other schools of a joint request; asked once per object."""
    kept: list[int] | None = request.__dict__.get("partners_read")
    if kept is None:
        kept = list(request.partner_links.values_list("school_id", flat=True))
        request.__dict__["partners_read"] = kept
    return kept


def school_ids(request: FundingRequest) -> set[int]:
    """The lead school and its partners."""
    return {request.school_id, *partner_ids(request)}


def _places(person: User) -> "QuerySet[Invitation]":
    return seats.live_places(person).filter(item__isnull=False, meeting__state__in=ON_THE_TABLE)


def _on_the_tables_of_communities(person: User) -> "QuerySet[AgendaItem, Any]":
    """Primary keys of requests on a published agenda of the person's communities."""
    communities = held(person, "attend_meetings", "communities.community")
    return _numbers(AgendaItem.objects.filter(meeting__community__in=communities, meeting__state__in=ON_THE_TABLE))


def _asked_to_see(person: User) -> "QuerySet[AgendaItem, Any]":
    """Primary keys of requests on a published agenda for which the person holds a place."""
    return _numbers(AgendaItem.objects.filter(pk__in=_places(person).values("item")))


def _numbers(items: "QuerySet[AgendaItem]") -> "QuerySet[AgendaItem, Any]":
    # CASE, because PostgreSQL may cast a row before it has found that the row is none of ours.
    number = Case(
        When(source_key__startswith=KEY, then=Cast(Substr("source_key", len(KEY) + 1), IntegerField())),
        output_field=IntegerField(),
    )
    requests = items.filter(source_key__startswith=KEY).exclude(state=AgendaItem.State.REMOVED)
    return requests.annotate(number=number).values("number")
