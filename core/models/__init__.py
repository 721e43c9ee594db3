from core.models.audit import AuditEntry, AuditSeal
from core.models.document import IssuedDocument
from core.models.idempotency import IdempotencyKey
from core.models.outbox import OutboxMessage
from core.models.settings import ListEntry, ServiceSettings

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "IdempotencyKey",
    "IssuedDocument",
    "ListEntry",
    "OutboxMessage",
    "ServiceSettings",
]
