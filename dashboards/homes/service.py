"""The home of a professional of the Professional Resource Group."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from communities.models import Appointment
from dashboards.homes.parts import Home, Stat, own_actions, unanswered
from provision.models import SupportEntry


def home(person: User, post: Appointment, now: datetime) -> Home:
    """Invitations, actions, and what schools say the service did."""
    today = timezone.localdate(now)
    entries = SupportEntry.objects.filter(service=post.service)
    stats = [
        Stat(entries.count(), "Times schools recorded help from your service"),
        Stat(entries.filter(outcome="not_available").count(), "Times schools asked and it was not available"),
    ]
    return Home(needs=[*unanswered(person, now), *own_actions(person, today)], stats=stats)
