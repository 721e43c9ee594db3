"""Payment schedules: what the council's finance office is asked to pay, frozen as it was sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.append_only import append_only_triggers
from funding.models.amounts import money


class PaymentSchedule(models.Model):
    """One file sent for payment. Withdrawn before anything on it was paid, or it stands."""

    reference = models.CharField(max_length=20, unique=True)
    due_by = models.DateField()
    total = money()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="schedule_pays_something", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="withdrawal_is_whole_or_absent",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} (payment schedule {self.pk})"


class ScheduleLine(models.Model):
    """One instalment as it stood on the schedule; kept even when the schedule is withdrawn."""

    append_only = True

    schedule = models.ForeignKey(PaymentSchedule, on_delete=models.PROTECT, related_name="lines")
    instalment = models.ForeignKey("funding.Instalment", on_delete=models.PROTECT, related_name="schedule_lines")
    reference = models.CharField(max_length=40)
    community = models.CharField(max_length=80)
    school_urn = models.PositiveIntegerField()
    school_number = models.CharField(max_length=8, blank=True)
    school = models.CharField(max_length=160)
    due_on = models.DateField()
    amount = money()

    class Meta:
        ordering: ClassVar = ["reference", "pk"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schedule", "instalment"], name="instalment_once_a_schedule"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} £{self.amount} (schedule line {self.pk})"
