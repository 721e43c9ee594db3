from core.models.audit import AuditEntry, AuditSeal
from core.models.document import IssuedDocument
from core.models.idempotency import IdempotencyKey
from core.models.imports import ImportRow, ImportRun
from core.models.outbox import OutboxMessage
from core.models.settings import ListEntry, ServiceSettings

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "IdempotencyKey",
    "ImportRow",
    "ImportRun",
    "IssuedDocument",
    "ListEntry",
    "OutboxMessage",
    "ServiceSettings",
]
