"""A meeting of one community or of one area's board, from draft to closed."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from communities.models import Area, Community
from meetings.models.dates import MeetingDate
from meetings.models.template import AgendaTemplate
from meetings.models.whole import exactly_one, whole_exactly_when, whole_or_absent


class Meeting(models.Model):
    """`starts_at`, `ends_at` and `cut_off_at` are moments; `on` is the day in London, kept because addresses use it.

    `version` grows with each change members should hear of; `sequence` with each change of the calendar entry; `pulse`
    with everything that the screens which follow a running meeting show. `screen_shut` blanks the projected page.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RUNNING = "running", "Running"
        SUSPENDED = "suspended", "Suspended"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Cancelled"

    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    meeting_date = models.ForeignKey(
        MeetingDate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    template = models.ForeignKey(AgendaTemplate, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cut_off_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    welcome_note = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    told_version = models.PositiveIntegerField(default=0, db_default=0)
    uid = models.UUIDField(default=uuid4, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    pulse = models.PositiveIntegerField(default=0)
    screen_shut = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cancelled_because = models.CharField(max_length=300, blank=True)
    current_item = models.ForeignKey(
        "meetings.AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_community_or_a_board_meets",
                condition=exactly_one("community", "area"),
            ),
            models.UniqueConstraint(
                fields=["community", "on"],
                condition=~Q(state="cancelled"),
                name="one_community_meeting_a_day",
            ),
            models.UniqueConstraint(
                fields=["area", "on"],
                condition=~Q(state="cancelled"),
                name="one_board_meeting_a_day",
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="papers_close_before_the_meeting",
                condition=Q(cut_off_at__lte=F("starts_at")),
            ),
            models.CheckConstraint(
                name="publication_is_whole",
                condition=whole_or_absent("published_at", "published_by")
                & (
                    Q(state="cancelled")
                    | Q(state="draft", published_at=None)
                    | (~Q(state="draft") & Q(published_at__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="start_is_whole",
                condition=whole_exactly_when(
                    Q(state__in=["running", "suspended", "closed"]),
                    "started_at",
                    "started_by",
                ),
            ),
            models.CheckConstraint(
                name="close_is_whole",
                condition=whole_exactly_when(Q(state="closed"), "closed_at", "closed_by"),
            ),
            models.CheckConstraint(
                name="cancellation_is_whole",
                condition=whole_exactly_when(
                    Q(state="cancelled"),
                    "cancelled_at",
                    "cancelled_by",
                    text="cancelled_because",
                ),
            ),
            models.CheckConstraint(
                name="only_a_started_meeting_has_a_current_item",
                condition=Q(current_item=None) | Q(state__in=["running", "suspended", "closed"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["community", "-starts_at"], name="meeting_of_commun"),
            models.Index(fields=["area", "-starts_at"], name="meeting_of_area"),
            models.Index(fields=["state", "starts_at"], name="meeting_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.on} of {self.community_id or ''}/{self.area_id or ''} (meeting {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("meetings:agenda", args=[self.body.slug, self.on])

    @property
    def body(self) -> Community | Area:
        """Who meets: the community, or the area whose board it is."""
        return self.community or self.area  # type: ignore[return-value]  # the CHECK constraint says one is there

    @property
    def is_live(self) -> bool:
        """Started and not closed."""
        return self.state in (self.State.RUNNING, self.State.SUSPENDED)

    @property
    def is_open(self) -> bool:
        """Neither closed nor cancelled: its agenda may still change."""
        return self.state not in (self.State.CLOSED, self.State.CANCELLED)

    @property
    def length_minutes(self) -> int:
        """The time the meeting has."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Suspension(models.Model):
    """The meeting stood still: a fire alarm, a lost connection. `resumed_at` None while it does."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="suspensions")
    suspended_at = models.DateTimeField()
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["suspended_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(resumed_at=None),
                name="suspended_once_at_a_time",
            ),
            models.CheckConstraint(
                name="resumption_is_whole",
                condition=whole_or_absent("resumed_at", "resumed_by"),
            ),
            models.CheckConstraint(
                name="resumed_after_it_was_suspended",
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("suspended_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} from {self.suspended_at} (suspension {self.pk})"


class MeetingRead(models.Model):
    """Which version of the agenda a person last looked at, so that we can say what changed since."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_reading_mark_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read version {self.version} of {self.meeting_id} (reading {self.pk})"
