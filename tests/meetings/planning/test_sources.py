"""What meetings itself puts on agendas, and what an earlier meeting left open."""

from datetime import date, timedelta

import pytest

from communities.models import School
from meetings import agenda_sources, sources
from meetings.models import AgendaItem
from meetings.queries import agenda as queries
from meetings.queries.agenda import item_with_key, items_with_keys, meeting_after, next_meeting
from meetings.services import agenda
from tests.actors import CHAIR
from tests.factories.meetings import (
    AcknowledgementFactory,
    ActionFactory,
    AgendaItemFactory,
    BulletinFactory,
    EscalationFactory,
    MeetingFactory,
    MinutesFactory,
)
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
EARLIER = date(2026, 10, 6)


@pytest.fixture
def meeting(world):
    return MeetingFactory(community=world.north)


@pytest.fixture
def earlier(world):
    return MeetingFactory(community=world.north, closed=True, on=EARLIER)


def proposed(source, meeting):
    return list(source(meeting, NOW))


def test_minutes_that_were_sent_wait_for_approval(meeting, earlier):
    MinutesFactory(meeting=earlier, state="circulated", circulated_at=NOW, circulated_by=earlier.planned_by)

    [proposal] = proposed(agenda_sources.minutes_to_approve, meeting)

    assert proposal.key == f"meetings.minutes:{earlier.pk}"
    assert proposal.why == "The minutes of Tuesday 6 October 2026 wait for approval."
    assert proposal.link == "/meetings/north/2026-10-06/minutes/"


def test_minutes_nobody_has_seen_do_not_wait(meeting, earlier):
    MinutesFactory(meeting=earlier)

    assert proposed(agenda_sources.minutes_to_approve, meeting) == []


def test_minutes_of_another_community_are_not_ours(meeting, world):
    other = MeetingFactory(community=world.south, closed=True, on=EARLIER)
    MinutesFactory(meeting=other, state="circulated", circulated_at=NOW, circulated_by=other.planned_by)

    assert proposed(agenda_sources.minutes_to_approve, meeting) == []


@pytest.mark.parametrize(
    ("due", "done", "why"),
    [
        ([0], 0, "1 action is due by this meeting."),
        ([-1], 0, "1 action is due by this meeting, late."),
        ([-1, -2], 0, "2 actions are due by this meeting, all late."),
        ([0, -2], 1, "2 actions are due by this meeting, 1 of them late, 1 action to be confirmed as done."),
        ([], 2, "2 actions to be confirmed as done."),
    ],
)
def test_actions_are_one_item_that_says_how_many(meeting, world, due, done, why):
    for days in due:
        ActionFactory(community=world.north, due_on=meeting.on + timedelta(days=days))
    for _ in range(done):
        ActionFactory(community=world.north, state="done", done_at=NOW, done_by=meeting.planned_by)
    ActionFactory(community=world.north, due_on=meeting.on + timedelta(days=1))
    ActionFactory(community=world.south, due_on=meeting.on)

    [proposal] = proposed(agenda_sources.actions_due, meeting)

    assert proposal.why == why


def test_no_action_is_no_item(meeting):
    assert proposed(agenda_sources.actions_due, meeting) == []


def test_bulletins_stand_until_members_have_heard_them(meeting, earlier, world):
    heard, noted, new = (BulletinFactory(area=world.weald, published=True) for _ in range(3))
    BulletinFactory(area=world.weald)
    BulletinFactory(area=world.coast, published=True)
    AcknowledgementFactory(bulletin=heard, community=world.north, told_at_meeting=earlier)
    AcknowledgementFactory(bulletin=noted, community=world.north)

    keys = {proposal.key for proposal in proposed(agenda_sources.bulletins_to_tell, meeting)}

    assert keys == {f"meetings.bulletin:{noted.pk}", f"meetings.bulletin:{new.pk}"}


def test_a_board_takes_what_communities_sent_up(world, meeting):
    matter = EscalationFactory(community=world.north)
    EscalationFactory(community=world.south)
    board = MeetingFactory(community=None, area=world.weald)

    [proposal] = proposed(agenda_sources.sent_up, board)

    assert (proposal.title, proposal.kind) == (matter.title, "escalation")
    assert proposed(agenda_sources.sent_up, meeting) == []
    assert proposed(agenda_sources.bulletins_to_tell, board) == []


def carried(meeting):
    return [proposal.title for proposal in proposed(agenda_sources.carried_over, meeting)]


@pytest.mark.parametrize(
    ("fields", "comes"),
    [
        ({"state": "deferred"}, True),
        ({"state": "waiting"}, True),
        ({"state": "done", "outcome_kind": "deferred"}, True),
        ({"state": "done", "outcome_kind": "advice"}, False),
        ({"state": "deferred", "source_key": "funding.request:1"}, False),
        ({"state": "deferred", "source_key": "dashboards.figure:9"}, True),
        ({"state": "deferred", "template_line": "7e1a4bd1-5a39-4d54-9ec3-6f6f8f5b4c11"}, False),
    ],
)
def test_what_was_left_open_comes_again(monkeypatch, meeting, earlier, fields, comes):
    monkeypatch.setattr(sources, "owners_of_matters", lambda: {"funding", "meetings"})
    monkeypatch.setattr(agenda_sources, "owners_of_matters", lambda: {"funding", "meetings"})
    AgendaItemFactory(meeting=earlier, title="Reading at home", **fields)

    assert (carried(meeting) == ["Reading at home"]) is comes


