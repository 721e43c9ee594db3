"""What accounts promised after commit."""

from typing import Any

from django.utils import timezone

from accounts.services import deliveries
from accounts.services.notices import TOPIC
from core import outbox


@outbox.handles(TOPIC, outside=True)
def deliver(payload: dict[str, Any]) -> None:
    """Send the email of one notice; a second run finds it sent and does nothing."""
    deliveries.deliver(delivery_id=payload["id"], now=timezone.now())
