"""The county's agenda, as numbered versions. A meeting keeps the version it was run to."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.whole import whole_exactly_when, whole_or_absent


class Body(models.TextChoices):
    """Who meets: a community of schools, or the board of an area."""

    COMMUNITY = "community", "Communities"
    BOARD = "board", "Area board"


class AgendaTemplate(models.Model):
    """One version. Of the published ones, the newest whose `starts_on` has come is in force."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        RETIRED = "retired", "Retired"

    body = models.CharField(max_length=10, choices=Body, default=Body.COMMUNITY)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["body", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "version"], name="template_version_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(state="draft"), name="one_draft_template"),
            models.CheckConstraint(
                name="template_publication_is_whole",
                condition=whole_exactly_when(~Q(state="draft"), "published_at", "published_by"),
            ),
            models.CheckConstraint(
                name="published_template_has_a_first_day",
                condition=Q(state="draft") | Q(starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="template_retirement_is_whole",
                condition=whole_exactly_when(Q(state="retired"), "retired_at", "retired_by")
                & whole_or_absent("retired_at", "retired_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} agenda version {self.version} (template {self.pk})"


class TemplateItem(models.Model):
    """A line of the agenda. `line` stays the same from version to version, so that a meeting can follow a new version."""

    template = models.ForeignKey(AgendaTemplate, on_delete=models.CASCADE, related_name="items")
    line = models.UUIDField(default=uuid4)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True, max_length=2000)
    minutes = models.PositiveSmallIntegerField(default=10)
    mandatory = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["template", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="template_position_once",
            ),
            models.UniqueConstraint(fields=["template", "line"], name="template_line_once"),
            models.CheckConstraint(
                name="template_item_takes_time",
                condition=Q(minutes__gte=1, minutes__lte=240),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title} (template item {self.pk})"
