"""The one caller of guardian. A person's rows are made from their live posts and from nothing else.

The rows are made anew when a post or a membership changed (`forget`) and on the first request of a day on which one
starts or ends (`powers_until`). So nothing waits for a worker, and a page pays one query to know all its powers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser, Permission
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Appointment,
    AreaUserObjectPermission,
    CommunityMembership,
    CommunityUserObjectPermission,
    CountyUserObjectPermission,
    SchoolUserObjectPermission,
    ServiceUserObjectPermission,
)
from communities.models.appointment import Role
from communities.models.dated import DatedQuerySet
from communities.roles import POWERS
from core.prepared import Fixed, prepared

P = ParamSpec("P")
Q = TypeVar("Q", bound="models.QuerySet[Any, Any]")

FAR_AWAY = date(9999, 12, 31)
GRANT_TABLES = {
    "communities.community": CommunityUserObjectPermission,
    "communities.school": SchoolUserObjectPermission,
    "communities.service": ServiceUserObjectPermission,
    "communities.area": AreaUserObjectPermission,
    "communities.county": CountyUserObjectPermission,
}
Grants = dict[tuple[str, int], frozenset[str]]


def holds(person: User | AnonymousUser, power: str, target: models.Model) -> bool:
    """Whether the person has this power here today. Inactive people have none."""
    return power in grants(person).get((target._meta.label_lower, target.pk), frozenset())


def holds_anywhere(person: User | AnonymousUser, power: str) -> bool:
    """Whether the person has this power on anything at all today: for navigation and lists."""
    return any(power in powers for powers in grants(person).values())


def grants(person: User | AnonymousUser) -> Grants:
    """Every power the person holds today, by thing; read once per person object and day."""
    if not isinstance(person, User) or not person.is_active:
        return {}
    today = timezone.localdate()
    kept: tuple[date, Grants] | None = person.__dict__.get("_grants")
    if kept is None or kept[0] != today:
        refresh(person, on=today)
        kept = (today, _read(person))
        person.__dict__["_grants"] = kept
    return kept[1]


class _Holder(NamedTuple):
    """A person with their powers, as a value of a prepared question."""

    person: User
    things: tuple[tuple[int, Fixed], ...]


def prepared_for_powers(question: Callable[Concatenate[User, P], Q]) -> Callable[Concatenate[User, P], Q]:
    """As `core.prepared.prepared`, for a question that begins at a person and asks for their powers. What they hold is put
    in order, so that it is written once for all who hold as many things of each kind with the same powers.
    """

    @prepared
    def of_holder(holder: _Holder, *args: P.args, **kwargs: P.kwargs) -> Q:
        person = User.from_db(None, ["id", "is_active"], [holder.person.pk, True])  # nothing else may be asked of them
        held = {(fixed.what[0], pk): fixed.what[1] for pk, fixed in holder.things}
        person.__dict__["_grants"] = (timezone.localdate(), held)
        return question(person, *args, **kwargs)

    @wraps(question)
    def ask(person: User, /, *args: P.args, **kwargs: P.kwargs) -> Q:
        held = sorted(grants(person).items(), key=lambda thing: (thing[0][0], sorted(thing[1]), thing[0][1]))
        things = tuple((pk, Fixed((label, powers))) for (label, pk), powers in held)
        return of_holder(_Holder(person, things), *args, **kwargs)

    return ask


def forget(people: Iterable[int]) -> None:
    """These people's posts or their schools' memberships changed: make their rows anew on their next request."""
    User.objects.filter(pk__in=list(people)).update(powers_until=None)


def forget_school(school_id: int) -> None:
    """A membership of this school changed: everybody with a post there is looked at again."""
    forget(Appointment.objects.filter(school_id=school_id).values_list("person_id", flat=True))


def refresh(person: User, *, on: date) -> None:
    """Make the person's guardian rows exactly those of their posts live on that day; no leftovers."""
    if person.powers_until is None or on >= person.powers_until:
        person.powers_until = _remake(person, on)


@transaction.atomic
def _remake(person: User, on: date) -> date:
    until = User.objects.select_for_update(no_key=True).values_list("powers_until", flat=True).get(pk=person.pk)
    if until is not None and on < until:
        return until  # another request of the same person was quicker
    wanted, held = _wanted(person, on), _read(person)
    _give(person, _less(wanted, held))
    _take(person, _less(held, wanted))
    until = _next_change(person, on)
    User.objects.filter(pk=person.pk).update(powers_until=until)
    return until


def _less(these: Grants, those: Grants) -> Grants:
    """What is in these and not in those."""
    left = {key: powers - those.get(key, frozenset()) for key, powers in these.items()}
    return {key: powers for key, powers in left.items() if powers}


def _give(person: User, missing: Grants) -> None:
    if not missing:
        return
    ours = Permission.objects.filter(content_type__app_label="communities").select_related("content_type")
    known = {(f"communities.{power.content_type.model}", power.codename): power for power in ours}
    for label, table in GRANT_TABLES.items():
        table.objects.bulk_create(
            table.objects.model(user=person, content_object_id=pk, permission=known[(label, power)])
            for (where, pk), powers in missing.items()
            if where == label
            for power in powers
        )


def _take(person: User, surplus: Grants) -> None:
    for (label, pk), powers in surplus.items():
        GRANT_TABLES[label].objects.filter(user=person, content_object_id=pk, permission__codename__in=powers).delete()


def _wanted(person: User, on: date) -> Grants:
    wanted: dict[tuple[str, int], set[str]] = defaultdict(set)
    schools: dict[int, set[str]] = defaultdict(set)
    for post in Appointment.objects.live_on(on).filter(person=person):
        scope = post.scope
        wanted[(scope._meta.label_lower, scope.pk)] |= POWERS[Role(post.role)].own
        if post.school_id:
            schools[post.school_id] |= POWERS[Role(post.role)].communities
    for membership in _memberships(schools).live_on(on):
        wanted[("communities.community", membership.community_id)] |= schools[membership.school_id]
    return {key: frozenset(powers) for key, powers in wanted.items() if powers}


def _memberships(school_ids: Iterable[int]) -> DatedQuerySet[CommunityMembership]:
    kinds = [CommunityMembership.Kind.FULL, CommunityMembership.Kind.ASSOCIATE]
    return CommunityMembership.objects.filter(school_id__in=list(school_ids), kind__in=kinds)


def _read(person: User) -> Grants:
    """One query over guardian's five tables."""
    parts = [
        table.objects.filter(user=person)
        .annotate(thing=models.Value(label, output_field=models.CharField()))
        .values_list("thing", "content_object_id", "permission__codename")
        for label, table in GRANT_TABLES.items()
    ]
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for label, pk, codename in parts[0].union(*parts[1:], all=True):
        found[(label, pk)].add(codename)
    return {key: frozenset(powers) for key, powers in found.items()}


def _next_change(person: User, on: date) -> date:
    """The first day after `on` on which one of the person's posts, or a membership of their schools, starts or ends."""
    posts = Appointment.objects.filter(person=person)
    memberships = _memberships(posts.exclude(school=None).values_list("school_id", flat=True))
    days = []
    for rows in (posts, memberships):
        for starts_on, ends_on in rows.values_list("starts_on", "ends_on"):
            days += [starts_on, (ends_on + timedelta(days=1)) if ends_on else FAR_AWAY]
    return min((day for day in days if day > on), default=FAR_AWAY)
