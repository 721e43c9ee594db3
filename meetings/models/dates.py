"""Days on which the communities of an area, or its board, may meet. Set by the county, taken by meetings."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from communities.models import Area
from meetings.models.template import Body
from meetings.models.whole import whole_or_absent


class MeetingDate(models.Model):
    """A day and a time for one area. `cut_off_days`: papers and requests close this many days before, at the end of that day.

    `length_minutes` is the time a meeting has. A withdrawn date is kept, with the reason, and taken by no new meeting.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meeting_dates")
    kind = models.CharField(max_length=10, choices=Body, default=Body.COMMUNITY)
    on = models.DateField()
    starts = models.TimeField()
    length_minutes = models.PositiveSmallIntegerField(
        default=150, validators=[MinValueValidator(15), MaxValueValidator(600)]
    )
    cut_off_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(60)])
    note = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "starts"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "kind", "on"],
                condition=Q(withdrawn_at=None),
                name="one_date_of_a_kind_a_day",
            ),
            models.CheckConstraint(
                name="date_withdrawal_is_whole",
                condition=whole_or_absent("withdrawn_at", "withdrawn_by"),
            ),
            models.CheckConstraint(
                name="withdrawn_date_has_a_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="meeting_date_has_a_length",
                condition=Q(length_minutes__gte=15, length_minutes__lte=600),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} in area {self.area_id} (meeting date {self.pk})"
