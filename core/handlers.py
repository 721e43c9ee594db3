"""What the ground floor promised after commit."""

from typing import Any

from django.utils import timezone

from core import outbox
from core.imports import services, working


@outbox.handles(services.READ, outside=True)
def read_import(payload: dict[str, Any]) -> None:
    """Read an uploaded file and keep its preview; a second run finds it read and does nothing."""
    working.read(payload["run"])


@outbox.handles(services.APPLY, outside=True)
def apply_import(payload: dict[str, Any]) -> None:
    """Load a confirmed file; a second run finds it loaded and does nothing."""
    working.apply(payload["run"], now=timezone.now())
