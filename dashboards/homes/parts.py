"""The parts of a home page, and those every home shares."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from communities.models import Area, Community
from core.formats import pounds
from core.prepared import prepared
from funding.models import Budget
from meetings.models import Action, Invitation, Meeting

SOON = 14


@dataclass(frozen=True, slots=True)
class Need:
    """A line of "What needs you": verb and object, where to do it, by when, and why it is mine."""

    text: str
    href: str
    why: str = ""
    by: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure that matters to the role; `money` figures are written in pounds and pence."""

    value: object
    label: str
    note: str = ""
    href: str = ""
    money: bool = False


@dataclass(slots=True)
class Home:
    """Needs in the order of their dates, the next meetings (None for posts without meetings), three figures."""

    needs: list[Need] = field(default_factory=list)
    coming_up: list[Meeting] | None = None
    stats: list[Stat] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.needs.sort(key=lambda need: (need.by or date.max, need.text))


def upcoming(now: datetime, **body: Community | Area) -> list[Meeting]:
    """The next three meetings of a `community` or of the board of an `area` that members may know of."""
    meetings = Meeting.objects.filter(ends_at__gte=now, **body).exclude(state__in=["cancelled", "draft"])
    return list(meetings.select_related("community", "area").order_by("starts_at")[:3])


def invited(person: User, now: datetime) -> list[Meeting]:
    """The next three meetings the person is invited to, for those who belong to no community."""
    mine = Invitation.objects.filter(person=person, withdrawn_at=None).values("meeting_id")
    meetings = Meeting.objects.filter(pk__in=mine, ends_at__gte=now).exclude(state__in=["cancelled", "draft"])
    return list(meetings.select_related("community", "area").order_by("starts_at")[:3])


@prepared
def open_actions(person: User) -> "QuerySet[Action]":
    """The first ten open actions the person owns."""
    actions = Action.objects.filter(owner=person, state=Action.State.OPEN).select_related("community")
    return actions.order_by("due_on")[:10]


def own_actions(person: User, today: date) -> list[Need]:
    """A line for each of the first ten open actions the person owns."""
    return to_finish(open_actions(person), today)


def to_finish(actions: Iterable[Action], today: date) -> list[Need]:
    """A line for each of these actions."""
    return [
        Need(
            text=f"Finish the action “{action.title}”",
            href=f"/actions/{action.pk}/",
            why=f"You own it in {action.community.name}" if action.community else "You own it",
            by=action.due_on,
            late=action.due_on < today,
        )
        for action in actions
    ]


def unanswered(person: User, now: datetime) -> list[Need]:
    """Invitations to meetings ahead without an answer."""
    waiting = Q(answer="waiting", withdrawn_at=None, meeting__starts_at__gte=now, meeting__state="published")
    invitations = Invitation.objects.filter(waiting, person=person).select_related(
        "meeting__community", "meeting__area"
    )
    found = {one.meeting_id: one.meeting for one in invitations}
    return [
        Need(
            text=f"Say whether you come to {meeting.body.name} on {meeting.on:%-d %B}",
            href=meeting.get_absolute_url(),
            why="You are invited",
            by=meeting.on,
        )
        for meeting in found.values()
    ]


def uncommitted(community: Community, current: Iterable[Budget]) -> list[Stat]:
    """What the community may still award from its current budget, a list of one or none; nothing when it has none."""
    budget = next(iter(current), None)
    if budget is None:
        return []
    href = reverse("funding:budget", args=[community.slug, budget.period.slug])
    note = f"of {pounds(budget.grant)} in {budget.period.name}"
    return [Stat(budget.free, f"Uncommitted in {community.name}", note, href, money=True)]
