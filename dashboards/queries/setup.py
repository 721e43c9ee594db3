"""The set-up list of the county: what is missing before communities can work."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from communities.models import Appointment, Area, Community, CommunityMembership, PrinciplesVersion, Role
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
    there = counts(
        communities=Community.objects.filter(closed_on=None),
        principles=PrinciplesVersion.objects.filter(starts_on__lte=on).exclude(published_at=None),
        templates=AgendaTemplate.objects.filter(state="published", body="community"),
    )
    found = [
        None if there["communities"] else LOAD,
        _chairs(on),
        _sencos(on),
        None if there["principles"] else PRINCIPLES,
        None if there["templates"] else TEMPLATE,
        _dates(on),
        _budgets(on),
    ]
    return [gap for gap in found if gap]


def _chairs(on: date) -> Gap | None:
    chairs = Appointment.objects.live_on(on).filter(role=Role.CHAIR, community=OuterRef("pk"))
    without = Community.objects.filter(~Exists(chairs), closed_on=None)
    names = list(without.values_list("name", flat=True)[:4])
    if not names:
        return None
    return Gap("Appoint chairs", "/county/communities/", f"No chair: {_some(names)}")


def _sencos(on: date) -> Gap | None:
    sencos = Appointment.objects.live_on(on).filter(role=Role.SENCO, school__isnull=False)
    members = CommunityMembership.objects.live_on(on).exclude(school__in=sencos.values("school")).filter(kind="full")
    names = list(members.order_by("school__name").values_list("school__name", flat=True)[:4])
    if not names:
        return None
    return Gap("Invite SENCOs", "/county/people/invite/senco/", f"No SENCO: {_some(names)}")


def _dates(on: date) -> Gap | None:
    ahead = MeetingDate.objects.filter(area=OuterRef("pk"), on__gte=on, withdrawn_at=None)
    names = list(
        Area.objects.filter(~Exists(ahead), communities__isnull=False).distinct().values_list("name", flat=True)[:4]
    )
    if not names:
        return None
    return Gap("Set meeting dates", "/county/dates/", f"No date ahead: {_some(names)}")


def _budgets(on: date) -> Gap | None:
    periods = FundingPeriod.objects.filter(starts_on__lte=on, ends_on__gte=on, state="open")
    budgets = Budget.objects.filter(community=OuterRef("pk"), period__in=periods)
    without = Community.objects.filter(~Exists(budgets), closed_on=None).annotate(has_period=Exists(periods))
    rows = list(without.values_list("name", "has_period")[:4])
    if not rows:
        return None
    if not rows[0][1]:
        return Gap("Open a funding period", "/county/periods/", "No period is open today")
    return Gap("Give communities their budgets", "/county/periods/", f"No budget: {_some([name for name, _ in rows])}")


def _some(names: list[str]) -> str:
    """Up to three names, and that there are more."""
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
