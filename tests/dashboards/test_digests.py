"""The board hears of each week once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from core.models import AuditEntry
from dashboards.models import BoardDigest
from dashboards.queries.digest import facts_of, last_full_week, week_of, weeks_due
from dashboards.services import digests
from dashboards.tasks import board_digests
from meetings.models import Action
from tests.actors import BOARD, CHAIR
from tests.factories.dashboards import BoardDigestFactory
from tests.factories.meetings import ActionFactory, MeetingDateFactory

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def test_the_last_full_week_is_the_one_before_this(world):
    assert last_full_week(date(2026, 11, 23)) == MONDAY
    assert last_full_week(date(2026, 11, 29)) == MONDAY


@pytest.mark.parametrize(("monday", "hours"), [(date(2026, 10, 19), 169), (date(2027, 3, 22), 167), (MONDAY, 168)])
def test_a_week_is_a_week_in_london_when_the_clocks_change_too(monday, hours):
    first, last = week_of(monday)

    assert (last.astimezone(UTC) - first.astimezone(UTC)) == timedelta(hours=hours)


def test_the_digest_is_made_once_and_the_board_told_once(world, actors):
    assert [digests.make(area_id=world.weald.pk, week_starts_on=MONDAY, now=NOW) for _ in range(3)] == [
        True,
        False,
        False,
    ]

    told = Notice.objects.filter(key=f"digest:{world.weald.pk}:{MONDAY}")
    assert list(told.values_list("person__email", flat=True)) == [actors[BOARD].user.email]
    assert AuditEntry.objects.filter(action="dashboards.digest_made").count() == 1


def test_every_area_has_its_own_digest(world, actors, time_machine):
    time_machine.move_to(NOW)

    board_digests(something_new="from a newer scheduler")

    assert set(BoardDigest.objects.values_list("area__slug", "week_starts_on")) == {
        ("weald", MONDAY),
        ("coast", MONDAY),
    }


def _weeks(area) -> list[date]:
    return list(
        BoardDigest.objects.filter(area=area).order_by("week_starts_on").values_list("week_starts_on", flat=True)
    )


def test_weeks_that_were_left_out_are_made_up_for_one_digest_each(world):
    BoardDigestFactory(area=world.weald, week_starts_on=MONDAY - timedelta(weeks=3))

    assert digests.make_due(today=NOW.date(), now=NOW) == 3 + 1  # the coast has its first
    assert digests.make_due(today=NOW.date(), now=NOW) == 0

    assert _weeks(world.weald) == [MONDAY - timedelta(weeks=number) for number in (3, 2, 1, 0)]
    assert _weeks(world.coast) == [MONDAY]


def test_no_more_than_eight_weeks_are_made_up_for(world):
    BoardDigestFactory(area=world.weald, week_starts_on=MONDAY - timedelta(weeks=30))

    digests.make_due(today=NOW.date(), now=NOW)

    assert _weeks(world.weald)[1:] == [MONDAY - timedelta(weeks=number) for number in range(7, -1, -1)]


def test_a_week_that_is_not_over_is_not_due(world):
    BoardDigestFactory(area=world.weald, week_starts_on=MONDAY)

    assert weeks_due(world.weald, MONDAY + timedelta(days=13)) == []
    assert weeks_due(world.weald, MONDAY + timedelta(days=14)) == [MONDAY + timedelta(days=7)]


def test_a_digest_of_a_later_week_leaves_nothing_due(world):
    BoardDigestFactory(area=world.weald, week_starts_on=MONDAY + timedelta(weeks=2))

    assert weeks_due(world.weald, NOW.date()) == []


def test_reported_actions_and_missed_meetings_are_in_it(world, actors):
    ActionFactory(
        community=world.north, owner=actors[CHAIR].user, title="Ask the county about transport", report_to_board=True,
        report_because="Only the county can", reported_at=datetime(2026, 11, 17, 12, tzinfo=UTC),
    )  # fmt: skip
    ActionFactory(community=world.north, owner=actors[CHAIR].user, title="Not for the board")
    MeetingDateFactory(area=world.weald, on=date(2026, 11, 18))

    facts = facts_of(world.weald, MONDAY)

    assert [(one["title"], one["community"], one["because"]) for one in facts["actions"]] == [
        ("Ask the county about transport", "North", "Only the county can")
    ]
    assert facts["missed"] == [{"community": "North", "dates": "18 November"}]


def test_a_digest_never_changes_after_it_was_made(world):
    digest = BoardDigestFactory(area=world.weald)

    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        BoardDigest.objects.filter(pk=digest.pk).update(facts={})


def test_the_database_knows_one_digest_a_week(world):
    BoardDigestFactory(area=world.weald)

    with pytest.raises(IntegrityError, match="one_digest_an_area_and_week"), transaction.atomic():
        BoardDigestFactory(area=world.weald)


def test_the_board_reads_it_and_the_reading_is_noted(world, actors):
    Action.objects.all().delete()
    digests.make(area_id=world.weald.pk, week_starts_on=MONDAY, now=NOW)

    answer = actors[BOARD].client.get(reverse("dashboards:digest", kwargs={"area": "weald", "week": MONDAY}))

    assert "Digest, Monday 16 November 2026 to Sunday 22 November 2026" in answer.content.decode()
    assert AuditEntry.objects.filter(action="read.viewed", target_type="dashboards.boarddigest").count() == 1
