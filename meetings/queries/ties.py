"""Who is tied to a school: posts there, and posts at schools of the same trust, on the days that count."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, School, SchoolTrust
from meetings.models import Interest, ItemSchool, Meeting

OWN, TRUST = str(Interest.Kind.OWN_SCHOOL), str(Interest.Kind.SAME_TRUST)
Ties = set[tuple[int, str]]  # person, kind of interest


def days_that_count(meeting: Meeting) -> list[date]:
    """A post counts when it was held on the day of the meeting, and when it is held today."""
    return [meeting.on, timezone.localdate()]


def tied_to(schools: set[int], days: list[date]) -> dict[int, Ties]:
    """For each school, who has an interest in what is about it; two queries however many schools."""
    if not schools:
        return {}
    near = _schools_of_same_trust(schools, days)
    there: dict[int, set[int]] = defaultdict(set)
    for school, person in (
        _posts(days).filter(school_id__in=set().union(*near.values())).values_list("school", "person")
    ):
        there[school].add(person)
    return {
        school: {(person, OWN) for person in there[school]}
        | {(person, TRUST) for other in near[school] for person in there[other] - there[school]}
        for school in schools
    }


def near(person: User, days: list[date]) -> "QuerySet[School]":
    """The person's schools and those of the same trusts, each with `own`."""
    mine = _posts(days).filter(person=person, school__isnull=False)
    trusts = _links(days).filter(school_id__in=mine.values("school_id")).values("trust_id")
    kin = _links(days).filter(trust_id__in=trusts).values("school_id")
    either = Q(pk__in=mine.values("school_id")) | Q(pk__in=kin)
    return School.objects.filter(either).annotate(own=is_own(person, days, "pk"))


def subjects_near(person: User) -> "QuerySet[ItemSchool]":
    """Every item of any meeting with a school near the person on the days that count for its meeting; each with `kind`."""
    kin_links = "school__trust_links__trust__school_links"
    own = ItemSchool.objects.filter(_holds_a_post(person, "school"))
    kin = ItemSchool.objects.filter(
        _on_its_days("school__trust_links"), _on_its_days(kin_links), _holds_a_post(person, f"{kin_links}__school")
    )
    mine, theirs = Q(pk__in=own.values("pk")), Q(pk__in=kin.values("pk"))
    return ItemSchool.objects.filter(mine | theirs).annotate(
        kind=Case(When(mine, then=Value(OWN)), default=Value(TRUST))
    )


def _holds_a_post(person: User, school: str) -> Q:
    return Q(**{f"{school}__appointments__person": person}) & _on_its_days(f"{school}__appointments")


def _on_its_days(period: str) -> Q:
    """The period behind this name holds on the day of the item's meeting, or today."""
    out = Q()
    for day in (F("item__meeting__on"), timezone.localdate()):
        out |= Q(**{f"{period}__starts_on__lte": day}) & (
            Q(**{f"{period}__ends_on": None}) | Q(**{f"{period}__ends_on__gte": day})
        )
    return out


def is_own(person: User, days: list[date], column: str) -> Exists:
    """Whether the person holds a post at the school in this column."""
    return Exists(_posts(days).filter(person=person, school_id=OuterRef(column)))


def _schools_of_same_trust(schools: set[int], days: list[date]) -> dict[int, set[int]]:
    trusts = _links(days).filter(school_id__in=schools).values("trust_id")
    members: dict[int, set[int]] = defaultdict(set)
    for trust, school in _links(days).filter(trust_id__in=trusts).values_list("trust_id", "school_id"):
        members[trust].add(school)
    kin = {school: set().union(*(group for group in members.values() if school in group)) for school in schools}
    return {school: others | {school} for school, others in kin.items()}


def _posts(days: list[date]) -> "QuerySet[Appointment]":
    return Appointment.objects.filter(_live(days))


def _links(days: list[date]) -> "QuerySet[SchoolTrust]":
    return SchoolTrust.objects.filter(_live(days))


def _live(days: list[date]) -> Q:
    out = Q()
    for day in set(days):
        out |= Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return out
