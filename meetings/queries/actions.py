"""Actions: mine, my community's, the board's."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from communities.models import Area, Community
from communities.queries import held
from meetings.models import Action, ActionReminder, Meeting
from meetings.queries import recusals

State = Action.State


def visible_to(person: User) -> "QuerySet[Action]":
    """Their own; those of communities they attend; those of the boards they sit on, and what communities report to these."""
    boards = held(person, "moderate_area", "communities.area")
    rows = Action.objects.filter(
        Q(owner=person)
        | Q(community_id__in=held(person, "attend_meetings", "communities.community"))
        | Q(area_id__in=boards)
        | Q(community__area_id__in=boards, report_to_board=True)
    )
    return open_to(person, rows).select_related("community", "area", "owner", "owner_school")


def open_to(person: User, rows: "QuerySet[Action]") -> "QuerySet[Action]":
    """Without those agreed at items closed to the person, unless they are to do them."""
    return rows.filter(Q(owner=person) | ~Q(item__in=recusals.closed_items(person)) | Q(item=None))


def action_for(person: User, pk: int) -> Action | None:
    """One action the person may see, or None."""
    rows = visible_to(person).select_related(
        "meeting__community", "meeting__area", "item__meeting", "done_by", "confirmed_by", "dropped_by", "created_by"
    )
    return rows.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for: `whose` is "mine", a slug or empty; `state` one of STATES."""

    whose: str = ""
    state: str = "open"


STATES = (("open", "Open"), ("late", "Late"), ("done", "To confirm"), ("finished", "Finished"), ("all", "All"))


def chosen_from(person: User, chosen: Chosen, *, on: date) -> "QuerySet[Action]":
    """The actions the address asks for, the most urgent first."""
    rows = visible_to(person)
    if chosen.whose == "mine":
        rows = rows.filter(owner=person)
    elif chosen.whose == "board":
        rows = rows.filter(report_to_board=True)
    elif chosen.whose:
        rows = rows.filter(Q(community__slug=chosen.whose) | Q(area__slug=chosen.whose))
    return _in_state(rows, chosen.state, on).order_by("due_on", "pk")


def _in_state(rows: "QuerySet[Action]", state: str, on: date) -> "QuerySet[Action]":
    if state == "late":
        return rows.filter(state=State.OPEN, due_on__lt=on)
    if state == "done":
        return rows.filter(state=State.DONE)
    if state == "finished":
        return rows.filter(state__in=[State.CONFIRMED, State.DROPPED])
    return rows if state == "all" else rows.filter(state=State.OPEN)


def reminders_of(action: Action) -> "QuerySet[ActionReminder]":
    """The follow-ups that were sent, the latest first."""
    return action.reminders.order_by("-sent_at")


def bodies_seen(person: User) -> list[Community | Area]:
    """The communities and boards whose actions the person sees, for the filter."""
    communities = Community.objects.filter(pk__in=held(person, "attend_meetings", "communities.community"))
    boards = Area.objects.filter(pk__in=held(person, "moderate_area", "communities.area"))
    return [*communities, *boards]


def counts_before(meeting: Meeting) -> tuple[int, int, int]:
    """How many actions of the body are open and due by the meeting, how many of those are late on its day, and how many wait
    to be confirmed. One query.
    """
    mine = Action.objects.filter(community=meeting.community_id, area=meeting.area_id)
    found = mine.aggregate(
        due=Count("pk", filter=Q(state=State.OPEN, due_on__lte=meeting.on)),
        late=Count("pk", filter=Q(state=State.OPEN, due_on__lt=meeting.on)),
        done=Count("pk", filter=Q(state=State.DONE)),
    )
    return found["due"], found["late"], found["done"]


def to_follow_up(*, on: date) -> "QuerySet[Action]":
    """Open actions for which a step of the follow-up may have come: due within a week, today or earlier."""
    return Action.objects.filter(state=State.OPEN, due_on__lte=on + timedelta(days=7)).order_by("due_on", "pk")
