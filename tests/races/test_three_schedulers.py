"""Three schedulers run the same weeks at the same time: one digest a week, one notice a member."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from accounts.models import Notice
from dashboards.models import BoardDigest
from dashboards.services import digests
from tests.actors import cast
from tests.world import build_world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WEEKS = [date(2026, 6, 1) + timedelta(weeks=number) for number in range(20)]
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def _three(area_id: int) -> Counter:
    made: Counter = Counter()
    start = threading.Barrier(3)

    def beat() -> None:
        start.wait()
        for week in WEEKS:
            try:
                made[("made", digests.make(area_id=area_id, week_starts_on=week, now=NOW))] += 1
            except IntegrityError:
                made[("collided", True)] += 1
        connection.close()

    beats = [threading.Thread(target=beat) for _ in range(3)]
    for thread in beats:
        thread.start()
    for thread in beats:
        thread.join()
    return made


def test_three_schedulers_make_one_digest_a_week(record_figures):
    world = build_world()
    cast(world)

    made = _three(world.weald.pk)

    kept = BoardDigest.objects.filter(area=world.weald).count()
    record_figures(schedulers=3, periods=len(WEEKS), digests=kept, found_made=made[("made", False)])
    assert made == {("made", True): 20, ("made", False): 40}
    assert kept == 20
    assert Notice.objects.filter(key__startswith=f"digest:{world.weald.pk}:").count() == 20


def test_control_without_the_lock_the_schedulers_collide(monkeypatch):
    """The lock removed: the unique week still saves the record, but schedulers fail instead of finding it taken."""
    world = build_world()
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_kwargs: self)

    made = sum((_three(world.weald.pk) for _ in range(1)), Counter())

    assert made[("collided", True)] > 0
