"""The log of who read and changed what, as the data protection officer asks it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet

from core.days import begins
from core.models import AuditEntry
from funding.models import FundingRequest
from meetings.models import AgendaItem

REQUEST, ITEM = FundingRequest._meta.label_lower, AgendaItem._meta.label_lower
READ = "read."


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: "Viewed", "Request CoS-2041"."""

    entry: AuditEntry
    did: str
    about: str


def entries(
    *, who: str = "", request: str = "", first: date | None = None, last: date | None = None, changes: bool = False
) -> QuerySet[AuditEntry]:
    """The entries asked for, newest first. `who` is a part of a name; a `request` that does not exist has none."""
    found = AuditEntry.objects.select_related("by").order_by("-at", "-pk")
    if not changes:
        found = found.filter(action__startswith=READ)
    if who:
        found = found.filter(by__name__icontains=who)
    if first:
        found = found.filter(at__gte=begins(first))
    if last:
        found = found.filter(at__lt=begins(last + timedelta(days=1)))
    return found.filter(_about(request)) if request else found


def _about(reference: str) -> Q:
    """The request itself, and the items of meetings at which it was discussed: they show its words too."""
    one = FundingRequest.objects.filter(reference__iexact=reference).first()
    if one is None:
        return Q(pk=None)
    items = AgendaItem.objects.filter(source_key=one.key).values_list("pk", flat=True)
    of_items = Q(target_type=ITEM, target_id__in=[str(item) for item in items])
    return Q(target_type=REQUEST, target_id=str(one.pk)) | of_items


def lines(found: Iterable[AuditEntry]) -> Iterator[Line]:
    """A page of entries in words. A request is called by its reference, anything else by its kind and number."""
    page = list(found)
    wanted = [int(entry.target_id) for entry in page if entry.target_type == REQUEST]
    references = dict(FundingRequest.objects.filter(pk__in=wanted).values_list("pk", "reference"))
    for entry in page:
        name = references.get(int(entry.target_id)) if entry.target_type == REQUEST else None
        yield Line(entry, _did(entry.action), f"Request {name}" if name else _thing(entry))


def _did(action: str) -> str:
    return action.rpartition(".")[2].replace("_", " ").capitalize()


def _thing(entry: AuditEntry) -> str:
    try:
        kind = str(apps.get_model(entry.target_type)._meta.verbose_name)
    except LookupError:
        kind = entry.target_type
    return f"{kind.capitalize()} {entry.target_id}"
