"""Whoever is recused from an item hears nothing of what came out of it, wherever it is shown and told."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from accounts.models import Notice
from communities.models import Role
from dashboards.queries.digest import facts_of
from meetings import permissions
from meetings.models import Action, AgendaItem, Interest, Meeting
from meetings.queries import actions as action_queries
from meetings.queries import escalations as escalation_queries
from meetings.queries import recusals
from meetings.services import actions, escalations, follow_ups, interests
from tests.actors import BOARD, COLLEAGUE
from tests.factories.communities import AppointmentFactory
from tests.factories.dashboards import BoardDigestFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    EscalationFactory,
    InterestFactory,
    MeetingFactory,
)
from tests.factories.meetings_live import ItemSchoolFactory
from tests.meetings.live.conftest import KIND

pytestmark = pytest.mark.django_db
SECRET = "Quiet room for amber kestrel"
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine, later):
    time_machine.move_to(later(20))


@pytest.fixture
def agreed(running, actors, world) -> Action:
    """At the item about Hartwell: an action, done and reported to the board."""
    return ActionFactory(
        title=SECRET, community=world.north, meeting=running.meeting, item=running.request, owner=actors[BOARD].user,
        state="done", done_at=timezone.now(), done_by=actors[BOARD].user,
        report_to_board=True, report_because=SECRET, reported_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def sent_up(running, world):
    return EscalationFactory(
        title=SECRET, text=SECRET, community=world.north, item=running.request, raised_at=timezone.now()
    )


@pytest.fixture
def person(actors, world, running):
    """The SENCO of Oakfield, who stands in as chair and sits on the board: everything of North may be read."""
    user = actors[COLLEAGUE].user
    AppointmentFactory(person=user, role=Role.CHAIR, community=world.north)
    AppointmentFactory(person=user, role=Role.BOARD_MEMBER, area=world.weald)
    return user


def _own_school(person, world, _item):
    AppointmentFactory(person=person, role=Role.HEADTEACHER, school=world.hartwell)


def _same_trust(person, world, _item):
    AppointmentFactory(person=person, role=Role.SENCO, school=world.marsh)


def _joint(person, _world, item):
    InterestFactory(person=person, item=item, kind="joint", found_by_product=True)


def _declared(person, _world, item):
    InterestFactory(person=person, item=item)


TIES = [_own_school, _same_trust, _joint, _declared]


def _told_in(client, person, agreed, sent_up) -> set[str]:
    """The pages on which the words of the item's action or of the matter sent up are read."""
    pages = {
        "list": "/actions/?state=all",
        "community's list": "/actions/?state=all&whose=north",
        "action": agreed.get_absolute_url(),
        "after": f"{agreed.meeting.get_absolute_url()}after/",
        "matters": "/board/escalations/",
        "matter": sent_up.get_absolute_url(),
        "digest": f"/board/weald/digests/{MONDAY}/",
    }
    found = {name for name, path in pages.items() if SECRET in client.get(path).content.decode()}
    for post in person.appointments.all():
        client.post("/account/acting/", {"post": post.pk})
        home = client.get("/").content.decode()
        found |= {f"home: {need}" for need in ("Confirm 1 finished action", SECRET) if need in home}
    return found


EVERYWHERE = {"list", "community's list", "action", "after", "matters", "matter", "digest"}
EVERYWHERE |= {"home: Confirm 1 finished action", f"home: {SECRET}"}


@pytest.fixture
def digest(world, agreed, sent_up):
    return BoardDigestFactory(area=world.weald, week_starts_on=MONDAY, facts=facts_of(world.weald, MONDAY))


@pytest.fixture
def _over(running, digest):
    Meeting.objects.filter(pk=running.meeting.pk).update(
        state="closed", closed_at=timezone.now(), closed_by=running.meeting.started_by
    )


@pytest.mark.usefixtures("_over")
def test_without_an_interest_everything_is_read(actors, person, agreed, sent_up):
    assert _told_in(actors[COLLEAGUE].client, person, agreed, sent_up) == EVERYWHERE


@pytest.mark.usefixtures("_over")
@pytest.mark.parametrize("tie", TIES)
def test_with_one_nothing_of_it_is_read_anywhere(tie, actors, person, agreed, sent_up, world, running):
    tie(person, world, running.request)

    assert _told_in(actors[COLLEAGUE].client, person, agreed, sent_up) == set()


@pytest.mark.parametrize("tie", TIES)
def test_nor_changed_answered_or_taken_back(tie, person, agreed, sent_up, world, running):
    asked = [
        lambda: permissions.may_manage_action(person, Action.objects.get(pk=agreed.pk)),
        lambda: permissions.may_create_action(person, Action.objects.get(pk=agreed.pk)),
        lambda: permissions.may_answer_escalation(person, sent_up),
        lambda: permissions.may_withdraw_escalation(person, sent_up),
    ]
    assert all(question() for question in asked)

    tie(person, world, running.request)

    assert ["You are recused" in question().reason for question in asked] == [True] * 4


