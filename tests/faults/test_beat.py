"""A real beat and a real worker: what falls due is done, and done once, however often beat asks for it."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import Delivery, Notice
from core import audit
from core.models import AuditEntry
from dashboards.models import BoardDigest
from dashboards.queries.digest import last_full_week
from meetings.models import ActionReminder
from scripts.processes import wait_until
from tests.actors import BOARD, OTHER_BOARD, cast
from tests.factories.dashboards import BoardDigestFactory
from tests.factories.meetings import ActionFactory
from tests.faults.smtp_sink import Sink
from tests.faults.workers import Beat, Worker, environment
from tests.world import build_world

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
BEATS, SECONDS = 4, 30


def test_beat_has_each_digest_made_once_and_all_else_done(tmp_path, record_figures):
    world = build_world()
    actors = cast(world)
    weald, coast = actors[BOARD].user, actors[OTHER_BOARD].user
    newest = last_full_week(timezone.localdate())
    BoardDigestFactory(area=world.weald, week_starts_on=newest - timedelta(weeks=2))  # beat was away for two Mondays
    action = ActionFactory(community=world.north, due_on=timezone.localdate())
    current_app.control.purge()
    sink = Sink(lambda *_at: None)
    env = environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port), BEAT_SECONDS="0.5")
    worker, beat = Worker(env, tmp_path / "worker.log"), Beat(env, tmp_path)
    try:
        done = wait_until(lambda: _all_is_done() and beat.sent("board-digests") >= BEATS, seconds=SECONDS, every=0.2)
        assert done, beat.log.read_text()[-2000:] + worker.log.read_text()[-2000:]
    finally:
        beat.end()
        worker.end()
        sink.shutdown()
        sink.server_close()

    weeks = list(BoardDigest.objects.filter(area=world.weald).values_list("week_starts_on", flat=True))
    record_figures(asked_for_digests=beat.sent("board-digests"), digests=len(weeks))
    assert weeks == [newest, newest - timedelta(weeks=1), newest - timedelta(weeks=2)]
    assert list(BoardDigest.objects.filter(area=world.coast).values_list("week_starts_on", flat=True)) == [newest]
    assert Notice.objects.filter(person=weald, key__startswith=f"digest:{world.weald.pk}:").count() == 2
    assert ActionReminder.objects.filter(action=action).count() == 1
    assert sink.received == {weald.email: 2, coast.email: 1, action.owner.email: 1}
    assert audit.verify() is None


def _all_is_done() -> bool:
    """Digests made and reminders sent (four letters in all), every act sealed: one of each line of the timetable."""
    sent = Delivery.objects.filter(state="sent").count() == 4
    return sent and not AuditEntry.objects.filter(seal=None).exists()
