"""The board's digest, every Monday morning."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from dashboards.services import digests


@shared_task(name="dashboards.board_digests", ignore_result=True)
def board_digests(**_kwargs: Any) -> None:
    """Make what is due. The week is named by the day in London, so a late or a double run changes nothing."""
    digests.make_due(today=timezone.localdate(), now=timezone.now())
