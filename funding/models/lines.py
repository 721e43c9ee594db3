"""What the money is for, and what will be different."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Round

from funding.models.amounts import money
from funding.models.request import FundingRequest


class CostLine(models.Model):
    """One cost: a rate an hour times hours a week, weeks and people, or one sum. `amount` is worked out by the database."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=160)
    rate = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    one_sum = money(null=True, blank=True)
    amount = models.GeneratedField(
        expression=Case(
            When(one_sum__isnull=False, then=F("one_sum")),
            default=Round(F("rate") * F("hours") * F("weeks") * F("people"), 2),
        ),
        output_field=models.DecimalField(max_digits=12, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "position"], name="cost_position_once"),
            models.CheckConstraint(name="cost_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="a_rate_or_one_sum",
                condition=Q(one_sum__isnull=False, one_sum__gt=0, rate=None, hours=None, weeks=None, people=None)
                | Q(
                    one_sum=None,
                    rate__isnull=False,
                    hours__isnull=False,
                    weeks__isnull=False,
                    people__isnull=False,
                    rate__gt=0,
                    hours__gt=0,
                    weeks__gt=0,
                    people__gt=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"cost {self.position} of request {self.request_id} ({self.pk})"


class IntendedOutcome(models.Model):
    """What will be different, how we shall know, and by when."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    different = models.CharField(max_length=600)
    known_by = models.CharField(max_length=600)
    by_when = models.DateField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "position"], name="outcome_position_once"),
            models.CheckConstraint(name="outcome_says_what_and_how", condition=~Q(different="") & ~Q(known_by="")),
        ]

    def __str__(self) -> str:
        return f"outcome {self.position} of request {self.request_id} ({self.pk})"
