"""Promise inside, keep outside: side effects are rows written with the change and kept after commit."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import QuerySet
from kombu.exceptions import OperationalError

from core.models import OutboxMessage

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Register the one handler of a topic. It loads by id, does one thing and may run twice."""

    def register(handler: Handler) -> Handler:
        if topic in HANDLERS:
            raise ValueError(f"{topic} has a handler already")
        HANDLERS[topic] = handler
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
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    """Tell a worker to look now. A broker that is away only delays: beat drains every minute."""
    try:
        current_app.send_task("core.drain_outbox", retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("outbox wake-up not sent: %s", type(error).__name__)


def open_messages(now: datetime) -> "QuerySet[OutboxMessage]":
    """Promises that are due and neither kept nor parked, oldest first."""
    return OutboxMessage.objects.filter(done_at=None, parked_at=None, due_at__lte=now).order_by("due_at", "pk")


def parked() -> "QuerySet[OutboxMessage]":
    """Promises given up, waiting for a person."""
    return OutboxMessage.objects.exclude(parked_at=None).order_by("parked_at")


def drain(*, now: datetime, limit: int = 500) -> int:
    """Keep what is due; returns how many were kept."""
    pks = list(open_messages(now).values_list("pk", flat=True)[:limit])
    return sum(keep(pk, now=now) for pk in pks)


@transaction.atomic(durable=True)
def keep(pk: int, *, now: datetime) -> bool:
    """Keep one promise; another worker's promise is left alone. A failure waits longer each time, then parks."""
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True).filter(pk=pk, done_at=None, parked_at=None).first()
    )
    if message is None:
        return False
    try:
        with transaction.atomic():
            HANDLERS[message.topic](message.payload)
    except Exception as error:  # noqa: BLE001 -- any failure means "try again later"
        _put_off(message, error, now)
    else:
        message.done_at = now
    message.save()
    return message.done_at is not None


def _put_off(message: OutboxMessage, error: Exception, now: datetime) -> None:
    log.warning("promise %s not kept: %s", message.pk, type(error).__name__)
    message.attempts += 1
    message.error = repr(error)[:300]
    message.due_at = now + timedelta(seconds=2**message.attempts)
    if message.attempts >= MOST_ATTEMPTS:
        message.parked_at = now


@transaction.atomic
def unpark(pk: int, *, now: datetime) -> None:
    """Give a parked promise a fresh start, after a person has mended the cause."""
    OutboxMessage.objects.filter(pk=pk).exclude(parked_at=None).update(parked_at=None, attempts=0, error="", due_at=now)
    transaction.on_commit(_wake, robust=True)
