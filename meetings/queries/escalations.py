"""What communities send up to their board."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from communities.models import Area
from communities.queries import held
from meetings.models import Escalation
from meetings.queries import recusals

KEY = "meetings.escalation:"
OPEN_FIRST = Case(When(state=Escalation.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


def for_boards(person: User) -> "QuerySet[Escalation]":
    """Sent to the boards on which the person sits; what waits for an answer first, then the newest."""
    boards = held(person, "moderate_area", "communities.area")
    return visible_to(person).filter(area_id__in=boards).order_by(OPEN_FIRST, "-raised_at")


def sent_up_by(person: User) -> "QuerySet[Escalation]":
    """What the communities whose meetings the person runs have sent up; the newest first."""
    communities = held(person, "run_meetings", "communities.community")
    return visible_to(person).filter(community_id__in=communities).order_by("-raised_at")


def waiting_in(person: User, area: Area) -> "QuerySet[Escalation]":
    """What the area's communities sent up and nobody has answered, the oldest first; without what is closed to the person."""
    rows = Escalation.objects.filter(area=area, state=Escalation.State.OPEN)
    return open_to(person, rows).select_related("community").order_by("raised_at")


def visible_to(person: User) -> "QuerySet[Escalation]":
    """The board it was sent to, and whoever runs the meetings of the community that sent it. Nobody recused from its item."""
    rows = Escalation.objects.filter(
        Q(area_id__in=held(person, "moderate_area", "communities.area"))
        | Q(community_id__in=held(person, "run_meetings", "communities.community"))
    )
    return open_to(person, rows).select_related(
        "community", "area", "raised_by", "answered_by", "bulletin", "item__meeting__community"
    )


def open_to(person: User, rows: "QuerySet[Escalation]") -> "QuerySet[Escalation]":
    """Without what was sent up from items closed to the person."""
    return rows.filter(Q(item=None) | ~Q(item__in=recusals.closed_items(person)))
