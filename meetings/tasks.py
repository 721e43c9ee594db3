"""Tasks are doors too: named, keyword-only, unknown arguments ignored, the clock read here and passed down."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from meetings.services import follow_ups


@shared_task(name="meetings.follow_up_actions", ignore_result=True)
def follow_up_actions(**_kwargs: Any) -> None:
    """Remind the owners of actions, and the chair in the end."""
    follow_ups.follow_up(now=timezone.now())
