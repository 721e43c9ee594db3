"""Promises: side effects written with the change that causes them, kept by the worker after commit."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class OutboxMessage(models.Model):
    """A promise is open, done or parked (given up after too many tries, listed for a person).

    `leased_until` is set while a worker keeps it; a worker that dies leaves a lease that runs out.
    """

    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "key"], name="promised_once"),
            models.CheckConstraint(
                name="done_or_parked_not_both",
                condition=models.Q(done_at=None) | models.Q(parked_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="outbox_open",
                condition=models.Q(done_at=None) & models.Q(parked_at=None),
            ),
            models.Index(fields=["parked_at"], name="outbox_parked", condition=~models.Q(parked_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key} (promise {self.pk})"
