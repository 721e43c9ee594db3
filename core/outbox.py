"""Promise inside, keep outside: side effects are rows written with the change and kept after commit."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.models import OutboxMessage

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}
OUTSIDE: set[str] = set()


class NotYet(Exception):
    """A handler may raise this: nothing is wrong with the promise, look again `after` that long. Not counted as a try."""

    def __init__(self, why: str, *, after: timedelta) -> None:
        super().__init__(why)
        self.after = after


def handles(topic: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Register the one handler of a topic. It loads by id, does one thing and may run twice.

    Its effect and the mark that it is done are one transaction. A handler that must commit in between (claim, speak to
    another machine, note the answer) is `outside`: it runs in no transaction and opens its own.
    """

    def register(handler: Handler) -> Handler:
        if topic in HANDLERS:
            raise ValueError(f"{topic} has a handler already")
        HANDLERS[topic] = handler
        if outside:
            OUTSIDE.add(topic)
        return handler

    return register


def promise(*, topic: str, key: str, payload: dict[str, Any], due_at: datetime | None = None) -> None:
    """Write the promise in the caller's transaction; the same topic and key are promised once.

    `payload` holds ids only, never a name or a text. `due_at` None means as soon as possible.
    """
    promise_each(topic=topic, payloads={key: payload}, due_at=due_at)


def promise_each(
    *,
    topic: str,
    payloads: dict[str, dict[str, Any]],
    due_at: datetime | None = None,
) -> None:
    """Many promises of one topic at once, by key, for the price of one query."""
    if not all(payloads):
        raise ValueError("A promise without a key could be kept twice")
    moment = {} if due_at is None else {"due_at": due_at}
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(topic=topic, key=key, payload=payload, **moment) for key, payload in payloads.items()],
        ignore_conflicts=True,
    )
    _wake_on_commit()


def _wake_on_commit() -> None:
    """Once a transaction, however many promises it holds."""
    if not any(func is _wake for _, func, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """Tell a worker to look now. A broker that is away only delays: beat drains every minute."""
    try:
        current_app.send_task("core.drain_outbox", retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("outbox wake-up not sent: %s", type(error).__name__)


def open_messages(now: datetime) -> "QuerySet[OutboxMessage]":
    """Promises that are due, in nobody's hands and neither kept nor parked, oldest first."""
    return _free(OutboxMessage.objects.filter(due_at__lte=now)).order_by("due_at", "pk")


def parked() -> "QuerySet[OutboxMessage]":
    """Promises given up, waiting for a person."""
    return OutboxMessage.objects.exclude(parked_at=None).order_by("parked_at", "pk")


def drain(*, now: datetime, limit: int = 500, patience: float = 60) -> int:
    """Keep what is due; returns how many were kept. After `patience` seconds the rest is left to the next call."""
    stop = time.monotonic() + patience
    kept = 0
    for pk in open_messages(now).values_list("pk", flat=True)[:limit]:
        if time.monotonic() > stop:
            _wake()
            break
        kept += keep(pk, now=now)
    return kept


def keep(pk: int, *, now: datetime) -> bool:
    """Keep one promise; another worker's promise is left alone. A failure waits longer each time, then parks.

    The try is counted before it begins, so that a promise which kills its worker is parked too.
    """
    message = _lease(pk, now=now)
    if message is None:
        return False
    return _keep_outside(message, now) if message.topic in OUTSIDE else _keep_inside(message, now)


def _free(messages: "QuerySet[OutboxMessage]") -> "QuerySet[OutboxMessage]":
    """A lease is between processes: it is measured by the clock on the wall, not by the caller's `now`."""
    return messages.filter(Q(leased_until=None) | Q(leased_until__lte=timezone.now()), done_at=None, parked_at=None)


@transaction.atomic(durable=True)
def _lease(pk: int, *, now: datetime) -> OutboxMessage | None:
    message = _free(OutboxMessage.objects.select_for_update(skip_locked=True).filter(pk=pk)).first()
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:  # every worker that tried has died
        message.parked_at, message.error = now, message.error or "The worker stopped each time it tried this."
        message.save(update_fields=["parked_at", "error"])
        return None
    message.attempts += 1
    message.leased_until = timezone.now() + LEASE
    message.save(update_fields=["attempts", "leased_until"])
    return message


@transaction.atomic(durable=True)
def _keep_inside(message: OutboxMessage, now: datetime) -> bool:
    held = _still_ours(message)
    if held is None:
        return False
    error = None
    try:
        with transaction.atomic():
            HANDLERS[held.topic](held.payload)
    except Exception as failure:  # noqa: BLE001 -- any failure means "try again later"
        error = failure
    return _settle(held, error, now)


def _keep_outside(message: OutboxMessage, now: datetime) -> bool:
    error = None
    try:
        HANDLERS[message.topic](message.payload)
    except Exception as failure:  # noqa: BLE001 -- any failure means "try again later"
        error = failure
    with transaction.atomic(durable=True):
        held = _still_ours(message)
        return held is not None and _settle(held, error, now)


def _still_ours(message: OutboxMessage) -> OutboxMessage | None:
    """None when we took so long that another worker has it now, or has it done."""
    ours = OutboxMessage.objects.select_for_update().filter(
        pk=message.pk, leased_until=message.leased_until, done_at=None, parked_at=None
    )
    return ours.first()


def _settle(message: OutboxMessage, error: Exception | None, now: datetime) -> bool:
    message.leased_until = None
    if error is None:
        message.done_at = now
    else:
        _put_off(message, error, now)
    message.save()
    return error is None


def _put_off(message: OutboxMessage, error: Exception, now: datetime) -> None:
    message.error = repr(error)[:300]
    if isinstance(error, NotYet):
        message.attempts -= 1
        message.due_at = now + error.after
        return
    log.warning("promise %s not kept: %s", message.pk, type(error).__name__)
    message.due_at = now + timedelta(seconds=2**message.attempts)
    if message.attempts >= MOST_ATTEMPTS:
        message.parked_at = now


@transaction.atomic
def unpark(pk: int, *, now: datetime) -> bool:
    """Give a parked promise a fresh start, after a person has mended the cause. False when it was not parked."""
    found = OutboxMessage.objects.filter(pk=pk).exclude(parked_at=None)
    _wake_on_commit()
    return bool(found.update(parked_at=None, attempts=0, leased_until=None, error="", due_at=now))
