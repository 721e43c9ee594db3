"""Many hands on one agenda: numbers stay unique and without gaps, a date is taken once, an action is reminded once."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from communities import powers
from communities.models import Role
from meetings.models import ActionReminder, AgendaItem, Meeting
from meetings.services import agenda, changes, follow_ups, items, ordering, planning
from meetings.sources import Proposal
from tests.factories.communities import AppointmentFactory, CommunityFactory
from tests.factories.meetings import ActionFactory, AgendaTemplateFactory, MeetingDateFactory, MeetingFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MEETINGS, CREATES, HANDS = 5, 60, 8


def in_threads(jobs):
    """Run every job on its own connection, eight at a time; gives what each returned or raised."""

    def run(job):
        try:
            return job()
        except Exception as error:  # noqa: BLE001 -- the test looks at what was raised
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def chairs(db):
    """Meetings with their chairs."""
    AgendaTemplateFactory()
    pairs = []
    for _ in range(MEETINGS):
        community = CommunityFactory()
        chair = AppointmentFactory(role=Role.CHAIR, community=community).person
        powers.grants(chair)  # made once here, not by every thread
        pairs.append((MeetingFactory(community=community), chair))
    return pairs


def broken(meetings):
    """How many meetings have a number twice or a gap."""
    found = 0
    for meeting in meetings:
        numbers = sorted(meeting.items.exclude(position=None).values_list("position", flat=True))
        found += numbers != list(range(1, len(numbers) + 1))
    return found


def add(meeting, chair, number):
    def job():
        return items.add(
            meeting_id=meeting.pk, title=f"Item {number}", why="", minutes=1, presenter="", audience="members",
            by=chair, now=timezone.now(),
        )  # fmt: skip

    return job


def test_items_added_at_once_have_each_their_number(chairs):
    jobs = [add(meeting, chair, number) for number in range(CREATES) for meeting, chair in chairs]

    outcomes = in_threads(jobs)

    meetings = [meeting for meeting, _ in chairs]
    figures = {
        "creates": len(jobs),
        "failed": sum(isinstance(o, Exception) for o in outcomes),
        "broken": broken(meetings),
    }
    print(json.dumps({"agenda_numbers": figures}))  # noqa: T201
    assert figures == {"creates": MEETINGS * CREATES, "failed": 0, "broken": 0}
    assert AgendaItem.objects.count() == MEETINGS * CREATES


def test_the_control_without_the_lock_is_refused_by_the_database(chairs, monkeypatch):
    """Red: without the lock two people take the same number, and the deferred rules of the database say so."""
    meeting, chair = chairs[0]
    together = threading.Barrier(2, timeout=5)
    make_room = ordering.make_room

    def make_room_and_meet(at, position):
        make_room(at, position)
        together.wait()

    monkeypatch.setattr(changes, "lock", lambda pk: Meeting.objects.select_related("community", "area").get(pk=pk))
    monkeypatch.setattr(ordering, "make_room", make_room_and_meet)

    outcomes = in_threads([add(meeting, chair, 1), add(meeting, chair, 2)])

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert broken([meeting]) == 0


def test_moves_and_additions_at_once_leave_no_gap(chairs):
    meeting, chair = chairs[0]
    made = [add(meeting, chair, number)() for number in range(12)]

    def move(item, where):
        return lambda: items.move(item_id=item.pk, where=where, by=chair, now=timezone.now())

    def remove(item):
        return lambda: items.remove(item_id=item.pk, reason="No time", by=chair, now=timezone.now())

    jobs = [move(item, where) for where in ("top", "down", "bottom", "up") for item in made]
    jobs += [remove(item) for item in made[:4]] + [add(meeting, chair, 100 + number) for number in range(10)]

    outcomes = in_threads(jobs)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert broken([meeting]) == 0
    assert meeting.items.exclude(position=None).count() == 18


def test_one_matter_placed_by_many_is_one_item(chairs):
    meeting, chair = chairs[0]
    matter = Proposal("made.up:1", "request", "A matter", "", "Because")

    def place():
        return agenda.place(meeting_id=meeting.pk, proposal=matter, by=chair, now=timezone.now())

    outcomes = in_threads([place] * 16)

    assert {outcome.pk for outcome in outcomes} == {meeting.items.get().pk}


def test_a_day_taken_by_many_is_taken_once(chairs):
    _, chair = chairs[0]
    community = chair.appointments.get().community
    day = MeetingDateFactory(area=community.area, on=timezone.localdate() + timedelta(days=40))

    def plan():
        return planning.plan(
            date_id=day.pk, community_id=community.pk, place="The hall", online_link="", welcome_note="", by=chair,
            now=timezone.now(),
        )  # fmt: skip

    outcomes = in_threads([plan] * 8)

    assert sum(isinstance(outcome, Meeting) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, planning.AlreadyPlanned) for outcome in outcomes) == 7


def test_follow_ups_at_once_remind_once(db):
    for _ in range(20):
        ActionFactory(due_on=timezone.localdate())

    counts = in_threads([lambda: follow_ups.follow_up(now=timezone.now())] * 6)

    assert sum(counts) == 20
    assert ActionReminder.objects.count() == 20
