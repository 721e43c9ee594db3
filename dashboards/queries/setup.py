"""The set-up list of the county: what is missing before communities can work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from communities.models import Appointment, Area, Community, CommunityMembership, PrinciplesVersion, Role
from core.once import once_a_page
from dashboards.queries.counts import counts
from funding.models import Budget, FundingPeriod
from meetings.models import AgendaTemplate, MeetingDate


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: what to do, where, and why it matters."""

    text: str
    href: str
    why: str


LOAD = Gap("Load communities and their schools", "/county/imports/", "There are none yet")
PRINCIPLES = Gap("Publish the Community Principles", "/county/principles/", "Decisions are taken under them")
TEMPLATE = Gap("Publish an agenda template", "/county/templates/", "Meetings are planned from it")


def gaps(*, on: date) -> list[Gap]:
    """Everything missing today, the first steps first."""
    there = registers(on)
    found = [
        None if there["communities"] else LOAD,
        _chairs(on) if there["chaired"] < there["communities"] else None,
        _sencos(on),
        None if there["principles"] else PRINCIPLES,
        None if there["templates"] else TEMPLATE,
        _dates(on),
        _budgets(on),
    ]
    return [gap for gap in found if gap]


@once_a_page
def registers(on: date) -> dict[str, int]:
    """How much is there on a day: open communities and those with a chair, Principles in force and published agenda
    templates.
    """
    communities = Community.objects.filter(closed_on=None)
    return counts(
        communities=communities,
        chaired=communities.filter(Exists(_chairs_on(on))),
        principles=PrinciplesVersion.objects.filter(starts_on__lte=on).exclude(published_at=None),
        templates=AgendaTemplate.objects.filter(state="published", body="community"),
    )


def placed(on: date) -> "QuerySet[CommunityMembership]":
    """Full memberships on a day: a school has one at most."""
    return CommunityMembership.objects.live_on(on).filter(kind="full")


def _chairs_on(on: date) -> "QuerySet[Appointment]":
    return Appointment.objects.live_on(on).filter(role=Role.CHAIR, community=OuterRef("pk"))


def _chairs(on: date) -> Gap:
    without = Community.objects.filter(~Exists(_chairs_on(on)), closed_on=None)
    return Gap("Appoint chairs", "/county/communities/", f"No chair: {_some(without.values_list('name', flat=True))}")


def _sencos(on: date) -> Gap | None:
    sencos = Appointment.objects.live_on(on).filter(role=Role.SENCO, school=OuterRef("school"))
    without = placed(on).filter(~Exists(sencos)).order_by().exclude(school__status="closed")
    names = _some(without.values_list("school__name", flat=True))
    return Gap("Invite SENCOs", "/county/people/invite/senco/", f"No SENCO: {names}") if names else None


def _dates(on: date) -> Gap | None:
    ahead = MeetingDate.objects.filter(area=OuterRef("pk"), on__gte=on, withdrawn_at=None)
    without = Area.objects.filter(~Exists(ahead), communities__isnull=False).distinct()
    names = _some(without.values_list("name", flat=True))
    return Gap("Set meeting dates", "/county/dates/", f"No date ahead: {names}") if names else None


def _budgets(on: date) -> Gap | None:
    periods = FundingPeriod.objects.filter(starts_on__lte=on, ends_on__gte=on, state="open")
    given = Budget.objects.filter(period__in=periods).values("community")
    without = Community.objects.filter(closed_on=None).exclude(pk__in=given).annotate(has_period=Exists(periods))
    has_period = without.values_list("has_period", flat=True).first()
    if has_period is None:
        return None
    if not has_period:
        return Gap("Open a funding period", "/county/periods/", "No period is open today")
    names = _some(without.values_list("name", flat=True))
    return Gap("Give communities their budgets", "/county/periods/", f"No budget: {names}")


def _some(found: "QuerySet[Any, str]") -> str:
    """Up to three names, and that there are more."""
    names = sorted(found[:4])
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
