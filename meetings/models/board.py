"""What goes up to the area's board, and what comes back down."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from communities.models import Area, Community
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.whole import present, whole_exactly_when, whole_or_absent


class Bulletin(models.Model):
    """A board's word to communities. `area` None is county-wide; `to_all` False names the communities it is for.

    Draft until published; chairs acknowledge it by `due_on`; withdrawn, it leaves every agenda not yet run.
    """

    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="bulletins")
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=6000)
    to_all = models.BooleanField(default=True)
    communities = models.ManyToManyField(Community, blank=True, related_name="bulletins_named")
    due_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
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
        ordering: ClassVar = ["-written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bulletin_publication_is_whole",
                condition=whole_or_absent("published_at", "published_by"),
            ),
            models.CheckConstraint(
                name="bulletin_withdrawal_is_whole",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (present("withdrawn_at", "withdrawn_by", "published_at") & ~Q(withdrawn_because="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "due_on"], name="bulletin_by_area")]

    def __str__(self) -> str:
        return f"{self.title} (bulletin {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("meetings:bulletin", args=[self.pk])

    @property
    def is_out(self) -> bool:
        """Published and not withdrawn."""
        return self.published_at is not None and self.withdrawn_at is None


class Acknowledgement(models.Model):
    """A chair has taken note for a community; `told_at_meeting` is where the members heard of it, if they have."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="acknowledgements")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="acknowledgements")
    acknowledged_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at_meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bulletins_told",
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bulletin", "community"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.community_id} took note of {self.bulletin_id} (acknowledgement {self.pk})"


class Escalation(models.Model):
    """Something a community sends up to the board of its area, from an item of a meeting. Answered by a bulletin or in words."""

    class Kind(models.TextChoices):
        RISK = "risk", "A risk"
        ASK = "ask", "A request to the board"
        PRACTICE = "practice", "Good practice"
        DEPARTURE = "departure", "A departure from the recommendation"

    class State(models.TextChoices):
        OPEN = "open", "Waiting for the board"
        ANSWERED = "answered", "Answered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="escalations")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="escalations")
    item = models.ForeignKey(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="escalations",
    )
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4000)
    source_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(blank=True, max_length=2000)
    bulletin = models.ForeignKey(
        Bulletin,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers",
    )

    class Meta:
        ordering: ClassVar = ["-raised_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="escalation_answer_is_whole",
                condition=whole_exactly_when(~Q(state="open"), "answered_at", "answered_by"),
            ),
            models.CheckConstraint(
                name="an_answer_says_something",
                condition=~Q(state="answered") | ~Q(answer="") | Q(bulletin__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["community", "source_key"],
                condition=~Q(source_key=""),
                name="escalated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.community_id} (escalation {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("meetings:escalation", args=[self.pk])
