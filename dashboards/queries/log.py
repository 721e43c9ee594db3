"""The log of who read and changed what, as the data protection officer asks it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet

from accounts.models import User
from core.days import begins
from core.models import AuditEntry
from dashboards.acts import words
from funding.models import FundingRequest
from meetings.models import AgendaItem

REQUEST, ITEM, PERSON = (model._meta.label_lower for model in (FundingRequest, AgendaItem, User))
READ = "read."


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: "Signed a request off", "Request CoS-2041"."""

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
    """A page of entries in words. A request is called by its reference, a person by their name, anything else by its kind
    and number.
    """
    page = list(found)
    requests = FundingRequest.objects.filter(pk__in=_numbers(page, REQUEST)).values_list("pk", "reference")
    people = User.objects.filter(pk__in=_numbers(page, PERSON)).values_list("pk", "name")
    names = {(REQUEST, str(pk)): f"Request {reference}" for pk, reference in requests}
    names |= {(PERSON, str(pk)): name for pk, name in people}
    for entry in page:
        yield Line(entry, words(entry.action), names.get((entry.target_type, entry.target_id)) or _thing(entry))


def _numbers(page: Iterable[AuditEntry], kind: str) -> list[int]:
    return [int(entry.target_id) for entry in page if entry.target_type == kind]


def _thing(entry: AuditEntry) -> str:
    try:
        kind = str(apps.get_model(entry.target_type)._meta.verbose_name)
    except LookupError:
        kind = entry.target_type
    return f"{kind.capitalize()} {entry.target_id}"
