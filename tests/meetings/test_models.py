"""The database refuses nonsense about meetings."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from meetings.models import Meeting
from tests.factories.accounts import UserFactory
from tests.factories.meetings import (
    THE_MOMENT,
    AcknowledgementFactory,
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    BulletinFactory,
    EscalationFactory,
    InterestFactory,
    InvitationFactory,
    ItemProposalFactory,
    MeetingDateFactory,
    MeetingFactory,
    MinutesFactory,
    TemplateItemFactory,
)

pytestmark = pytest.mark.django_db


def refused(name):
    """The database says no, and names the rule."""
    return pytest.raises(IntegrityError, match=name)


def test_every_factory_makes_a_row_the_database_accepts():
    MeetingDateFactory()
    TemplateItemFactory()
    for state in ("published", "running", "closed", "cancelled"):
        assert MeetingFactory(**{state: True}).state == state
    ItemProposalFactory()
    InvitationFactory()
    AttendanceFactory()
    InterestFactory()
    MinutesFactory()
    ActionFactory()
    AcknowledgementFactory()
    EscalationFactory()


def test_a_meeting_is_of_a_community_or_of_a_board_never_both(world):
    with refused("a_community_or_a_board_meets"):
        MeetingFactory(community=world.north, area=world.weald)


def test_one_meeting_a_day_unless_the_other_is_cancelled(world):
    MeetingFactory(community=world.north, cancelled=True)
    MeetingFactory(community=world.north)

    with refused("one_community_meeting_a_day"), transaction.atomic():
        MeetingFactory(community=world.north)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"state": "published"}, "publication_is_whole"),
        ({"state": "cancelled"}, "cancellation_is_whole"),
        ({"published_at": THE_MOMENT}, "publication_is_whole"),
        ({"ends_at": THE_MOMENT}, "meeting_ends_after_it_starts"),
        ({"closed_at": THE_MOMENT}, "close_is_whole"),
        ({"started_at": THE_MOMENT}, "start_is_whole"),
    ],
)
def test_a_half_kept_meeting_is_refused(changes, name):
    with refused(name):
        MeetingFactory(**changes)


def test_two_items_never_share_a_number():
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, position=1)
    AgendaItemFactory(meeting=meeting, position=1)

    with refused("agenda_position_once"):
        _look_at_deferred_rules()


def test_numbers_run_from_one_without_gaps():
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, position=1)
    AgendaItemFactory(meeting=meeting, position=3)

    with refused("without gaps"):
        _look_at_deferred_rules()


def test_two_items_may_swap_their_numbers():
    first = AgendaItemFactory()
    second = AgendaItemFactory(meeting=first.meeting)

    type(first).objects.filter(pk=first.pk).update(position=2)
    type(first).objects.filter(pk=second.pk).update(position=1)

    _look_at_deferred_rules()


def test_a_mandatory_item_cannot_be_taken_off():
    with refused("mandatory_items_stay"):
        AgendaItemFactory(
            mandatory=True,
            state="removed",
            position=None,
            removed_at=THE_MOMENT,
            removed_by=UserFactory(),
            removed_because="No time",
        )


def test_somebody_is_in_one_place_at_a_time():
    first = AttendanceFactory()

    with refused("in_one_place_at_a_time"):
        AttendanceFactory(meeting=first.meeting, person=first.person, arrived_at=THE_MOMENT + timedelta(minutes=5))


def test_somebody_may_leave_and_come_back():
    first = AttendanceFactory(left_at=THE_MOMENT + timedelta(minutes=5))

    AttendanceFactory(meeting=first.meeting, person=first.person, arrived_at=THE_MOMENT + timedelta(minutes=5))

    assert first.meeting.attendances.count() == 2


def test_nobody_dismisses_their_own_interest():
    person = UserFactory()

    with refused("a_second_person_dismisses"):
        InterestFactory(person=person, dismissed_at=THE_MOMENT, dismissed_by=person, dismissed_because="Not mine")


def test_only_who_stays_away_sends_a_substitute():
    with refused("only_who_stays_away_sends_a_substitute"):
        InvitationFactory(substitute=UserFactory())


def test_a_place_without_a_school_is_given_once():
    first = InvitationFactory()

    with refused("invited_once"):
        InvitationFactory(meeting=first.meeting, person=first.person)


def test_a_report_to_the_board_says_why():
    with refused("a_report_to_the_board_says_why"):
        ActionFactory(report_to_board=True)


def test_a_withdrawn_bulletin_says_why():
    with refused("bulletin_withdrawal_is_whole"):
        BulletinFactory(published=True, withdrawn_at=THE_MOMENT, withdrawn_by=UserFactory())


def test_a_meeting_knows_its_length_and_who_meets(world):
    meeting = MeetingFactory(community=world.north)

    assert (meeting.length_minutes, meeting.body) == (150, world.north)
    assert Meeting.objects.get().is_open


def _look_at_deferred_rules():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
