"""Minutes: written from the records, corrected line by line, approved at the next meeting, then sealed."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import IssuedDocument
from core.models.append_only import append_only_triggers
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.whole import present, whole_exactly_when, whole_or_absent


class Minutes(models.Model):
    """One version of the minutes of one meeting. `lines` is a list of {key, item, label, text}.

    `hash` covers the sealed words and `previous_hash`, that of the minutes sealed before it for the same community or board.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CIRCULATED = "circulated", "Sent to members"
        APPROVED = "approved", "Approved"
        SEALED = "sealed", "Sealed"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    lines = models.JSONField(default=list)
    document = models.ForeignKey(
        IssuedDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    drafted_at = models.DateTimeField()
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_in = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="minutes_approved",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting", "-version"]
        verbose_name_plural = "minutes"
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="sealed_minutes_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="sealed"),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state="sealed"),
                name="minutes_sealed_once",
            ),
            models.CheckConstraint(
                name="circulation_is_whole",
                condition=whole_or_absent("circulated_at", "circulated_by")
                & (Q(state="draft") | Q(circulated_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="minutes_approval_is_whole",
                condition=whole_exactly_when(
                    Q(state__in=["approved", "sealed"]),
                    "approved_in",
                    "approved_at",
                    "approved_by",
                ),
            ),
            models.CheckConstraint(
                name="minutes_are_approved_by_another_meeting",
                condition=Q(approved_in=None) | ~Q(approved_in=F("meeting")),
            ),
            models.CheckConstraint(
                name="minutes_seal_is_whole",
                condition=(Q(state="sealed") & present("sealed_at", "document") & ~Q(hash=""))
                | (~Q(state="sealed") & Q(sealed_at=None, hash="", previous_hash="")),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.meeting_id} (minutes {self.pk})"


class MinuteCorrection(models.Model):
    """Somebody who was there would have one line say something else. The chair accepts it or answers."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for the chair"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not accepted"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="corrections")
    line_key = models.CharField(max_length=80)
    line_text = models.TextField(max_length=4000)
    suggestion = models.TextField(max_length=4000)
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["proposed_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="correction_answer_is_whole",
                condition=whole_exactly_when(~Q(state="open"), "answered_at", "answered_by"),
            ),
            models.CheckConstraint(
                name="declined_correction_has_an_answer",
                condition=~Q(state="declined") | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line_key} of {self.minutes_id} (correction {self.pk})"


class NoteField(models.TextChoices):
    """The two texts of an item, each with its own version: a save of one never clashes with a save of the other."""

    NOTES = "notes", "Notes"
    OUTCOME = "outcome", "Outcome"


class NoteVersion(models.Model):
    """A save of an item's notes or outcome that was accepted. Nothing anybody typed and saved is ever lost.

    `client` names the open page it came from, so that a page is never in conflict with itself after a lost answer.
    """

    append_only = True

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="note_versions")
    field = models.CharField(max_length=8, choices=NoteField, default=NoteField.NOTES)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    outcome_kind = models.CharField(max_length=16, blank=True)
    client = models.UUIDField(null=True, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["item", "-version"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "field", "version"], name="note_version_once")]

    def __str__(self) -> str:
        return f"version {self.version} of item {self.item_id} (note {self.pk})"


class NoteDraft(models.Model):
    """What a person typed on top of `base_version` and could not save because somebody else was quicker."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="note_drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=8, choices=NoteField, default=NoteField.NOTES)
    base_version = models.PositiveIntegerField()
    text = models.TextField(blank=True, max_length=20_000)
    outcome_kind = models.CharField(max_length=16, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person", "field"], name="one_note_draft_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on item {self.item_id} (note draft {self.pk})"
