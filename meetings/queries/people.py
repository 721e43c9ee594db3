"""The people of a community or a board, as meetings need them."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from communities.models import Appointment, Area, Community, Role
from communities.queries import member_schools, members_of, people_with
from meetings.models import Body, Invitation, MeetingDate

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


def who_runs_on(day: MeetingDate, *, on: date) -> "QuerySet[User]":
    """Whom a date of an area concerns: the chairs of its communities, or the members of its board."""
    if day.kind == Body.BOARD:
        return people_with(Role.BOARD_MEMBER, on=on, area=day.area)
    return people_with(Role.CHAIR, on=on, community__area=day.area)


def may_stand_in(place: Invitation) -> "QuerySet[User]":
    """Colleagues who may be sent instead: heads and SENCOs of the same school, or members of the same board.

    Nobody who has a place of their own at the meeting, and no business manager: a substitute reads what the meeting reads.
    """
    live = Appointment.objects.live_on(place.meeting.on)
    if place.school_id:
        posts = live.filter(school_id=place.school_id, role__in=INVITED_AT_SCHOOLS)
    elif place.meeting.area_id:
        posts = live.filter(area_id=place.meeting.area_id)
    else:
        posts = live.none()
    return (
        User.objects.filter(pk__in=posts.values("person_id"), is_active=True)
        .exclude(pk=place.person_id)
        .order_by("name")
    )
