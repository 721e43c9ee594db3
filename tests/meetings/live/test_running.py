import pytest

from core.verdicts import Refused
from meetings.models import AgendaItem, Interest, ItemSpell, Meeting, Recusal
from meetings.services import attendance, running
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, HEAD, NEIGHBOUR, SENCO

pytestmark = pytest.mark.django_db


def state(item: AgendaItem) -> str:
    return AgendaItem.objects.values_list("state", flat=True).get(pk=item.pk)


def test_the_chair_starts_the_meeting_on_its_day(live, actors, now):
    meeting = running.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=now)

    assert (meeting.state, meeting.started_at, meeting.current_item) == (Meeting.State.RUNNING, now, None)


def test_starting_twice_starts_once(live, actors, now, later):
    running.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=now)
    again = running.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=later(1))

    assert again.started_at == now


@pytest.mark.parametrize("who", [SENCO, COLLEAGUE, NEIGHBOUR, BOARD, ADMIN])
def test_nobody_else_starts_it(live, actors, now, who):
    with pytest.raises(Refused, match="Only the chair"):
        running.start(meeting_id=live.meeting.pk, by=actors[who].user, now=now)


def test_a_meeting_is_not_started_before_its_day(live, actors, later):
    with pytest.raises(Refused, match="on its day, Tuesday 24 November 2026"):
        running.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=later(-24 * 60))


def test_starting_finds_who_has_an_interest(running, actors):
    found = Interest.objects.filter(item=running.request).values_list("person", "kind", "found_by_product")

    assert set(found) == {(actors[who].user.pk, "own_school", True) for who in (SENCO, HEAD)}


def test_opening_an_item_starts_its_clock_and_ends_the_one_before(running, actors, later):
    from meetings.services import running as service

    service.open_item(item_id=running.welcome.pk, by=actors[CHAIR].user, now=later(1))
    service.open_item(item_id=running.figures.pk, by=actors[CHAIR].user, now=later(6))

    assert [state(running.welcome), state(running.figures)] == ["done", "current"]
    spells = list(ItemSpell.objects.values_list("item", "started_at", "ended_at"))
    assert spells == [(running.welcome.pk, later(1), later(6)), (running.figures.pk, later(6), None)]


def test_an_item_is_opened_again_with_a_second_spell(running, actors, later):
    from meetings.services import running as service

    for minute, item in ((1, running.welcome), (6, running.figures), (9, running.welcome)):
        service.open_item(item_id=item.pk, by=actors[CHAIR].user, now=later(minute))

    item = AgendaItem.objects.get(pk=running.welcome.pk)
    assert (item.state, item.started_at, item.ended_at) == ("current", later(1), None)
    assert item.spells.count() == 2


def test_opening_the_open_item_changes_nothing(running, actors, later):
    from meetings.services import running as service

    for minute in (1, 2):
        service.open_item(item_id=running.welcome.pk, by=actors[CHAIR].user, now=later(minute))

    assert ItemSpell.objects.get().started_at == later(1)


def test_who_is_tied_to_the_school_leaves_the_room_and_returns(running, actors, now, later):
    from meetings.services import running as service

    for who in (SENCO, COLLEAGUE):
        attendance.arrive(
            meeting_id=running.meeting.pk, invitation_id=running.places[who].pk, by=actors[CHAIR].user, now=now
        )
    service.open_item(item_id=running.request.pk, by=actors[CHAIR].user, now=later(3))
    service.open_item(item_id=running.other.pk, by=actors[CHAIR].user, now=later(9))

    out = Recusal.objects.values_list("person", "from_at", "until_at")
    assert list(out) == [(actors[SENCO].user.pk, later(3), later(9))]


def test_who_arrives_during_their_own_item_waits_outside(running, actors, later):
    from meetings.services import running as service

    service.open_item(item_id=running.request.pk, by=actors[CHAIR].user, now=later(3))
    attendance.arrive(
        meeting_id=running.meeting.pk, invitation_id=running.places[HEAD].pk, by=actors[CHAIR].user, now=later(4)
    )

    assert Recusal.objects.get().from_at == later(4)


def test_a_deferred_item_goes_to_the_next_meeting(running, actors, later):
    from meetings.services import running as service

    AgendaItem.objects.filter(pk=running.other.pk).update(outcome_kind="deferred")
    service.open_item(item_id=running.other.pk, by=actors[CHAIR].user, now=later(3))
    service.end_item(item_id=running.other.pk, by=actors[CHAIR].user, now=later(4))

    assert state(running.other) == "deferred"


def test_suspending_stops_the_clock_and_resuming_starts_it_again(running, actors, later):
    from meetings.services import running as service

    service.open_item(item_id=running.welcome.pk, by=actors[CHAIR].user, now=later(1))
    service.suspend(meeting_id=running.meeting.pk, reason="Fire alarm", by=actors[CHAIR].user, now=later(2))
    with pytest.raises(Refused, match="suspended"):
        service.open_item(item_id=running.figures.pk, by=actors[CHAIR].user, now=later(3))
    service.resume(meeting_id=running.meeting.pk, by=actors[CHAIR].user, now=later(12))

    spells = list(ItemSpell.objects.values_list("started_at", "ended_at"))
    assert spells == [(later(1), later(2)), (later(12), None)]
    assert running.meeting.suspensions.get().resumed_at == later(12)


def test_an_item_of_a_meeting_not_started_is_not_opened(live, actors, now):
    with pytest.raises(Refused, match="not started yet"):
        running.open_item(item_id=live.welcome.pk, by=actors[CHAIR].user, now=now)


def test_every_change_is_a_beat(running, actors, later):
    from meetings.services import running as service

    before = Meeting.objects.get().pulse
    service.open_item(item_id=running.welcome.pk, by=actors[CHAIR].user, now=later(1))

    assert Meeting.objects.get().pulse == before + 1
