"""A file the county loads: what it was, what it would change, what it changed, and how to take it back."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


def random_name(run: "ImportRun", filename: str) -> str:
    """Where the file is kept: a name of our own, so that no name from outside reaches the disk."""
    suffix = ".xlsx" if filename.lower().endswith(".xlsx") else ".csv"
    return f"imports/{uuid.uuid4().hex}{suffix}"


class ImportRun(models.Model):
    """One file on its way. `sentence` is why it was refused, failed or outdated; `digest` the hash of the whole preview.

    `counts` holds how many things are added, changed, closed, same, faulty and left_out.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Waiting to be read"
        READING = "reading", "Being read"
        READY = "ready", "Ready to check"
        REFUSED = "refused", "File refused"
        OUTDATED = "outdated", "Out of date"
        CONFIRMED = "confirmed", "Waiting to be loaded"
        APPLYING = "applying", "Being loaded"
        DONE = "done", "Loaded"
        FAILED = "failed", "Not loaded"
        UNDONE = "undone", "Taken back"
        DISCARDED = "discarded", "Discarded"

    kind = models.CharField(max_length=40)
    file = models.FileField(upload_to=random_name)
    original_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    sentence = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "-uploaded_at"], name="import_run_by_kind")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_confirmed_whole_or_absent",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_loaded_only_when_confirmed",
                condition=~Q(state__in=["confirmed", "applying", "done", "undone"]) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_whole_or_absent",
                condition=Q(state="undone", undone_by__isnull=False, undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_by=None, undone_at=None)),
            ),
            models.CheckConstraint(
                name="import_discarded_whole_or_absent",
                condition=Q(state="discarded", discarded_by__isnull=False, discarded_at__isnull=False)
                | (~Q(state="discarded") & Q(discarded_by=None, discarded_at=None)),
            ),
            models.CheckConstraint(
                name="import_refusal_has_a_sentence",
                condition=~Q(state__in=["refused", "failed", "outdated"]) | ~Q(sentence=""),
            ),
            models.CheckConstraint(
                name="import_progress_within_total", condition=Q(progress_done__lte=F("progress_total"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} (import {self.pk})"

    @property
    def tone(self) -> str:
        """The colour of the state's tag."""
        return TONES[self.State(self.state)]


class ImportRow(models.Model):
    """One thing the file would add, change or close, leaves as it is, or one line that cannot be understood.

    `before` and `after` hold only the columns that differ; for what is added `after` is the whole. `faults` is a list of
    {"column", "value", "sentence"}.
    """

    class Change(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        CLOSED = "closed", "Closed"
        SAME = "same", "The same"
        FAULTY = "faulty", "Faulty"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    change = models.CharField(max_length=8, choices=Change)
    table = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=400, blank=True)
    label = models.CharField(max_length=400)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    faults = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["run", "position"]
        indexes: ClassVar = [models.Index(fields=["run", "change", "position"], name="import_row_by_change")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "position"], name="import_row_position_once"),
            models.CheckConstraint(
                name="import_faulty_row_has_faults",
                condition=(Q(change="faulty") & ~Q(faults=[])) | (~Q(change="faulty") & Q(faults=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line} {self.change} (import row {self.pk})"


State = ImportRun.State
TONES = {
    State.UPLOADED: "going",
    State.READING: "going",
    State.READY: "waiting",
    State.REFUSED: "stopped",
    State.OUTDATED: "alert",
    State.CONFIRMED: "going",
    State.APPLYING: "going",
    State.DONE: "done",
    State.FAILED: "stopped",
    State.UNDONE: "note",
    State.DISCARDED: "todo",
}
