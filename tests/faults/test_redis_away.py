"""Redis is killed again and again: what was promised is kept, and those who call and those who hear find it again."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from celery import Celery, current_app
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import Delivery
from accounts.services.notices import notify
from tests.factories.accounts import UserFactory
from tests.faults.redis_on_and_off import Redis
from tests.faults.smtp_sink import Sink
from tests.faults.workers import Worker, environment

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
TIMES, PEOPLE = 6, 20


@pytest.fixture
def redis():
    """A Redis of our own, and the product's calls go there; other tests call where they always did."""
    redis, usual = Redis(), current_app._get_current_object()
    redis.start()
    ours = Celery(set_as_current=False)
    ours.config_from_object("django.conf:settings", namespace="CELERY")
    ours.conf.broker_url = redis.url
    ours.set_current()
    try:
        yield redis
    finally:
        usual.set_current()
        ours.close()
        redis.kill()


def test_nothing_is_lost_while_redis_is_away_and_everybody_finds_it_again(tmp_path, redis, record_figures):
    sink = Sink(lambda *_: None)
    people, waits = UserFactory.create_batch(PEOPLE), []
    env = environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port), REDIS_URL=redis.url, OUTBOX_LEASE_SECONDS="5")
    worker = Worker(env, tmp_path / "worker.log")
    try:
        for number in range(TIMES):
            redis.kill()
            notify(people, subject="Digest", text="", link="/", key=f"away:{number}", now=timezone.now())
            redis.start()
            waits.append(_wait_until_all_is_sent(_beat, worker, expected=PEOPLE * (number + 1)))
        notify(people, subject="Digest", text="", link="/", key="back", now=timezone.now())
        woken = _wait_until_all_is_sent(_nobody_beats, worker, expected=PEOPLE * (TIMES + 1))
    finally:
        worker.end()
        sink.shutdown()
        sink.server_close()

    record_figures(
        outages=TIMES, people=PEOPLE, seconds_until_sent=waits, seconds_once_back=woken, worker_starts=worker.starts
    )
    assert set(sink.received.values()) == {TIMES + 1}
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert max(waits) <= 60


def _beat() -> None:
    """Twice a second here, once a minute in production."""
    with suppress(OperationalError, OSError):
        current_app.send_task("core.drain_outbox", retry=False)


def _nobody_beats() -> None:
    """The call of the one who promised is enough."""


def _wait_until_all_is_sent(beat: Callable[[], None], worker: Worker, *, expected: int) -> float:
    """The seconds it took."""
    started = time.monotonic()
    while Delivery.objects.filter(state="sent").count() < expected:
        assert time.monotonic() - started < 90, worker.log.read_text()[-3000:]
        if worker.is_dead():  # kombu may give up on a channel that closes while Redis goes: the supervisor starts anew
            worker.restart()
        beat()
        time.sleep(0.5)
    return round(time.monotonic() - started, 1)
