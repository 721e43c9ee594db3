"""The people of a community or a board, as meetings need them."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from communities.models import Appointment, Area, Community, Role
from communities.queries import member_schools, members_of, people_with

INVITED_AT_SCHOOLS = (Role.HEADTEACHER, Role.SENCO)


def who_runs(body: Community | Area, *, on: date) -> "QuerySet[User]":
    """The chair (and whoever stands in) of a community; the members of an area's board."""
    if isinstance(body, Community):
        return people_with(Role.CHAIR, on=on, community=body)
    return people_with(Role.BOARD_MEMBER, on=on, area=body)


def who_may_own(body: Community | Area, *, on: date) -> "QuerySet[User]":
    """People who may be given an action: members and the chair of a community; members of a board."""
    return members_of(body, on=on) if isinstance(body, Community) else who_runs(body, on=on)


def posts_invited(body: Community | Area, *, on: date) -> "QuerySet[Appointment]":
    """The posts that give a place at a meeting on that day: chair, heads and SENCOs of member schools, or the board.

    Business managers have none: they never read what is said about pupils (design §1).
    """
    live = Appointment.objects.live_on(on).filter(person__is_active=True).select_related("person", "school")
    if isinstance(body, Area):
        return live.filter(role=Role.BOARD_MEMBER, area=body)
    at_schools = live.filter(role__in=INVITED_AT_SCHOOLS, school__in=member_schools(body, on=on).values("pk"))
    return at_schools | live.filter(role=Role.CHAIR, community=body)


def professionals(*, on: date) -> "QuerySet[User]":
    """People of the Professional Resource Group who may be invited to one item."""
    return people_with(Role.PROFESSIONAL, on=on).order_by("name")
