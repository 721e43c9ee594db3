"""The week of an area, told to its board once."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from communities.models import Area
from core.models.append_only import append_only_triggers


class BoardDigest(models.Model):
    """One area, one week (Monday to Sunday). `facts` are frozen as they stood at `made_at`; no pupil text is in them."""

    append_only = True

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="digests")
    week_starts_on = models.DateField()
    facts = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-week_starts_on"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "week_starts_on"], name="one_digest_an_area_and_week"),
            models.CheckConstraint(
                name="digest_weeks_start_on_monday", condition=models.Q(week_starts_on__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"week of {self.week_starts_on} in {self.area_id} (digest {self.pk})"

    @property
    def week_ends_on(self) -> date:
        """The Sunday."""
        return self.week_starts_on + timedelta(days=6)
