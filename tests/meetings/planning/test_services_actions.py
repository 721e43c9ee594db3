"""Actions from agreed to confirmed, and their follow-up."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Notice
from communities.models import Role
from core.verdicts import Refused
from meetings.models import Action, ActionReminder
from meetings.services import actions, follow_ups
from meetings.tasks import follow_up_actions
from tests.actors import BOARD, CHAIR, COLLEAGUE, HEAD, NEIGHBOUR, OUTSIDER, SENCO
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory
from tests.factories.meetings import ActionFactory, AgendaItemFactory, MeetingFactory
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 8)


def create(world, actors, by=CHAIR, owner=SENCO, **facts) -> Action:
    whose = {} if facts.keys() & {"item_id", "meeting_id", "area_id"} else {"community_id": world.north.pk}
    return actions.create(
        by=actors[by].user, now=NOW, **{"title": "Ring the library", "owner_id": actors[owner].user.pk, "due_on": DUE},
        **whose, **facts,
    )  # fmt: skip


def test_an_action_knows_its_school_and_tells_its_owner(world, actors):
    action = create(world, actors)

    assert (action.owner_school, action.state, action.community) == (world.hartwell, "open", world.north)
    told = Notice.objects.get(person=actors[SENCO].user)
    assert told.subject == "An action of North is yours, due 8 December 2026"
    assert "Ring the library" not in told.subject


def test_what_one_takes_on_oneself_is_not_told(world, actors):
    create(world, actors, owner=CHAIR)

    assert not Notice.objects.exists()


def test_an_action_of_an_item_belongs_to_its_meeting_and_community(world, actors):
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.north, running=True))

    action = create(world, actors, item_id=item.pk)

    assert (action.item, action.meeting, action.community) == (item, item.meeting, world.north)


def test_a_board_has_actions_of_its_own(world, actors):
    action = create(world, actors, by=BOARD, owner=BOARD, area_id=world.weald.pk)

    assert (action.area, action.community) == (world.weald, None)


@pytest.mark.parametrize("who", [SENCO, NEIGHBOUR, OUTSIDER, BOARD])
def test_only_the_chair_agrees_actions(world, actors, who):
    with pytest.raises(Refused):
        create(world, actors, by=who)


@pytest.mark.parametrize("who", [OUTSIDER, NEIGHBOUR])
def test_an_owner_takes_part_in_the_community(world, actors, who):
    with pytest.raises(actions.NotAMember, match="takes part in North"):
        create(world, actors, owner=who)


def test_somebody_with_posts_at_two_schools_acts_for_neither(world, actors):
    AppointmentFactory(person=actors[SENCO].user, role=Role.SENCO, school=world.oakfield)

    assert create(world, actors).owner_school is None


def edit(action, actors, by=CHAIR, **facts):
    new = {
        "version": action.version, "title": "Ring the library", "detail": "", "owner_id": action.owner_id,
        "due_on": DUE, "report_because": "",
    }  # fmt: skip
    return actions.edit(action_id=action.pk, by=actors[by].user, now=NOW, **new | facts)


def test_a_new_owner_is_told(world, actors):
    action = edit(create(world, actors), actors, owner_id=actors[COLLEAGUE].user.pk)

    assert (action.owner_school, action.version) == (world.oakfield, 2)
    assert Notice.objects.filter(person=actors[COLLEAGUE].user).count() == 1


def test_new_words_alone_are_not_told(world, actors):
    edit(create(world, actors), actors, title="Ring the new library")

    assert Notice.objects.filter(person=actors[SENCO].user).count() == 1


def test_a_report_to_the_board_is_made_and_taken_back(world, actors):
    action = edit(create(world, actors), actors, report_because="All schools need it")
    assert (action.report_to_board, action.reported_at) == (True, NOW)

    action = edit(action, actors)
    assert (action.report_to_board, action.reported_at) == (False, None)


def test_two_editors_never_overwrite_each_other(world, actors):
    action = create(world, actors)
    edit(action, actors, title="First")

    with pytest.raises(actions.ChangedMeanwhile):
        edit(action, actors, title="Second")


def finish(action, actors, by=SENCO):
    return actions.finish(action_id=action.pk, evidence="The card hangs in the hall.", by=actors[by].user, now=NOW)


def test_the_owner_says_done_and_the_chair_is_asked_to_confirm(world, actors):
    action = finish(create(world, actors), actors)

    assert (action.state, action.done_by, action.evidence) == (
        "done", actors[SENCO].user, "The card hangs in the hall.",
    )  # fmt: skip
    assert Notice.objects.filter(person=actors[CHAIR].user, subject="An action of North is done").count() == 1


def test_a_colleague_does_not_finish_it(world, actors):
    with pytest.raises(Refused, match="Only the owner or the chair"):
        finish(create(world, actors), actors, by=HEAD)


def test_the_chair_confirms_what_somebody_else_did(world, actors):
    action = finish(create(world, actors), actors)

    confirmed = actions.confirm(action_id=action.pk, by=actors[CHAIR].user, now=NOW)

    assert (confirmed.state, confirmed.confirmed_by) == ("confirmed", actors[CHAIR].user)


def test_nobody_confirms_what_they_did_themselves(world, actors):
    action = finish(create(world, actors, owner=CHAIR), actors, by=CHAIR)

    with pytest.raises(Refused, match="You said yourself"):
        actions.confirm(action_id=action.pk, by=actors[CHAIR].user, now=NOW)


def test_what_is_not_done_is_not_confirmed(world, actors):
    with pytest.raises(Refused, match="has not said yet"):
        actions.confirm(action_id=create(world, actors).pk, by=actors[CHAIR].user, now=NOW)


def test_the_owner_takes_their_done_back_until_it_is_confirmed(world, actors):
    action = finish(create(world, actors), actors)
    assert actions.reopen(action_id=action.pk, by=actors[SENCO].user, now=NOW).state == "open"

    action = finish(action, actors)
    actions.confirm(action_id=action.pk, by=actors[CHAIR].user, now=NOW)
    with pytest.raises(Refused):
        actions.reopen(action_id=action.pk, by=actors[SENCO].user, now=NOW)


def test_a_dropped_action_says_why_and_can_be_opened_again(world, actors):
    action = actions.drop(
        action_id=create(world, actors).pk, reason="The library closed.", by=actors[CHAIR].user, now=NOW
    )
    assert (action.state, action.dropped_because) == ("dropped", "The library closed.")

    action = actions.reopen(action_id=action.pk, by=actors[CHAIR].user, now=NOW)
    assert (action.state, action.dropped_because, action.dropped_by) == ("open", "", None)


def test_a_finished_action_is_not_edited_dropped_or_finished_again(world, actors):
    action = finish(create(world, actors), actors)

    with pytest.raises(Refused, match="Reopen it first"):
        edit(action, actors)
    with pytest.raises(Refused, match="Only open actions"):
        actions.drop(action_id=action.pk, reason="No", by=actors[CHAIR].user, now=NOW)
    with pytest.raises(Refused, match="not open"):
        finish(action, actors)


# --- follow-up ---------------------------------------------------------------------------------------------------------


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)


@pytest.fixture
def agreed(world, actors) -> Action:
    """Agreed long before it is due, so that every step has its day."""
    return ActionFactory(
        community=world.north, owner=actors[SENCO].user, due_on=DUE, created_at=morning(DUE - timedelta(days=30))
    )


def subjects(actors, who):
    rows = Notice.objects.filter(person=actors[who].user, key__startswith="meetings.action:").order_by("pk")
    return [notice.subject for notice in rows]


def test_the_owner_is_reminded_three_times_and_then_the_chair(agreed, actors):
    for days in range(-10, 30):
        follow_ups.follow_up(now=morning(DUE + timedelta(days=days)))

    assert subjects(actors, SENCO) == [
        "An action is due in 7 days (North)", "An action is due today (North)", "An action is 7 days late (North)",
    ]  # fmt: skip
    assert subjects(actors, CHAIR) == ["An action is 14 days late (North)"]
    assert list(agreed.reminders.order_by("pk").values_list("step", flat=True)) == [
        "week_before", "on_the_day", "week_after", "chair",
    ]  # fmt: skip


def test_running_ten_times_a_day_reminds_once(agreed, actors):
    for _ in range(10):
        follow_ups.follow_up(now=morning(DUE))

    assert subjects(actors, SENCO) == ["An action is due today (North)"]


def test_it_stops_when_the_action_is_done(agreed, world, actors):
    follow_ups.follow_up(now=morning(DUE))
    actions.finish(action_id=agreed.pk, evidence="Done", by=actors[SENCO].user, now=morning(DUE))

    follow_ups.follow_up(now=morning(DUE + timedelta(days=20)))

    assert agreed.reminders.count() == 1


def test_days_on_which_nothing_ran_send_the_latest_step_only(agreed, actors):
    assert follow_ups.follow_up(now=morning(DUE + timedelta(days=3))) == 1

    assert subjects(actors, SENCO) == ["An action is 3 days late (North)"]


def test_a_new_day_begins_the_follow_up_anew(agreed, actors):
    follow_ups.follow_up(now=morning(DUE))
    later = DUE + timedelta(days=21)
    edit(agreed, actors, due_on=later)

    follow_ups.follow_up(now=morning(later))

    assert ActionReminder.objects.filter(action=agreed, step="on_the_day").count() == 2


def test_what_was_agreed_within_the_week_is_not_called_due_in_a_week(world, actors):
    action = ActionFactory(community=world.north, due_on=DUE, created_at=morning(DUE - timedelta(days=4)))

    assert follow_ups.step_on(action, DUE - timedelta(days=3)) is None
    assert follow_ups.step_on(action, DUE) == "on_the_day"


def test_the_chair_hears_when_the_owner_can_no_longer_sign_in(world, actors):
    gone = UserFactory(is_active=False)
    ActionFactory(community=world.north, owner=gone, due_on=DUE, created_at=morning(DUE - timedelta(days=30)))

    follow_ups.follow_up(now=morning(DUE))

    assert subjects(actors, CHAIR) == ["An action is due today (North)"]


def test_a_summers_evening_counts_as_the_london_day(agreed):
    Action.objects.update(due_on=date(2027, 7, 1))

    assert follow_ups.follow_up(now=datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == 1
    assert ActionReminder.objects.get().step == "on_the_day"


def test_the_task_reads_the_clock_and_takes_what_it_does_not_know(agreed, time_machine):
    time_machine.move_to(morning(DUE))

    follow_up_actions(from_an_older_beat=True)

    assert agreed.reminders.get().step == "on_the_day"
