"""The home of a professional of the Professional Resource Group."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment
from dashboards.homes.parts import Home, Stat, invited, own_actions, unanswered
from provision.models import SupportEntry


def home(person: User, post: Appointment, now: datetime) -> Home:
    """Invitations, actions, and what schools say the service did."""
    today = timezone.localdate(now)
    entries = SupportEntry.objects.filter(service=post.service)
    counts = entries.aggregate(
        times=Count("pk"),
        schools=Count("school", distinct=True),
        without=Count("pk", filter=Q(outcome="not_available")),
    )
    stats = [
        Stat(counts["times"], "Times schools recorded help from your service"),
        Stat(counts["schools"], "Schools that recorded it"),
        Stat(counts["without"], "Times schools asked and it was not available"),
    ]
    return Home(
        needs=[*unanswered(person, now), *own_actions(person, today)], coming_up=invited(person, now), stats=stats
    )
