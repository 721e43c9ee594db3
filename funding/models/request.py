"""What a school brings to its community: a discussion or a request for money, from the first key to the released answer."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from communities.models import Community, School
from core.models.append_only import append_only_triggers

NUMBERS = "funding_request_number"
SENT = ["submitted", "asked", "deferred", "discussed", "decided", "released"]


class FundingRequest(models.Model):
    """One request. Its reference comes from a sequence, so numbers may have gaps.

    `community` is that of the lead school on the day it was submitted and never changes. Being on an agenda is not a state:
    the agenda item is the only place where that is written (see queries.stages). `not_pupils` are words a person said are
    no pupil's name. `nothing_tried` is why no support was tried before, where that is so.
    """

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", "Discussion"
        INDIVIDUAL = "individual", "Request for one pupil"
        GROUP = "group", "Request for a group of pupils"
        PROJECT = "project", "Project"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        WITH_HEAD = "with_head", "With the headteacher"
        RETURNED = "returned", "Returned by the headteacher"
        SUBMITTED = "submitted", "Submitted"
        ASKED = "asked", "Question to the school"
        DEFERRED = "deferred", "Deferred"
        DISCUSSED = "discussed", "Discussed"
        DECIDED = "decided", "Decided, not yet released"
        RELEASED = "released", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    number = models.PositiveIntegerField(unique=True, db_default=Func(Value(NUMBERS), function="nextval"))
    reference = models.GeneratedField(
        expression=Concat(Value("CoS-"), Cast("number", models.CharField(max_length=10))),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        unique=True,
    )
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="requests")
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    partners = models.ManyToManyField(School, through="PartnerSchool", related_name="joint_requests")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    title = models.CharField(max_length=100, blank=True)
    need = models.TextField(blank=True, max_length=3000)
    ask = models.TextField(blank=True, max_length=2000)
    context = models.TextField(blank=True, max_length=2000)
    nothing_tried = models.TextField(blank=True, max_length=600)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    not_pupils = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_submitted_request_has_a_community_and_a_signature",
                condition=Q(state__in=SENT, community__isnull=False, submitted_at__isnull=False) | ~Q(state__in=SENT),
            ),
            models.CheckConstraint(
                name="request_sending_is_whole_or_absent",
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_signature_is_whole_or_absent",
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_signs_what_they_drafted",
                condition=Q(submitted_by=None) | (~Q(submitted_by=F("drafted_by")) & ~Q(submitted_by=F("sent_by"))),
            ),
            models.CheckConstraint(
                name="request_withdrawal_is_whole",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawn_by=None)),
            ),
            models.CheckConstraint(
                name="requested_support_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "state"], name="requests_of_a_school"),
            models.Index(fields=["community", "state"], name="requests_of_a_community"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} (request {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("funding:request", args=[self.reference])

    @property
    def key(self) -> str:
        """Its name on agendas, for good."""
        return f"funding.request:{self.pk}"

    @property
    def wants_money(self) -> bool:
        """A discussion asks for ideas, not for money."""
        return self.kind != self.Kind.DISCUSSION

    @property
    def wants_pupils(self) -> bool:
        """A project is about a school, never about pupils."""
        return self.kind != self.Kind.PROJECT


class PartnerSchool(models.Model):
    """Another school in a joint request. The lead school is paid."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="partner_links")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "school"], name="partner_once")]

    def __str__(self) -> str:
        return f"school {self.school_id} in request {self.request_id} (partner {self.pk})"


class RequestSection(models.Model):
    """What somebody typed on one page of a request and did not finish: fields by name, as typed.

    `version` grows with every save of the page, so that two people cannot overwrite each other without seeing it. `tab` is
    the open page that saved last: it does not conflict with itself.
    """

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    typed = models.JSONField(default=dict, blank=True)
    tab = models.CharField(max_length=36, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "name"], name="section_once")]

    def __str__(self) -> str:
        return f"{self.name} of request {self.request_id} (section {self.pk})"


class RequestEvent(models.Model):
    """A step in the life of a request. `words` is what the person wrote with it: a reason, a question, an answer."""

    append_only = True

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        triggers: ClassVar = append_only_triggers()
        indexes: ClassVar = [models.Index(fields=["request", "at"], name="events_of_a_request")]

    def __str__(self) -> str:
        return f"{self.step} of request {self.request_id} (event {self.pk})"
