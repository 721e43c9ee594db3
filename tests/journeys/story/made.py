"""The county as the later chapters find it, made through services: what the first half of the story brings about by hand."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from communities.models import Appointment, Role
from funding.services import budgets, periods
from meetings.services import actions, bulletins, dates, templates
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, DEACTIVATED, HALF_WAY, HEAD, OFFICER, SENCO, cast
from tests.factories.communities import AppointmentFactory, CommunityMembershipFactory, SchoolFactory
from tests.funding.made import submitted
from tests.journeys.story.stage import Stage
from tests.world import World, build_world

PEOPLE = {
    "administrator": ADMIN, "chair": CHAIR, "senco": SENCO, "head": HEAD, "colleague": COLLEAGUE, "officer": OFFICER,
    "board": BOARD,
}  # fmt: skip
FIRST, SECOND, THIRD = date(2027, 2, 2), date(2027, 3, 9), date(2027, 5, 11)


def moment(day: date, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of a day in London."""
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def made(stage: Stage) -> None:
    """North with three schools, its agenda, dates and budget; a request in time, an action and a bulletin that are open."""
    world = build_world()
    actors = cast(world)
    Appointment.objects.filter(person__in=[actors[HALF_WAY].user, actors[DEACTIVATED].user]).delete()
    stage.people = {name: actors[actor].user for name, actor in PEOPLE.items()}
    _third_school(stage, world)
    _meetings(stage, world)
    _money(stage, world)
    stage.facts["request"] = submitted(world, actors, costs="3200.00").reference
    _open_matters(stage, world)
    stage.facts |= {"community": world.north, "area": world.weald, "first": FIRST, "second": SECOND, "third": THIRD}


def _third_school(stage: Stage, world: World) -> None:
    """With a SENCO; and Oakfield has a head, who will have an interest to declare."""
    mill = SchoolFactory(name="Mill Lane Primary", slug="mill-lane-primary", urn=900105, district=world.district)
    CommunityMembershipFactory(community=world.north, school=mill)
    third = AppointmentFactory(
        role=Role.SENCO, school=mill, person__name="Priya Mill", person__email="priya@example.org"
    )
    post = AppointmentFactory(
        role=Role.HEADTEACHER, school=world.oakfield, person__name="Owen Oak", person__email="owen@example.org"
    )
    stage.facts |= {"declares": post.person.name, "walks_in": [third.person.name, post.person.name]}


def _call(stage: Stage, who: str) -> dict[str, Any]:
    return {"by": stage.people[who], "now": timezone.now()}


def _meetings(stage: Stage, world: World) -> None:
    call = _call(stage, "administrator")
    draft = templates.draft_next(body="community", **call)
    templates.publish(template_id=draft.pk, starts_on=timezone.localdate(), note="The first agenda", **call)
    for on in (FIRST, SECOND, THIRD):
        dates.set_date(
            area_id=world.weald.pk, kind="community", on=on, starts=time(9, 30), length_minutes=150, cut_off_days=7,
            note="", **call,
        )  # fmt: skip


def _money(stage: Stage, world: World) -> None:
    call = _call(stage, "administrator")
    period = periods.set_up(
        name="2026-27", slug="2026-27", starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31),
        contingency_percent=Decimal("5.00"), payment_days=[date(2027, 3, 1), date(2027, 5, 3)], **call,
    )  # fmt: skip
    periods.open_period(period_id=period.pk, **call)
    row = budgets.Wanted(community_id=world.north.pk, grant=Decimal(40_000), contingency=None)
    budgets.give(period_id=period.pk, rows=[row], **call)


def _open_matters(stage: Stage, world: World) -> None:
    stage.facts["earlier_action"] = "Ask the library about quiet rooms"
    actions.create(
        title=stage.facts["earlier_action"], owner_id=stage.people["colleague"].pk, due_on=FIRST,
        community_id=world.north.pk, **_call(stage, "chair"),
    )  # fmt: skip
    call = _call(stage, "board")
    bulletin = bulletins.write(
        area_id=world.weald.pk, title="Attendance plans", text="Please look at attendance plans before the spring.",
        to_all=True, community_ids=[], due_on=FIRST + timedelta(days=30), **call,
    )  # fmt: skip
    bulletins.publish(bulletin_id=bulletin.pk, **call)
