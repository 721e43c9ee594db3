"""Who may read what of a meeting: the table, and the sentence."""

import pytest

from meetings import permissions
from meetings.models import Meeting
from meetings.queries import actions as action_queries
from tests.actors import (
    ADMIN,
    BOARD,
    BUSINESS,
    CHAIR,
    COLLEAGUE,
    HEAD,
    NEIGHBOUR,
    OFFICER,
    OTHER_BOARD,
    OUTSIDER,
    PROFESSIONAL,
    SENCO,
)
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    InterestFactory,
    InvitationFactory,
    MeetingFactory,
)
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
EVERYBODY = {
    SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, NEIGHBOUR, OUTSIDER, PROFESSIONAL, BOARD, OTHER_BOARD, OFFICER, ADMIN,
}  # fmt: skip
MEMBERS = {SENCO, HEAD, COLLEAGUE}
STATES = ("draft", "published", "running", "closed", "cancelled")


def meeting_in(state, world, **fields) -> Meeting:
    traits = {} if state == "draft" else {state: True}
    return MeetingFactory(**{"community": world.north, **traits, **fields})


def allowed(question, actors) -> set[str]:
    return {who for who in EVERYBODY if question(actors[who].user)}


@pytest.mark.parametrize("state", STATES)
def test_the_agenda_is_for_members_once_it_is_published(state, world, actors):
    meeting = meeting_in(state, world)

    readers = allowed(lambda person: permissions.may_read_agenda(person, meeting), actors)

    assert readers == (MEMBERS | {CHAIR} if state in ("published", "running", "closed") else {CHAIR})


def test_a_draft_says_that_it_is_being_prepared(world, actors):
    verdict = permissions.may_read_agenda(actors[SENCO].user, meeting_in("draft", world))

    assert verdict.reason == permissions.PREPARING


def test_a_boards_agenda_is_for_the_board(world, actors):
    meeting = meeting_in("published", world, community=None, area=world.weald)

    assert allowed(lambda person: permissions.may_read_agenda(person, meeting), actors) == {BOARD}
    assert allowed(lambda person: permissions.may_run(person, meeting), actors) == {BOARD}


@pytest.mark.parametrize(
    ("question", "states"),
    [
        (permissions.may_run, STATES),
        (permissions.may_change_agenda, ("draft", "published", "running")),
        (permissions.may_arrange, ("draft", "published")),
        (permissions.may_publish, ("draft",)),
    ],
)
def test_only_the_chair_plans_and_only_while_it_makes_sense(question, states, world, actors):
    for state in STATES:
        meeting = meeting_in(state, world)
        assert allowed(lambda person, m=meeting: question(person, m), actors) == ({CHAIR} if state in states else set())
        meeting.delete()


@pytest.mark.parametrize(("state", "open_to_members"), [("published", True), ("running", False), ("closed", False)])
def test_members_propose_until_it_starts(state, open_to_members, world, actors):
    meeting = meeting_in(state, world)

    proposers = allowed(lambda person: permissions.may_propose(person, meeting), actors)

    assert proposers == (MEMBERS | {CHAIR} if open_to_members else set())


def test_an_interest_closes_the_item_and_nothing_else(world, actors):
    meeting = meeting_in("published", world)
    item, other = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    interest = InterestFactory(item=item, person=actors[SENCO].user)

    assert permissions.may_read_item(actors[SENCO].user, item).reason
    assert permissions.may_read_item(actors[SENCO].user, other)
    assert permissions.may_read_item(actors[HEAD].user, item)

    type(interest).objects.filter(pk=interest.pk).update(
        dismissed_at=NOW, dismissed_by=actors[CHAIR].user, dismissed_because="Another school of that name"
    )
    assert permissions.may_read_item(actors[SENCO].user, item)


def test_an_interest_closes_the_item_to_the_chair_too(world, actors):
    item = AgendaItemFactory(meeting=meeting_in("published", world))
    InterestFactory(item=item, person=actors[CHAIR].user)

    assert not permissions.may_read_item(actors[CHAIR].user, item)


def test_a_professional_reads_the_item_they_are_asked_to(world, actors):
    meeting = meeting_in("published", world)
    item, other = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    person = actors[PROFESSIONAL].user
    assert not permissions.may_read_agenda(person, meeting)

    InvitationFactory(meeting=meeting, person=person, item=item, role="professional")

    assert permissions.may_read_item(person, item)
    assert permissions.may_read_item(person, other).reason == "You are invited to another item of this meeting."
    assert not permissions.may_propose(person, meeting)


def test_a_withdrawn_place_opens_nothing(world, actors):
    meeting = meeting_in("published", world)
    InvitationFactory(meeting=meeting, person=actors[PROFESSIONAL].user, withdrawn_at=NOW)

    assert not permissions.may_read_agenda(actors[PROFESSIONAL].user, meeting)


@pytest.mark.parametrize(
    ("state", "who", "expected"),
    [
        ("waiting", CHAIR, ""),
        ("done", CHAIR, "This item has been discussed. Record its outcome instead."),
        ("waiting", SENCO, "Only the chair of this meeting can do this."),
    ],
)
def test_an_optional_item_is_taken_off_by_the_chair_before_it_is_discussed(state, who, expected, world, actors):
    item = AgendaItemFactory(meeting=meeting_in("running", world), state=state)

    assert permissions.may_remove(actors[who].user, item).reason == expected


@pytest.mark.parametrize(
    ("fields", "readers"),
    [
        ({}, MEMBERS | {CHAIR}),
        ({"report_to_board": True, "report_because": "x", "reported_at": NOW}, MEMBERS | {CHAIR, BOARD}),
    ],
)
def test_an_action_is_seen_by_the_community(fields, readers, world, actors):
    action = ActionFactory(community=world.north, **fields)

    assert allowed(lambda person: action_queries.action_for(person, action.pk), actors) == readers
    assert allowed(lambda person: permissions.may_manage_action(person, action), actors) == {CHAIR}


def test_an_owner_sees_and_finishes_their_action(world, actors):
    action = ActionFactory(community=world.south, owner=actors[SENCO].user)

    assert action_queries.action_for(actors[SENCO].user, action.pk)
    assert permissions.may_finish_action(actors[SENCO].user, action)
    assert not permissions.may_edit_action(actors[SENCO].user, action)
