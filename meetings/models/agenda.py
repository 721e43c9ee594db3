"""The agenda of a meeting: numbered items, what changed on it, and what members propose."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from communities.models import School
from core.models.append_only import append_only_triggers
from meetings.models.meeting import Meeting
from meetings.models.whole import whole_exactly_when, whole_or_absent

NO_GAPS = """
    IF EXISTS (
        SELECT 1 FROM meetings_agendaitem
        WHERE meeting_id = COALESCE(NEW.meeting_id, OLD.meeting_id) AND position IS NOT NULL
        HAVING COUNT(DISTINCT position) <> COALESCE(MAX(position), 0) OR MIN(position) < 1
    ) THEN
        RAISE EXCEPTION 'agenda positions run from 1 without gaps' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


class ItemKind(models.TextChoices):
    """Kinds the house knows by name. A source may bring its own: the column takes any short word."""

    WELCOME = "welcome", "Welcome and attendance"
    INTERESTS = "interests", "Declarations of interest"
    MINUTES = "minutes", "Minutes of the last meeting"
    ACTIONS = "actions", "Actions"
    BULLETIN = "bulletin", "Bulletins from the board"
    BALANCE = "balance", "Balance of funding"
    FIGURES = "figures", "District dashboard"
    PRACTICE = "practice", "Good practice"
    REQUEST = "request", "Discussions and funding requests"
    REVIEW = "review", "Review of earlier awards"
    PROVISION = "provision", "Help on offer and training"
    ESCALATION = "escalation", "Items for the board"
    NEXT_DATE = "next_date", "Date of the next meeting"
    LOCAL = "local", "Other business"


class Outcome(models.TextChoices):
    """How an item ended. Many end without money (design §4.5)."""

    DECISION = "decision", "Decision"
    RECOMMENDATION = "recommendation", "Recommendation"
    INFORMATION = "information", "For information"
    ADVICE = "advice", "Advice given"
    ACTION = "action", "Actions agreed"
    OFFER = "offer", "Help offered by a school"
    BOOKING = "booking", "Specialist help booked"
    TRAINING = "training", "Training agreed"
    DEFERRED = "deferred", "Deferred to the next meeting"
    ESCALATED = "escalated", "Sent to the board"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_REACHED = "not_reached", "Not reached"


class AgendaItem(models.Model):
    """One item. `position` counts from 1 without gaps and is None once the item is removed.

    `template_line` names the county's line it stands for; `source_key` the open matter it came from, `source_stamp` what
    that looked like. `why` is the sentence members read. `version` guards the item's plan, `notes_version` and
    `outcome_version` what is typed in the meeting.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not yet discussed"
        CURRENT = "current", "Being discussed"
        DONE = "done", "Discussed"
        DEFERRED = "deferred", "Moved to the next meeting"
        REMOVED = "removed", "Taken off the agenda"

    class Audience(models.TextChoices):
        BOARD = "board", "Members and the area board"
        MEMBERS = "members", "Members of this community"
        RESTRICTED = "restricted", "Members with no interest in the item"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=40, default=ItemKind.LOCAL)
    title = models.CharField(max_length=160)
    link = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    guidance = models.TextField(blank=True, max_length=2000)
    template_line = models.UUIDField(null=True, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    source_stamp = models.CharField(max_length=64, blank=True)
    carried_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    presenter = models.CharField(max_length=120, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(default=10)
    mandatory = models.BooleanField(default=False)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.MEMBERS)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    notes = models.TextField(blank=True, max_length=20_000)
    notes_version = models.PositiveIntegerField(default=0)
    outcome_kind = models.CharField(max_length=16, choices=Outcome, blank=True)
    outcome = models.TextField(blank=True, max_length=4000)
    outcome_version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["meeting", "position", "pk"]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="positions_have_no_gaps",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=NO_GAPS,
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="agenda_position_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "source_key"],
                condition=~Q(source_key=""),
                name="agenda_source_once",
            ),
            models.UniqueConstraint(fields=["meeting", "template_line"], name="agenda_template_line_once"),
            models.CheckConstraint(
                name="removal_is_whole",
                condition=whole_exactly_when(
                    Q(state="removed"),
                    "removed_at",
                    "removed_by",
                    text="removed_because",
                ),
            ),
            models.CheckConstraint(
                name="only_removed_items_have_no_position",
                condition=Q(state="removed", position=None) | (~Q(state="removed") & Q(position__isnull=False)),
            ),
            models.CheckConstraint(
                name="mandatory_items_stay",
                condition=Q(mandatory=False) | ~Q(state="removed"),
            ),
            models.CheckConstraint(
                name="item_takes_time",
                condition=Q(minutes_planned__gte=1, minutes_planned__lte=240),
            ),
            models.CheckConstraint(
                name="item_ends_after_it_starts",
                condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="agenda_item_by_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.meeting_id} (agenda item {self.pk})"

    def get_absolute_url(self) -> str:
        meeting = self.meeting
        return reverse("meetings:item", args=[meeting.body.slug, meeting.on, self.pk])


class ChairNote(models.Model):
    """The chair's private note on an item: read by those who may run the meeting and by nobody else."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="chair_note")
    text = models.TextField(blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note on item {self.item_id} (chair note {self.pk})"


class AgendaChange(models.Model):
    """A change members hear of, as one sentence, with the version of the meeting it made."""

    append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    sentence = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["version", "pk"]
        triggers: ClassVar = append_only_triggers()

    def __str__(self) -> str:
        return f"version {self.version} of {self.meeting_id} (agenda change {self.pk})"


class ItemProposal(models.Model):
    """A member would like something discussed. The chair accepts it as an item or declines with a reason."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for the chair"
        ACCEPTED = "accepted", "On the agenda"
        DECLINED = "declined", "Not this time"
        WITHDRAWN = "withdrawn", "Withdrawn"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    why = models.CharField(max_length=600)
    minutes = models.PositiveSmallIntegerField(default=10)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.CharField(max_length=300, blank=True)
    item = models.OneToOneField(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposal",
    )

    class Meta:
        ordering: ClassVar = ["proposed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_answer_is_whole",
                condition=whole_or_absent("answered_at", "answered_by")
                & whole_exactly_when(~Q(state="open"), "answered_at"),
            ),
            models.CheckConstraint(
                name="declined_proposal_has_a_reason",
                condition=~Q(state="declined") | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="accepted_proposal_is_an_item",
                condition=whole_exactly_when(Q(state="accepted"), "item"),
            ),
            models.CheckConstraint(
                name="proposal_takes_time",
                condition=Q(minutes__gte=1, minutes__lte=240),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} for {self.meeting_id} (proposal {self.pk})"