@pytest.mark.parametrize("tie", TIES)
def test_nor_told_in_a_notice(tie, person, world, running, actors, later, time_machine):
    tie(person, world, running.request)
    chair, board = running.meeting.started_by, actors[BOARD].user
    mine = actions.create(
        title=SECRET, owner_id=chair.pk, due_on=timezone.localdate(), item_id=running.request.pk, by=chair,
        now=later(21),
    )  # fmt: skip
    follow_ups.follow_up(now=later(21) + timedelta(days=15))
    actions.finish(action_id=mine.pk, evidence="", by=chair, now=later(22))
    matter = escalations.escalate(
        item_id=running.request.pk, kind="ask", title=SECRET, text=SECRET, by=chair, now=later(23)
    )
    escalations.answer(escalation_id=matter.pk, answer="Yes", by=board, now=later(24))

    assert Notice.objects.filter(person=board, key=f"meetings.escalation:{matter.pk}").exists()
    assert Notice.objects.filter(person=chair, key__contains=f":{mine.pk}:chair").exists()
    assert not Notice.objects.filter(person=person).exists()


def test_the_owner_reads_what_they_have_to_do(actors, person, agreed, world):
    Action.objects.filter(pk=agreed.pk).update(owner=person)
    _own_school(person, world, agreed.item)

    assert action_queries.action_for(person, agreed.pk) == agreed


def test_one_question_lists_and_single_items_agree(world, actors, running):
    """Every kind of tie, set aside or not, today or on the day of the meeting: the list leaves out what the item refuses."""
    long_ago = MeetingFactory(community=world.north, on=date(2025, 3, 3), closed=True)
    ended = AppointmentFactory(
        person=actors[COLLEAGUE].user, role=Role.SENCO, school=world.marsh,
        starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1),
    )  # fmt: skip
    for meeting, school in product((running.meeting, long_ago), (world.hartwell, world.oakfield, world.marsh)):
        item = AgendaItemFactory(meeting=meeting, kind="local")
        ItemSchoolFactory(item=item, school=school)
        for number, kind in enumerate(("own_school", "same_trust", "declared")):
            person = list(actors.values())[1 + number * 4].user
            aside = {"dismissed_at": timezone.now(), "dismissed_by": ended.person, "dismissed_because": "Left"}
            InterestFactory(item=item, person=person, kind=kind, found_by_product=kind != "declared", **aside)
            if number:
                InterestFactory(item=item, person=person, kind=kind, found_by_product=kind != "declared")

    for actor in actors.values():
        if actor.user:
            refused = {item.pk for item in AgendaItem.objects.all() if recusals.is_recused(actor.user, item)}
            assert recusals.closed_items(actor.user) == refused, actor.name


@pytest.mark.parametrize("carried", [True, False])
def test_what_was_declared_goes_with_the_matter(carried, running, world, actors, later):
    """To the item of the next meeting, whether it was carried over or brought again by its app."""
    interests.declare(item_id=running.request.pk, note="Our twins", by=actors[COLLEAGUE].user, now=later(21))
    following = MeetingFactory(community=world.north, on=date(2027, 1, 19), published=True)
    again = AgendaItemFactory(
        meeting=following, kind="local" if carried else KIND, carried_from=running.request if carried else None,
        source_key="" if carried else running.request.source_key,
    )  # fmt: skip
    interests.record_found(again, now=later(22))
    interests.record_found(again, now=later(23))

    assert list(again.interests.filter(kind="declared").values_list("person", "note")) == [
        (actors[COLLEAGUE].user.pk, "Our twins")
    ]


def test_what_was_set_aside_at_the_next_item_stays_set_aside(running, world, actors, later):
    interests.declare(item_id=running.request.pk, note="", by=actors[COLLEAGUE].user, now=later(21))
    again = AgendaItemFactory(
        meeting=MeetingFactory(community=world.north, on=date(2027, 1, 19)), carried_from=running.request
    )
    interests.record_found(again, now=later(22))
    Interest.objects.filter(item=again, kind="declared").update(
        dismissed_at=later(23), dismissed_by=running.meeting.started_by, dismissed_because="Nothing in common"
    )
    interests.record_found(again, now=later(24))

    assert not recusals.is_recused(actors[COLLEAGUE].user, again)


def test_a_matter_sent_up_is_about_the_same_schools_on_the_boards_agenda(sent_up, world, actors, person, later):
    _own_school(person, world, sent_up.item)
    board = MeetingFactory(community=None, area=world.weald, on=date(2026, 12, 1))
    item = AgendaItemFactory(meeting=board, kind="escalation", source_key=f"{escalation_queries.KEY}{sent_up.pk}")

    assert recusals.is_recused(person, item)
    assert not recusals.is_recused(actors[BOARD].user, item)
