"""The parts of one request, each as a list."""

from django.db.models import QuerySet

from core import lists
from core.models import ListEntry
from core.prepared import prepared
from funding.models import (
    Attachment,
    CostLine,
    FundingRequest,
    IntendedOutcome,
    PartnerSchool,
    RequestEvent,
    RequestPupil,
    RequestSection,
)
from provision.models import SupportEntry
from provision.queries import support


@prepared
def pupils(request: FundingRequest) -> "QuerySet[RequestPupil]":
    """With key, school and agreement."""
    return request.pupils.select_related("key", "attends", "agreement").order_by("pk")


@prepared
def costs(request: FundingRequest) -> "QuerySet[CostLine]":
    """The costed lines, in order."""
    return request.costs.all()


@prepared
def outcomes(request: FundingRequest) -> "QuerySet[IntendedOutcome]":
    """What is to come of it, in order."""
    return request.outcomes.all()


@prepared
def tried(reference: str) -> "QuerySet[SupportEntry]":
    """The support tried before, oldest first."""
    return support.of_request(reference)


@prepared
def attachments(request: FundingRequest) -> "QuerySet[Attachment]":
    """The papers that were not removed."""
    return request.attachments.filter(removed_at=None)


@prepared
def partners(request: FundingRequest) -> "QuerySet[PartnerSchool, str]":
    """Names of the other schools of a joint request."""
    return PartnerSchool.objects.filter(request=request).order_by("school__name").values_list("school__name", flat=True)


@prepared
def sections(request: FundingRequest) -> "QuerySet[RequestSection]":
    """The pages of it that were written on."""
    return request.sections.select_related("saved_by")


@prepared
def events(request: FundingRequest) -> "QuerySet[RequestEvent]":
    """What happened to it, the newest first."""
    return request.events.select_related("by").order_by("-at", "-pk")


@prepared
def labels(*, names: tuple[str, ...]) -> "QuerySet[ListEntry, tuple[str, str, str]]":
    """(list, code, label) of everything these lists ever held."""
    return lists.all_labels(*names)
