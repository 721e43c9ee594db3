"""What was tried before anybody asked for money: dated, with what came of it. A tick would be worth nothing as evidence."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.models import School, Service


class SupportEntry(models.Model):
    """Support a school tried. `ends_on` None means it still goes on. Asked for and not available counts, and is data.

    By a service of the register, or by somebody in the school's own words (`by_whom`). `pupil_key` is two words, or empty
    where it was for a group or the whole school. `request_reference` ties it to a request by its number, not by a key.
    """

    class ByKind(models.TextChoices):
        SERVICE = "service", "Specialist service"
        SCHOOL = "school", "Our own staff"
        OTHER_SCHOOL = "other_school", "Another school"
        HEALTH = "health", "Health"
        OTHER = "other", "Somebody else"

    class Outcome(models.TextChoices):
        HELPED = "helped", "It helped"
        PARTLY = "partly", "It helped in part"
        NO = "no", "It did not help"
        TOO_EARLY = "too_early", "Too early to say"
        NOT_AVAILABLE = "not_available", "Asked for, but not available"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="support_entries")
    request_reference = models.CharField(max_length=20, blank=True, db_index=True)
    pupil_key = models.CharField(max_length=40, blank=True)
    by_kind = models.CharField(max_length=12, choices=ByKind)
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="support_entries"
    )
    by_whom = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=600)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=13, choices=Outcome)
    note = models.TextField(blank=True, max_length=1000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="support_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="support_is_by_a_service_or_somebody_named",
                condition=Q(by_kind="service", service__isnull=False, by_whom="")
                | (~Q(by_kind="service") & Q(service=None))
                | (Q(by_kind="service", service=None) & ~Q(by_whom="")),
            ),
            models.CheckConstraint(name="support_says_what", condition=~Q(what="")),
        ]
        indexes: ClassVar = [models.Index(fields=["school", "starts_on"], name="support_of_a_school")]

    def __str__(self) -> str:
        return f"support entry {self.pk} of school {self.school_id}"

    @property
    def was_available(self) -> bool:
        """False when it was asked for in vain."""
        return self.outcome != self.Outcome.NOT_AVAILABLE
