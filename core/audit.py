"""Record acts, seal them into a chain, and verify the chain."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from core.models import AuditEntry, AuditSeal

SEAL_LOCK = 7_202_611
GENESIS = "0" * 64

# The role the person of this request is acting in ("Chair, Ashford North"), set by middleware and empty elsewhere.
acting_as: ContextVar[str] = ContextVar("acting_as", default="")


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain first fails, and why."""

    entry_id: int
    why: str


def record(
    *,
    action: str,
    target: models.Model,
    by: models.Model | None,
    at: datetime | None = None,
    **details: Any,
) -> AuditEntry:
    """Write one act in the caller's transaction. `details` must be JSON-ready and hold no personal data of pupils.

    `by` is None when the service itself acted (a follow-up, a digest). `at` is now unless given.
    """
    entry = AuditEntry(
        at=at or timezone.now(),
        by_id=by.pk if by is not None else None,
        acting_as=acting_as.get(),
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        details=details,
    )
    entry.mac = _mac(entry)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def seal(*, limit: int = 5_000) -> int:
    """Chain the committed entries that have no seal yet, oldest first. Returns how many. One sealer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    last = AuditSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, GENESIS)
    seals = []
    for entry in AuditEntry.objects.filter(seal=None).order_by("pk")[:limit]:
        position, previous = position + 1, _link(previous, entry)
        seals.append(AuditSeal(position=position, entry=entry, hash=previous))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def head() -> str:
    """The hash of the newest seal, to be kept somewhere else each day."""
    last = AuditSeal.objects.order_by("-position").first()
    return last.hash if last else GENESIS


def verify(*, expected_head: str | None = None) -> Broken | None:
    """Walk the whole chain; None when it is whole, otherwise the first bad row.

    With `expected_head` (kept elsewhere) a chain that was cut short or replaced by an older backup is found too.
    """
    previous, seen_head = GENESIS, expected_head in (None, GENESIS)
    seals = AuditSeal.objects.select_related("entry").order_by("position").iterator(chunk_size=2_000)
    for position, seal_row in enumerate(seals, start=1):
        if problem := _problem(seal_row, position, previous):
            return Broken(seal_row.entry_id, problem)
        previous = seal_row.hash
        seen_head = seen_head or previous == expected_head
    for entry in _unsealed():
        if not hmac.compare_digest(entry.mac, _mac(entry)):
            return Broken(entry.pk, "the entry was changed after it was written")
    if not seen_head:
        return Broken(0, "the chain no longer holds the head that was kept elsewhere")
    return None


def _problem(seal_row: AuditSeal, position: int, previous: str) -> str:
    if seal_row.position != position:
        return "a seal is missing before this entry"
    if not hmac.compare_digest(seal_row.entry.mac, _mac(seal_row.entry)):
        return "the entry was changed after it was written"
    if not hmac.compare_digest(seal_row.hash, _link(previous, seal_row.entry)):
        return "the seal does not follow from the one before it"
    return ""


def _unsealed() -> Iterator[AuditEntry]:
    return AuditEntry.objects.filter(seal=None).order_by("pk").iterator(chunk_size=2_000)


def _mac(entry: AuditEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    words = [
        at,
        entry.by_id,
        entry.acting_as,
        entry.action,
        entry.target_type,
        entry.target_id,
        entry.details,
    ]
    return _sign(json.dumps(words, sort_keys=True, separators=(",", ":")))


def _link(previous: str, entry: AuditEntry) -> str:
    return _sign(f"{previous}:{entry.pk}:{entry.mac}")


def _sign(text: str) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
