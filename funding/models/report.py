"""Expenditure reports: drafted live from the ledger, frozen version by version when they are sent, queried line by line."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import IssuedDocument
from core.models.append_only import append_only_triggers
from funding.models.amounts import money
from funding.models.award import Award
from funding.models.ledger import LedgerTransaction
from funding.models.period import Budget
from meetings.models import Meeting


class ExpenditureReport(models.Model):
    """What one community spent of one budget: the transactions after number `after_id` up to when it is sent.

    `meeting` only when it covers one meeting. A draft has no versions; every sending adds one.
    """

    class Covers(models.TextChoices):
        SINCE = "since", "Everything since the last report"
        MEETING = "meeting", "One meeting"
        PERIOD = "period", "The whole period so far"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Sent"
        QUERIED = "queried", "Question asked"
        ACCEPTED = "accepted", "Accepted"
        DISCARDED = "discarded", "Discarded"

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="reports")
    covers = models.CharField(max_length=7, choices=Covers)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    after_id = models.BigIntegerField(default=0)
    note = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-drafted_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="report_of_a_meeting_names_it",
                condition=Q(covers="meeting", meeting__isnull=False) | (~Q(covers="meeting") & Q(meeting=None)),
            ),
            models.UniqueConstraint(
                fields=["budget", "meeting"], condition=~Q(state="discarded"), name="one_report_a_meeting_and_budget"
            ),
            models.UniqueConstraint(fields=["budget"], condition=Q(state="draft"), name="one_draft_report_a_budget"),
            models.CheckConstraint(
                name="sent_reports_have_a_moment",
                condition=Q(state__in=["draft", "discarded"], submitted_at=None)
                | Q(state__in=["submitted", "queried", "accepted"], submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="acceptance_is_whole_or_absent",
                condition=Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at=None, accepted_by=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at"], name="reports_waiting"),
            models.Index(
                fields=["submitted_at", "id"], name="reports_sent", condition=~Q(state__in=["draft", "discarded"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covers} of budget {self.budget_id} (report {self.pk})"

    @property
    def stage(self) -> tuple[str, str]:
        """Where it stands in a few words, and their tone."""
        return STAGES[self.state]


STAGES: dict[str, tuple[str, str]] = {
    ExpenditureReport.State.DRAFT: ("Draft", "todo"),
    ExpenditureReport.State.SUBMITTED: ("Waiting for the officer", "waiting"),
    ExpenditureReport.State.QUERIED: ("Question asked", "alert"),
    ExpenditureReport.State.ACCEPTED: ("Accepted", "done"),
    ExpenditureReport.State.DISCARDED: ("Discarded", "stopped"),
}


class ReportVersion(models.Model):
    """A report as it was sent. `upto_id` is the last transaction in it; amounts are pounds over what it covers.

    `reason` says why an earlier version was not right; only the first version has none.
    """

    append_only = True

    report = models.ForeignKey(ExpenditureReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)
    upto_id = models.BigIntegerField()
    agreed = money()
    given_back = money()
    paid = money()
    uncommitted = money()
    document = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["report", "number"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(name="a_new_version_says_why", condition=Q(number=1) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of report {self.report_id} (version {self.pk})"


class ReportLine(models.Model):
    """One posting as it stands in a version. `section` is where it is added up; `amount` is pounds, with its sign there."""

    append_only = True

    class Section(models.TextChoices):
        AGREED = "agreed", "Agreed"
        GIVEN_BACK = "given_back", "Given back"
        PAID = "paid", "Paid"
        OTHER = "other", "Allocated"
        SET_ASIDE = "set_aside", "Contingency"

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=10, choices=Section)
    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="report_lines")
    reference = models.CharField(max_length=40, blank=True)
    school = models.CharField(max_length=160, blank=True)
    what = models.CharField(max_length=300)
    at = models.DateTimeField()
    amount = money()

    class Meta:
        ordering: ClassVar = ["version", "number"]
        triggers: ClassVar = append_only_triggers()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="report_line_number_once"),
            models.UniqueConstraint(fields=["version", "transaction"], name="posting_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} £{self.amount} (report line {self.pk})"


class LineQuery(models.Model):
    """The officer's question about a line (or the whole report when `line` is None), and the chair's answer."""

    report = models.ForeignKey(ExpenditureReport, on_delete=models.PROTECT, related_name="queries")
    line = models.ForeignKey(ReportLine, null=True, blank=True, on_delete=models.PROTECT, related_name="queries")
    question = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_question_asks_something", condition=~Q(question="")),
            models.CheckConstraint(
                name="answer_is_whole_or_absent",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="nobody_answers_themselves",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk} about report {self.report_id}"
