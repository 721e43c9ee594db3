"""Papers that are issued once and never change: letters, minutes, statements, reports."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from core.models.append_only import append_only_triggers


class IssuedDocument(models.Model):
    """A frozen paper. `context` is what it was made from, `html` the words as issued, `sha256` their hash.

    `code` is what a reader types on the verify page. The PDF is printed from `html` and has no life of its own.
    """

    append_only = True

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    edition = models.CharField(max_length=30, default="full")
    template = models.CharField(max_length=120)
    context = models.JSONField()
    html = models.TextField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=20, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "edition", "version"],
                name="document_version_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"
