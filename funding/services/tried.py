"""Support entries of a request, while it is being written. The entries themselves are provision's."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from funding.services import life, sections
from provision.models import SupportEntry
from provision.services import support


@transaction.atomic
def add(*, request_id: int, by: User, now: datetime, **entry: Any) -> SupportEntry:
    """Record something that was tried; `entry` is what provision's service takes. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "tried", seen=None, by=by, now=now)
    return support.record(school_id=request.school_id, request_reference=request.reference, by=by, now=now, **entry)


@transaction.atomic
def change(*, request_id: int, entry_id: int, by: User, now: datetime, **entry: Any) -> SupportEntry:
    """Put an entry of this request right. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "tried", seen=None, by=by, now=now)
    return support.change(entry_id=entry_id, of_request=request.reference, by=by, now=now, **entry)


@transaction.atomic
def remove(*, request_id: int, entry_id: int, by: User, now: datetime) -> None:
    """Take an entry of this request away. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "tried", seen=None, by=by, now=now)
    support.remove(entry_id=entry_id, of_request=request.reference, by=by, now=now)


@transaction.atomic
def attach(*, request_id: int, entry_ids: list[int], by: User, now: datetime) -> int:
    """Let support recorded before stand with this request. Returns how many entries. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "tried", seen=None, by=by, now=now)
    return support.attach(entry_ids=entry_ids, reference=request.reference, school_id=request.school_id, by=by, now=now)


@transaction.atomic
def say_nothing_tried(*, request_id: int, why: str, by: User, now: datetime) -> None:
    """Why nothing was tried before; empty takes the reason away. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "tried", seen=None, by=by, now=now)
    request.nothing_tried = why
    request.save(update_fields=["nothing_tried"])
