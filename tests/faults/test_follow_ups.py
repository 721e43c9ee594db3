"""A real worker follows actions up: runs at the same time remind each owner once, by one e-mail that holds no free text."""

import time

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import Delivery, Notice
from meetings.models import ActionReminder
from tests.factories.meetings import ActionFactory
from tests.faults.smtp_sink import Sink
from tests.faults.workers import Worker, environment

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
ACTIONS, SECONDS = 40, 60


def test_a_worker_reminds_every_owner_once(tmp_path):
    for _ in range(ACTIONS):
        ActionFactory(title="SECRETWORD", due_on=timezone.localdate())
    current_app.control.purge()
    sink = Sink(lambda *_at: None)
    worker = Worker(environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port)), tmp_path / "worker.log")
    try:
        for _ in range(3):  # three beats at the same moment, and two workers' processes to take them
            current_app.send_task("meetings.follow_up_actions")
        _wait_for(lambda: Delivery.objects.filter(state="sent").count() == ACTIONS, worker)
    finally:
        worker.end()
        sink.shutdown()
        sink.server_close()

    assert ActionReminder.objects.count() == ACTIONS
    assert Notice.objects.count() == ACTIONS
    assert Notice.objects.values("person").distinct().count() == ACTIONS
    assert len(sink.received) == ACTIONS
    assert set(sink.received.values()) == {1}
    assert not Notice.objects.filter(subject__contains="SECRETWORD").exists()  # the e-mail holds the subject only


def _wait_for(condition, worker):
    stop = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < stop, worker.log.read_text()[-3000:]
        current_app.send_task("core.drain_outbox")
        time.sleep(0.3)