def test_a_removed_item_does_not_come_again(meeting, earlier):
    AgendaItemFactory(
        meeting=earlier, state="removed", position=None, removed_at=NOW, removed_by=earlier.planned_by,
        removed_because="No time",
    )  # fmt: skip

    assert carried(meeting) == []


def test_a_carried_item_is_carried_once_and_says_from_when(planned, earlier, actors):
    item = AgendaItemFactory(meeting=earlier, state="deferred", title="Reading at home", minutes_planned=25)

    for _ in range(2):
        agenda.fill(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)

    new = planned.meeting.items.get(carried_from=item)
    assert (new.title, new.minutes_planned, new.why) == ("Reading at home", 25, "Carried over from 6 October 2026.")
    later = MeetingFactory(community=earlier.community, on=date(2027, 1, 19))
    assert carried(later) == []


def test_what_a_cancelled_meeting_had_taken_comes_again(earlier, world):
    item = AgendaItemFactory(meeting=earlier, state="deferred", title="Reading at home")
    AgendaItemFactory(meeting=MeetingFactory(community=world.north, cancelled=True), carried_from=item)

    assert carried(MeetingFactory(community=world.north, on=date(2027, 1, 19))) == ["Reading at home"]


def test_the_first_source_of_a_key_wins(monkeypatch, meeting):
    first = sources.Proposal("a:1", "local", "First", "", "")
    second = sources.Proposal("a:1", "local", "Second", "", "")
    monkeypatch.setattr(sources, "SOURCES", [lambda _m, _n: [first]])
    monkeypatch.setattr(sources, "LAST_SOURCES", [lambda _m, _n: [second]])

    assert list(sources.proposals(meeting, NOW)) == [first]


def test_a_kind_has_one_reader_of_schools():
    sources.schools_of("made_up_kind", key="made.up:")(lambda _number: School.objects.none())
    try:
        with pytest.raises(ValueError, match="already"):
            sources.schools_of("made_up_kind", key="made.up:")(lambda _number: School.objects.none())
    finally:
        sources.SCHOOLS_OF.pop("made_up_kind")


def test_a_stamp_or_a_title_makes_another_fingerprint():
    one = sources.Proposal("a:1", "local", "Title", "", "why")
    assert one.fingerprint == sources.Proposal("a:1", "local", "Title", "", "another why", 20).fingerprint
    assert one.fingerprint != sources.Proposal("a:1", "local", "Title", "", "why", stamp="2").fingerprint
    assert one.fingerprint != sources.Proposal("a:1", "local", "New title", "", "why").fingerprint


def test_a_matter_on_two_agendas_is_read_at_the_newer_item(meeting, world):
    AgendaItemFactory(meeting=meeting, source_key="made.up:1")
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.south, state=meeting.state), source_key="made.up:1")

    assert item_with_key("made.up:1") == item
    assert items_with_keys(["made.up:1", "made.up:2"]) == {"made.up:1": item}


def test_the_item_of_a_matter_is_the_newest_that_is_not_run(meeting, earlier):
    AgendaItemFactory(meeting=earlier, source_key="made.up:1")
    assert item_with_key("made.up:1") is None

    item = AgendaItemFactory(meeting=meeting, source_key="made.up:1")
    assert item_with_key("made.up:1") == item
    AgendaItem.objects.filter(pk=item.pk).update(
        state="removed", position=None, removed_at=NOW, removed_by=meeting.planned_by, removed_because="No"
    )
    assert item_with_key("made.up:1") is None


def test_the_next_meeting_is_not_the_cancelled_one(world):
    MeetingFactory(community=world.north, cancelled=True, on=date(2026, 11, 10))
    coming = MeetingFactory(community=world.north, on=date(2026, 12, 1))
    MeetingFactory(community=world.north, on=date(2027, 1, 19))

    assert next_meeting(world.north, NOW) == coming
    assert next_meeting(world.weald, NOW) is None


@pytest.mark.parametrize("state", ["running", "suspended"])
def test_a_meeting_that_runs_past_its_end_comes_before_the_next(world, state):
    overrun = MeetingFactory(community=world.north, running=True, state=state)
    MeetingFactory(community=world.north, published=True, on=date(2027, 1, 19))

    assert next_meeting(world.north, overrun.ends_at + timedelta(hours=1)) == overrun


@pytest.mark.parametrize("state", [{"published": True}, {"closed": True}])
def test_a_meeting_that_does_not_run_is_not_next_once_its_end_has_passed(world, state):
    over = MeetingFactory(community=world.north, **state)

    assert next_meeting(world.north, over.ends_at) is None


def test_the_meeting_after_one_is_never_itself(world):
    overrun = MeetingFactory(community=world.north, running=True)
    MeetingFactory(community=world.south, on=date(2026, 12, 1))
    MeetingFactory(community=world.north, cancelled=True, on=date(2026, 12, 1))
    assert meeting_after(overrun) is None

    later = MeetingFactory(community=world.north, on=date(2027, 1, 19))

    assert meeting_after(overrun) == later
    assert meeting_after(later) is None


def test_the_page_of_open_matters_says_what_filling_would_do(planned, monkeypatch, actors):
    matter = sources.Proposal("made.up:1", "local", "A matter", "", "Because")
    monkeypatch.setattr(sources, "SOURCES", [lambda _m, _n: [matter]])
    monkeypatch.setattr(sources, "LAST_SOURCES", [])
    [new] = queries.open_matters(planned.meeting, NOW)
    assert (new.on_agenda, new.taken_off) == (False, False)

    agenda.fill(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)
    [there] = queries.open_matters(planned.meeting, NOW)
    assert there.on_agenda
