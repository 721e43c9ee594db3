"""The board's digest, on Monday morning; later mornings make up for one that was missed."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from dashboards.services import digests


@shared_task(name="dashboards.board_digests", ignore_result=True)
def board_digests(**_kwargs: Any) -> None:
    """Make what is due, weeks that were left out too. Weeks are named by the day in London: a double run changes nothing."""
    digests.make_due(today=timezone.localdate(), now=timezone.now())
