"""Workers are killed while they send: nobody is written to twice, and nobody is left out without being listed."""

import threading
import time

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import Delivery
from accounts.queries import deliveries
from accounts.services.notices import notify
from core.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.faults.smtp_sink import STEPS, Sink
from tests.faults.workers import Worker, environment

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
LEASE = 4


class Killer:
    """Kills once for `every` connections, at each step of the talk in turn; each `whole`-th kill takes the whole worker."""

    def __init__(self, *, every: float, most: int, steps: tuple[str, ...] = STEPS, whole: int = 10) -> None:
        self.every, self.most, self.steps, self.whole = every, most, steps, whole
        self.kills, self.worker = 0, None
        self.lock = threading.Lock()

    def __call__(self, number: int, step: str, port: int) -> None:
        with self.lock:
            due = self.kills < min(number / self.every, self.most)
            if not due or step != self.steps[self.kills % len(self.steps)]:
                return
            self.kills += 1
            if self.kills % self.whole == 0:
                self.worker.kill()
            else:
                self.worker.kill_the_one_on_port(port)


def run(tmp_path, *, people: int, killer: Killer, seconds: int, **env: str) -> tuple[Sink, Killer]:
    """Tell `people` people something while workers are killed; ends when no promise is open any more."""
    sink = Sink(killer)
    told = UserFactory.create_batch(people)
    current_app.control.purge()
    killer.worker = Worker(
        environment(EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(sink.port), OUTBOX_LEASE_SECONDS=str(LEASE), **env),
        tmp_path / "worker.log",
    )
    try:
        notify(told, subject="Digest", text="", link="/board/", key="digest:1", now=timezone.now())
        _beat_until_all_is_settled(killer.worker, seconds)
    finally:
        killer.worker.end()
        sink.shutdown()
        sink.server_close()
    return sink, killer


def _beat_until_all_is_settled(worker: Worker, seconds: int) -> None:
    stop = time.monotonic() + seconds
    while OutboxMessage.objects.filter(done_at=None).exists():
        assert time.monotonic() < stop, worker.log.read_text()[-3000:]
        if worker.is_dead():
            worker.restart()
        current_app.send_task("core.drain_outbox")
        time.sleep(0.3)


def test_nobody_is_written_to_twice_and_nobody_is_lost_silently(tmp_path, record_figures):
    started = time.monotonic()

    sink, killer = run(tmp_path, people=300, killer=Killer(every=2.8, most=100), seconds=220)

    by_state = {state: set() for state in Delivery.State.values}
    for email, state in Delivery.objects.values_list("notice__person__email", "state"):
        by_state[state].add(email)
    listed = {delivery.notice.person.email for delivery in deliveries.needing_a_person()}
    figures = {
        "people": 300,
        "kills": killer.kills,
        "worker_starts": killer.worker.starts,
        "received_once": sum(count == 1 for count in sink.received.values()),
        "received_twice": sum(count > 1 for count in sink.received.values()),
        "sent": len(by_state["sent"]),
        "uncertain": len(by_state["uncertain"]),
        "uncertain_but_arrived": len(by_state["uncertain"] & sink.received.keys()),
        "seconds": round(time.monotonic() - started),
    }
    record_figures(**figures)
    assert figures["received_twice"] == 0
    assert killer.kills == 100
    assert by_state["sent"] <= sink.received.keys()
    assert by_state["sent"] | listed == set(Delivery.objects.values_list("notice__person__email", flat=True))
    assert listed == by_state["uncertain"]
    assert 0 < len(listed) <= killer.kills + killer.worker.starts  # killing a whole worker stops two that send


def test_noting_it_only_after_sending_would_write_twice(tmp_path, record_figures):
    killer = Killer(every=2, most=20, steps=("taken",), whole=100)

    sink, _ = run(tmp_path, people=40, killer=killer, seconds=100, CARELESS="1")

    twice = sum(count > 1 for count in sink.received.values())
    record_figures(people=40, kills=killer.kills, received_twice=twice)
    assert twice > 0
