"""Whom one may try in the demonstration."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from communities.models import Appointment, Role
from communities.queries.scope import SCOPES


def posts_by_role(words: str, *, on: date, most: int) -> list[tuple[str, list[Appointment]]]:
    """Up to `most` live posts of each role, in the order of the roles, whose holder's name or place holds the words."""
    posts = Appointment.objects.live_on(on).filter(person__is_active=True).select_related("person", *SCOPES)
    if words:
        places = [Q(**{f"{scope}__name__icontains": words}) for scope in SCOPES]
        posts = posts.filter(reduce(or_, places, Q(person__name__icontains=words)))
    groups = ((Role(role).label, list(posts.filter(role=role).order_by("person__name")[:most])) for role in Role)
    return [(label, found) for label, found in groups if found]
