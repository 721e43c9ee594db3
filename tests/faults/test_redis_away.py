"""Redis is killed again and again: what was promised is kept, and the worker hears again by itself."""

import json
import time
from contextlib import suppress

import pytest
from celery import Celery
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


def test_nothing_is_lost_while_redis_is_away_and_the_worker_hears_again(tmp_path):
    redis, sink = Redis(), Sink(lambda *_: None)
    people, waits = UserFactory.create_batch(PEOPLE), []
    redis.start()
    beat = Celery(broker=redis.url, broker_transport_options={"socket_connect_timeout": 1})
    env = environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port), REDIS_URL=redis.url, OUTBOX_LEASE_SECONDS="5")
    worker = Worker(env, tmp_path / "worker.log")
    try:
        for number in range(TIMES):
            redis.kill()
            notify(people, subject="Digest", text="", link="/", key=f"away:{number}", now=timezone.now())
            redis.start()
            waits.append(_wait_until_all_is_sent(beat, worker, expected=PEOPLE * (number + 1)))
    finally:
        worker.end()
        redis.kill()
        sink.shutdown()
        sink.server_close()

    figures = {"outages": TIMES, "people": PEOPLE, "seconds_until_sent": waits, "worker_starts": worker.starts}
    print(json.dumps({"redis_away": figures}))  # noqa: T201
    assert set(sink.received.values()) == {TIMES}
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert max(waits) <= 60


def _wait_until_all_is_sent(beat: Celery, worker: Worker, *, expected: int) -> float:
    """Beat calls twice a second here, once a minute in production; the seconds it took."""
    started = time.monotonic()
    while Delivery.objects.filter(state="sent").count() < expected:
        assert time.monotonic() - started < 90, worker.log.read_text()[-3000:]
        if (
            worker.is_dead()
        ):  # kombu may give up on a channel that closes while Redis goes; the supervisor starts it anew
            worker.restart()
        with suppress(OperationalError, OSError):
            beat.send_task("core.drain_outbox", retry=False)
        time.sleep(0.5)
    return round(time.monotonic() - started, 1)
