"""The administrator settles what the service could not: emails nobody can be sure of, and work that was given up."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import Delivery, User
from accounts.services import deliveries
from communities import permissions
from core import audit, outbox
from core.models import OutboxMessage
from core.verdicts import require

ANSWERS: dict[str, Callable[..., Delivery]] = {
    "again": deliveries.send_again,
    "arrived": deliveries.it_arrived,
    "leave": deliveries.leave_it,
}


class NotGivenUp(Exception):
    """The work is not waiting for anybody any more."""

    def __init__(self) -> None:
        super().__init__("Somebody else has had this tried again already.")


def settle_delivery(*, delivery_id: int, answer: str, by: User, now: datetime) -> Delivery:
    """`answer` is again, arrived or leave. Raises deliveries.AlreadySettled."""
    require(permissions.may_administer(by))
    return ANSWERS[answer](delivery_id=delivery_id, by=by, now=now)


@transaction.atomic
def try_again(*, message_id: int, by: User, now: datetime) -> None:
    """Have given-up work tried anew, after the cause was mended. Raises NotGivenUp."""
    require(permissions.may_administer(by))
    message = OutboxMessage.objects.get(pk=message_id)
    if not outbox.unpark(message_id, now=now):
        raise NotGivenUp
    audit.record(action="outbox.tried_again", target=message, by=by, at=now, topic=message.topic)


@transaction.atomic
def try_all_again(*, by: User, now: datetime) -> int:
    """Have everything that was given up tried anew; returns how much that was."""
    require(permissions.may_administer(by))
    messages = list(outbox.parked())
    for message in messages:
        outbox.unpark(message.pk, now=now)
        audit.record(action="outbox.tried_again", target=message, by=by, at=now, topic=message.topic)
    return len(messages)
