"""What communities send up to their board."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from communities.queries import held
from meetings.models import Escalation

OPEN_FIRST = Case(When(state=Escalation.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


def for_boards(person: User) -> "QuerySet[Escalation]":
    """Sent to the boards on which the person sits; what waits for an answer first, then the newest."""
    boards = held(person, "moderate_area", "communities.area")
    rows = Escalation.objects.filter(area_id__in=boards).select_related("community", "area", "raised_by")
    return rows.order_by(OPEN_FIRST, "-raised_at")


def sent_up_by(person: User) -> "QuerySet[Escalation]":
    """What the communities whose meetings the person runs have sent up; the newest first."""
    communities = held(person, "run_meetings", "communities.community")
    rows = Escalation.objects.filter(community_id__in=communities).select_related("community")
    return rows.order_by("-raised_at")


def visible_to(person: User) -> "QuerySet[Escalation]":
    """The board it was sent to, and whoever runs the meetings of the community that sent it."""
    return Escalation.objects.filter(
        Q(area_id__in=held(person, "moderate_area", "communities.area"))
        | Q(community_id__in=held(person, "run_meetings", "communities.community"))
    ).select_related("community", "area", "raised_by", "answered_by", "bulletin", "item__meeting__community")
