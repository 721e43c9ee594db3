"""Promises: written with the change, kept once after commit, parked when nothing helps."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core import outbox
from core.models import OutboxMessage

INSIDE, OUTSIDE = "tests.inside", "tests.outside"


class Handled:
    """What the handlers of these tests were given; `trouble` is raised by them when set."""

    def __init__(self) -> None:
        self.payloads: list[dict] = []
        self.in_transaction: list[bool] = []
        self.trouble: Exception | None = None

    def __call__(self, payload: dict) -> None:
        self.payloads.append(payload)
        self.in_transaction.append(connection.in_atomic_block)
        if self.trouble:
            raise self.trouble


@pytest.fixture
def handled(monkeypatch) -> Handled:
    monkeypatch.setattr(outbox, "HANDLERS", {})
    monkeypatch.setattr(outbox, "OUTSIDE", set())
    handler = Handled()
    outbox.handles(INSIDE)(handler)
    outbox.handles(OUTSIDE, outside=True)(handler)
    return handler


def promised(topic: str = INSIDE, key: str = "1", **payload) -> OutboxMessage:
    with transaction.atomic():
        outbox.promise(topic=topic, key=key, payload=payload)
    return OutboxMessage.objects.get(topic=topic, key=key)


BOTH = pytest.mark.parametrize("topic", [INSIDE, OUTSIDE])


@pytest.mark.django_db
def test_the_same_topic_and_key_are_promised_once():
    promised(key="7", id=7)
    promised(key="7", id=8)
    promised(topic=OUTSIDE, key="7", id=9)

    assert list(OutboxMessage.objects.order_by("pk").values_list("topic", "payload")) == [
        (INSIDE, {"id": 7}),
        (OUTSIDE, {"id": 9}),
    ]


@pytest.mark.django_db
def test_a_promise_without_a_key_is_refused():
    with pytest.raises(ValueError, match="kept twice"):
        promised(key="")


def test_a_topic_has_one_handler(handled):
    with pytest.raises(ValueError, match="already"):
        outbox.handles(INSIDE)(handled)


@pytest.mark.django_db
def test_many_promises_cost_one_query_and_one_call(
    handled, django_assert_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as calls, django_assert_num_queries(2):
        outbox.promise_each(topic=INSIDE, payloads={str(n): {"id": n} for n in range(50)})
        outbox.promise(topic=INSIDE, key="one more", payload={})

    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_promises_nothing(handled):
    _promise_and_roll_back()

    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_savepoint_does_not_swallow_the_call_of_the_rest(handled, monkeypatch):
    calls = []
    monkeypatch.setattr("core.outbox.current_app.send_task", lambda name, **_: calls.append(name))

    with transaction.atomic():
        _promise_and_roll_back()
        outbox.promise(topic=INSIDE, key="2", payload={})

    assert calls == ["core.drain_outbox"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_only_delays(handled, settings, caplog):
    def away(*_args, **_kwargs):
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.outbox.current_app.send_task", away)
        promised(id=1)

    assert outbox.drain(now=timezone.now()) == 1
    assert handled.payloads == [{"id": 1}]


@BOTH
@pytest.mark.django_db(transaction=True)
def test_a_promise_is_kept_once(handled, topic):
    message, now = promised(topic, id=3), timezone.now()

    assert [outbox.keep(message.pk, now=now), outbox.keep(message.pk, now=now)] == [True, False]

    message.refresh_from_db()
    assert handled.payloads == [{"id": 3}]
    assert (message.done_at, message.attempts, message.leased_until) == (now, 1, None)
    assert handled.in_transaction == [topic == INSIDE]


@BOTH
@pytest.mark.django_db(transaction=True)
def test_a_failure_waits_longer_each_time_and_then_parks(handled, topic):
    handled.trouble = RuntimeError("no paper")
    message, now, waits = promised(topic), timezone.now(), []

    for _ in range(outbox.MOST_ATTEMPTS):
        assert outbox.keep(message.pk, now=now) is False
        message.refresh_from_db()
        waits.append((message.due_at - now).total_seconds())

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert (message.attempts, message.parked_at, message.error) == (8, now, "RuntimeError('no paper')")
    assert list(outbox.parked()) == [message]
    assert outbox.keep(message.pk, now=now) is False
    assert len(handled.payloads) == 8


@pytest.mark.django_db(transaction=True)
def test_what_a_failed_handler_wrote_is_taken_back(handled, monkeypatch):
    def writes_and_fails(payload):
        OutboxMessage.objects.create(topic="left", key="behind")
        raise RuntimeError

    monkeypatch.setitem(outbox.HANDLERS, INSIDE, writes_and_fails)

    outbox.keep(promised().pk, now=timezone.now())

    assert not OutboxMessage.objects.filter(topic="left").exists()


@BOTH
@pytest.mark.django_db(transaction=True)
def test_not_yet_is_not_a_failure(handled, topic):
    handled.trouble = outbox.NotYet("the server sleeps", after=timedelta(minutes=2))
    message, now = promised(topic), timezone.now()

    for _ in range(20):
        outbox.keep(message.pk, now=now)

    message.refresh_from_db()
    assert (message.attempts, message.parked_at, message.due_at) == (0, None, now + timedelta(minutes=2))
    assert outbox.drain(now=now) == 0


@pytest.mark.django_db(transaction=True)
def test_unparking_gives_a_fresh_start(handled):
    message, now = promised(), timezone.now()
    OutboxMessage.objects.filter(pk=message.pk).update(parked_at=now, attempts=8, error="broken")

    assert outbox.unpark(message.pk, now=now) is True
    assert outbox.unpark(message.pk, now=now) is False

    assert outbox.drain(now=now) == 1
    message.refresh_from_db()
    assert (message.parked_at, message.attempts, message.error) == (None, 1, "")


@pytest.mark.django_db(transaction=True)
def test_draining_keeps_what_is_due_oldest_first(handled):
    now = timezone.now()
    for key, wait in (("late", 2), ("early", -5), ("middle", -2)):
        with transaction.atomic():
            outbox.promise(topic=INSIDE, key=key, payload={"key": key}, due_at=now + timedelta(minutes=wait))

    assert outbox.drain(now=now) == 2
    assert handled.payloads == [{"key": "early"}, {"key": "middle"}]
    assert outbox.drain(now=now + timedelta(minutes=3)) == 1


@pytest.mark.django_db(transaction=True)
def test_draining_leaves_the_rest_when_patience_ends(handled, monkeypatch):
    calls = []
    for key in "abc":
        promised(key=key)
    monkeypatch.setattr("core.outbox.current_app.send_task", lambda name, **_: calls.append(name))

    assert outbox.drain(now=timezone.now(), patience=-1) == 0
    assert calls == ["core.drain_outbox"]


@pytest.mark.django_db(transaction=True)
def test_a_promise_in_another_workers_hands_is_left_alone(handled):
    message = promised()
    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=message.pk)
        found = _in_a_thread(lambda: outbox.keep(message.pk, now=timezone.now()))

    assert (found, handled.payloads) == (False, [])


@BOTH
@pytest.mark.django_db(transaction=True)
def test_a_dead_workers_promise_is_taken_up_when_its_lease_runs_out(handled, topic, time_machine):
    message, now = promised(topic), timezone.now()
    assert outbox._lease(message.pk, now=now) is not None  # the worker dies here

    assert outbox.drain(now=now) == 0
    time_machine.move_to(now + outbox.LEASE + timedelta(seconds=1))

    assert outbox.drain(now=now) == 1
    message.refresh_from_db()
    assert (message.attempts, len(handled.payloads)) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_promise_that_kills_every_worker_is_parked(handled, time_machine):
    message, now = promised(), timezone.now()
    for attempt in range(1, outbox.MOST_ATTEMPTS + 1):
        assert outbox._lease(message.pk, now=now) is not None
        time_machine.move_to(now + attempt * (outbox.LEASE + timedelta(seconds=1)))

    assert outbox.keep(message.pk, now=now) is False

    assert outbox.parked().get().error == "The worker stopped each time it tried this."
    assert handled.payloads == []


@BOTH
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_took_too_long_does_not_undo_the_other_ones_work(handled, topic):
    message, now = promised(topic), timezone.now()
    slow = outbox._lease(message.pk, now=now)
    OutboxMessage.objects.filter(pk=message.pk).update(leased_until=None)
    assert outbox.keep(message.pk, now=now) is True
    handled.trouble = RuntimeError("slow and wrong")

    keep = outbox._keep_inside if topic == INSIDE else outbox._keep_outside
    assert keep(slow, now) is False

    message.refresh_from_db()
    assert (message.done_at, message.error) == (now, "")


def _promise_and_roll_back() -> None:
    with transaction.atomic():
        outbox.promise(topic=INSIDE, key="1", payload={})
        transaction.set_rollback(True)


def _in_a_thread(work):
    found = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    return found[0]
