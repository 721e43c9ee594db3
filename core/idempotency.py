"""A form sent twice has one effect: the second sender waits for the first and is shown the first answer."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from core.models import IdempotencyKey


class KeyReused(Exception):
    """The key came back with another body: nothing is done (HTTP 409)."""


class Claim:
    """What `claim` gives: `answer` is None for the first sender, who must call `settle` before the transaction ends."""

    def __init__(self, row: IdempotencyKey) -> None:
        self._row = row
        self.answer: dict[str, Any] | None = row.result or None

    def settle(self, **answer: Any) -> None:
        """Keep the first answer for every repeat."""
        self._row.result = answer
        self._row.save(update_fields=["result"])


def claim(*, key: UUID, purpose: str, by: models.Model, body: dict[str, Any]) -> Claim:
    """Take the key in the caller's transaction. A concurrent repeat waits here until the first has committed.

    Raises KeyReused when the same key comes with another purpose, person or body.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("claim() belongs inside the service's transaction")
    fingerprint = hashlib.sha256(json.dumps(body, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()
    row = IdempotencyKey(key=key, purpose=purpose, by_id=by.pk, fingerprint=fingerprint)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update().get(key=key)
    if (row.purpose, row.by_id, row.fingerprint) != (purpose, by.pk, fingerprint):
        raise KeyReused("This form was already sent with other answers. Open the page again and check what was saved.")
    return Claim(row)
