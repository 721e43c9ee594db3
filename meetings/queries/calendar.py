"""Meetings, starting from a person."""

from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from accounts.models import User
from communities.powers import prepared_for_powers
from communities.queries import held
from meetings.models import Meeting
from meetings.queries import seats


def meetings_for(person: User) -> "QuerySet[Meeting]":
    """Meetings of the bodies in which the person sits, and those to which they are invited or sent as a substitute."""
    return Meeting.objects.filter(
        Q(community_id__in=held(person, "attend_meetings", "communities.community"))
        | Q(area_id__in=held(person, "moderate_area", "communities.area"))
        | Q(pk__in=seats.live_places(person).values("meeting_id"))
    ).select_related("community", "area", "template", "meeting_date")


def on_day(person: User, slug: str, on: date) -> Meeting | None:
    """What stands at /meetings/<slug>/<day>/ for this person: one that was not cancelled, the newest of those."""
    return next(iter(_on_day(person, slug, on)), None)


@prepared_for_powers
def _on_day(person: User, slug: str, on: date) -> "QuerySet[Meeting]":
    cancelled = Case(When(state=Meeting.State.CANCELLED, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = meetings_for(person).filter(Q(community__slug=slug) | Q(area__slug=slug), on=on)
    return found.order_by(cancelled, F("area_id").asc(nulls_first=True), "-pk")[:1]


def upcoming_for(person: User) -> "QuerySet[Meeting]":
    """Not over and not cancelled, the next first."""
    over = [Meeting.State.CLOSED, Meeting.State.CANCELLED]
    return meetings_for(person).exclude(state__in=over).order_by("starts_at")


def past_for(person: User) -> "QuerySet[Meeting]":
    """Closed and cancelled, the newest first."""
    over = [Meeting.State.CLOSED, Meeting.State.CANCELLED]
    return meetings_for(person).filter(state__in=over).order_by("-starts_at")
