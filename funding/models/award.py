"""What was promised to a school, and when each part of it is due. The council pays, never the community."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.models import Community, School
from funding.models.amounts import NOTHING, money
from funding.models.period import Budget


class Award(models.Model):
    """Money for one purpose at one school (the lead school where several share it).

    `reference` is that of the request it was decided on, or the council's own for an inherited commitment.
    `released_amount` is pounds given back before they were paid; `review_on` None means nothing to look back on.
    """

    class Origin(models.TextChoices):
        DECISION = "decision", "Decided by the chair"
        INHERITED = "inherited", "Inherited commitment"

    class State(models.TextChoices):
        ACTIVE = "active", "Running"
        RELEASED = "released", "Ended early"
        FINISHED = "finished", "Paid in full"
        WITHDRAWN = "withdrawn", "Withdrawn"

    origin = models.CharField(max_length=9, choices=Origin)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="awards")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="awards")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="awards")
    decision = models.OneToOneField(
        "funding.ChairDecision", null=True, blank=True, on_delete=models.PROTECT, related_name="award"
    )
    reference = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    amount = money()
    released_amount = money(default=NOTHING)
    from_contingency = money(default=NOTHING)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.ACTIVE)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    release_reason = models.CharField(max_length=500, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["-granted_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(state="withdrawn"), name="one_award_a_reference"
            ),
            models.CheckConstraint(name="award_above_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="released_within_the_award",
                condition=Q(released_amount__gte=0, released_amount__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="contingency_within_the_award",
                condition=Q(from_contingency__gte=0, from_contingency__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="award_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="release_is_whole_or_absent",
                condition=Q(
                    state__in=["released", "withdrawn"],
                    released_at__isnull=False,
                    released_by__isnull=False,
                )
                | Q(
                    state__in=["active", "finished"],
                    released_at=None,
                    released_by=None,
                    released_amount=0,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "state"], name="awards_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} (award {self.pk})"


class Instalment(models.Model):
    """One part of an award. `budget` is where it is committed now: it moves on when a period closes before it is paid."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        EXPORTED = "exported", "Sent for payment"
        PAID = "paid", "Paid"
        CANCELLED = "cancelled", "Not needed"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="instalments")
    amount = money()
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    schedule = models.ForeignKey(
        "funding.PaymentSchedule",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instalments",
    )
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["award", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["award", "number"], name="instalment_number_once"),
            models.CheckConstraint(name="instalment_above_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="sent_or_paid_instalments_stand_on_a_schedule",
                condition=Q(state__in=["exported", "paid"], schedule__isnull=False)
                | Q(state__in=["planned", "cancelled"], schedule=None),
            ),
            models.CheckConstraint(
                name="paid_instalments_have_a_day",
                condition=Q(state="paid", paid_on__isnull=False) | (~Q(state="paid") & Q(paid_on=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="instalments_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} £{self.amount} (instalment {self.pk})"

    @property
    def reference(self) -> str:
        """As on the payment schedule: CoS-2041/1. Needs `award` loaded."""
        return f"{self.award.reference}/{self.number}"
