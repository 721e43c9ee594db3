"""Who did what, when. Entries are append-only and sealed into a chain by the worker moments after they are committed.

Sealing is apart from writing on purpose: a chain head locked inside every service would make all services wait for
each other and could deadlock with their own row locks (ADR on the audit chain).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.models.append_only import append_only_triggers


class AuditEntry(models.Model):
    """One act. `mac` covers every other column with a key held outside the database."""

    append_only = True

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=80, db_index=True)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = append_only_triggers()
        indexes: ClassVar = [
            models.Index(fields=["target_type", "target_id", "at"], name="audit_by_target"),
            models.Index(fields=["at"], include=["action"], name="audit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id} (audit {self.pk})"


class AuditSeal(models.Model):
    """The entry's place in the chain: its hash covers the entry's mac and the seal before it."""

    append_only = True

    position = models.BigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    hash = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = append_only_triggers()

    def __str__(self) -> str:
        return f"seal {self.position} on audit {self.entry_id}"
