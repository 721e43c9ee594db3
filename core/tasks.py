"""Tasks are doors too: named, keyword-only, unknown arguments ignored so that old workers can meet new messages."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from core import audit, outbox


@shared_task(name="core.drain_outbox", ignore_result=True)
def drain_outbox(**_kwargs: Any) -> None:
    """Keep the promises that are due."""
    outbox.drain(now=timezone.now())


@shared_task(name="core.seal_audit", ignore_result=True)
def seal_audit(**_kwargs: Any) -> None:
    """Chain the newest audit entries."""
    audit.seal()
