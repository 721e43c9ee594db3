"""What somebody agreed to do by a day, followed up until it is done."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from communities.models import Area, Community, School
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.whole import exactly_one, whole_exactly_when


class Action(models.Model):
    """Belongs to a community or to an area's board. The owner says done, the chair confirms; dropping needs a reason.

    `report_to_board` puts it, with `report_because`, into the board's digest. `version` guards against lost edits.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done, waiting for the chair"
        CONFIRMED = "confirmed", "Done"
        DROPPED = "dropped", "Dropped"

    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    title = models.CharField(max_length=160)
    detail = models.TextField(blank=True, max_length=2000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions")
    owner_school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    evidence = models.TextField(blank=True, max_length=2000)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dropped_because = models.CharField(max_length=300, blank=True)
    report_to_board = models.BooleanField(default=False)
    report_because = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="action_of_a_community_or_a_board",
                condition=exactly_one("community", "area"),
            ),
            models.CheckConstraint(
                name="action_done_is_whole",
                condition=whole_exactly_when(Q(state__in=["done", "confirmed"]), "done_at", "done_by"),
            ),
            models.CheckConstraint(
                name="action_confirmation_is_whole",
                condition=whole_exactly_when(Q(state="confirmed"), "confirmed_at", "confirmed_by"),
            ),
            models.CheckConstraint(
                name="action_drop_is_whole",
                condition=whole_exactly_when(
                    Q(state="dropped"),
                    "dropped_at",
                    "dropped_by",
                    text="dropped_because",
                ),
            ),
            models.CheckConstraint(
                name="a_report_to_the_board_says_why",
                condition=Q(report_to_board=False, report_because="", reported_at=None)
                | (Q(report_to_board=True) & ~Q(report_because="") & Q(reported_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state="open"), name="action_open_by_due"),
            models.Index(fields=["owner", "state"], name="action_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.state} until {self.due_on} (action {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("meetings:action", args=[self.pk])

    @property
    def body(self) -> Community | Area:
        """Whose action it is: the community's, or the board's of the area."""
        return self.community or self.area  # type: ignore[return-value]  # the CHECK constraint says one is there


class ActionReminder(models.Model):
    """A follow-up that was sent: each step once for each due date."""

    class Step(models.TextChoices):
        WEEK_BEFORE = "week_before", "A week before it is due"
        ON_THE_DAY = "on_the_day", "On the day"
        WEEK_AFTER = "week_after", "A week after it was due"
        CHAIR = "chair", "To the chair"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=12, choices=Step)
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "step", "due_on"], name="reminded_once_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.step} for action {self.action_id} (reminder {self.pk})"
