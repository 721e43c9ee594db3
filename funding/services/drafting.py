"""Write a request: start it, fill its pages, copy an old one."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from django.db import transaction

from accounts.models import User
from communities.models import School
from core.verdicts import require
from funding.models import CostLine, FundingRequest, IntendedOutcome, PartnerSchool, RequestPupil
from funding.models.request import FundingRequest as Request
from funding.permissions import requests as permissions
from funding.queries import scope
from funding.services import life, sections
from provision.services import support

Kind = Request.Kind


class Cost(TypedDict, total=False):
    """A line: `what` and either `one_sum` or all four of rate, hours, weeks and people."""

    what: str
    one_sum: Decimal | None
    rate: Decimal | None
    hours: Decimal | None
    weeks: int | None
    people: int | None


class Outcome(TypedDict):
    """What will be different, how we shall know, and by when."""

    different: str
    known_by: str
    by_when: date


@transaction.atomic
def start(*, school_id: int, kind: str, by: User, now: datetime, copied_from: Request | None = None) -> Request:
    """Begin a draft for a school. Raises Refused."""
    school = School.objects.get(pk=school_id)
    require(permissions.may_start(by, school))
    request = Request.objects.create(
        school=school, kind=kind, drafted_at=now, drafted_by=by, changed_at=now, copied_from=copied_from
    )
    request.state = ""  # nothing came before
    life.turn(request, "start", by=by, now=now)
    return request


@transaction.atomic
def set_kind(*, request_id: int, kind: str, by: User, now: datetime) -> Request:
    """Make a draft another kind: a discussion becomes a request without retyping. What does not belong to the new kind is
    taken away: pupils of a project, costs and outcomes of a discussion. Raises Refused.
    """
    request = life.locked(request_id)
    sections.opened(request, "kind", seen=None, by=by, now=now)
    request.kind = kind
    request.save(update_fields=["kind"])
    if not request.wants_pupils:
        request.pupils.all().delete()
    if not request.wants_money:
        request.costs.all().delete()
        request.outcomes.all().delete()
    return request


@transaction.atomic
def save_need(
    *,
    request_id: int,
    title: str,
    need: str,
    context: str = "",
    partner_ids: Iterable[int] = (),
    by: User,
    now: datetime,
    seen: sections.Seen | None = None,
) -> int:
    """The first page. Returns its new version. Raises Refused or sections.Stale."""
    request = life.locked(request_id)
    section = sections.opened(request, "need", seen=seen, by=by, now=now)
    request.title, request.need, request.context = title, need, context
    request.save(update_fields=["title", "need", "context"])
    wanted = set(partner_ids) - {request.school_id}
    request.partner_links.exclude(school_id__in=wanted).delete()
    there = set(request.partner_links.values_list("school_id", flat=True))
    PartnerSchool.objects.bulk_create(PartnerSchool(request=request, school_id=pk) for pk in sorted(wanted - there))
    RequestPupil.objects.filter(request=request).exclude(attends_id__in=wanted).update(attends=request.school)
    return section.version


@transaction.atomic
def save_ask(
    *,
    request_id: int,
    ask: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    costs: Iterable[Cost] = (),
    by: User,
    now: datetime,
    seen: sections.Seen | None = None,
) -> int:
    """What is asked for and what it costs; all lines at once. Returns the page's new version. Raises Refused or Stale."""
    request = life.locked(request_id)
    section = sections.opened(request, "ask", seen=seen, by=by, now=now)
    request.ask, request.starts_on, request.ends_on = ask, starts_on, ends_on
    request.save(update_fields=["ask", "starts_on", "ends_on"])
    request.costs.all().delete()
    CostLine.objects.bulk_create(
        CostLine(request=request, position=position, **line) for position, line in enumerate(costs, start=1)
    )
    return section.version


@transaction.atomic
def save_outcomes(
    *, request_id: int, outcomes: Iterable[Outcome], by: User, now: datetime, seen: sections.Seen | None = None
) -> int:
    """What will be different; all lines at once. Returns the page's new version. Raises Refused or Stale."""
    request = life.locked(request_id)
    section = sections.opened(request, "outcomes", seen=seen, by=by, now=now)
    request.outcomes.all().delete()
    IntendedOutcome.objects.bulk_create(
        IntendedOutcome(request=request, position=position, **line) for position, line in enumerate(outcomes, start=1)
    )
    return section.version


@transaction.atomic
def copy(*, request_id: int, kind: str, by: User, now: datetime) -> Request:
    """A new draft from the words of an old request: a renewal, or a discussion that becomes a request. Raises Refused.

    Pupils keep their keys; agreement to share has to be asked again, documents are not taken over.
    """
    old = FundingRequest.objects.select_related("school").get(pk=request_id)
    require(permissions.may_copy(by, old))
    new = start(school_id=old.school_id, kind=kind, by=by, now=now, copied_from=old)
    new.title, new.need, new.ask, new.context = old.title, old.need, old.ask, old.context
    new.nothing_tried, new.not_pupils = old.nothing_tried, old.not_pupils
    new.save(update_fields=["title", "need", "ask", "context", "nothing_tried", "not_pupils"])
    PartnerSchool.objects.bulk_create(PartnerSchool(request=new, school_id=pk) for pk in scope.partner_ids(old))
    if new.wants_pupils:
        _again(old.pupils.all(), new)
    if new.wants_money:
        _again(old.costs.all(), new)
        _again(old.outcomes.all(), new)
    support.copy_all(reference=old.reference, to_reference=new.reference, by=by, now=now)
    return new


def _again(rows: Iterable[RequestPupil | CostLine | IntendedOutcome], request: Request) -> None:
    for row in rows:
        row.pk, row.request = None, request
        row.save(force_insert=True)
