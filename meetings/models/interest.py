"""Who has an interest in an item. A live interest is a recusal: no papers, no discussion screen, no vote, no minutes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models.agenda import AgendaItem
from meetings.models.whole import present


class Interest(models.Model):
    """Found by the product (own school, same trust, joint request) or declared. Live until a second person dismisses it."""

    class Kind(models.TextChoices):
        OWN_SCHOOL = "own_school", "The item is about their school"
        SAME_TRUST = "same_trust", "The item is about a school of the same trust"
        JOINT = "joint", "Their school is part of a joint request"
        DECLARED = "declared", "Declared by the person"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=Kind)
    found_by_product = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dismissed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["declared_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "person", "kind"],
                condition=Q(dismissed_at=None),
                name="one_live_interest_of_a_kind",
            ),
            models.CheckConstraint(
                name="dismissal_is_whole",
                condition=Q(dismissed_at=None, dismissed_by=None, dismissed_because="")
                | (present("dismissed_at", "dismissed_by") & ~Q(dismissed_because="")),
            ),
            models.CheckConstraint(
                name="a_second_person_dismisses",
                condition=Q(dismissed_by=None) | ~Q(dismissed_by=F("person")),
            ),
            models.CheckConstraint(
                name="declared_interests_are_said_by_people",
                condition=Q(kind="declared", found_by_product=False) | ~Q(kind="declared"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in item {self.item_id} (interest {self.pk})"
