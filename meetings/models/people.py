"""Who is asked to come, what they answered, and who was there when."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from communities.models import School
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.whole import whole_exactly_when


class How(models.TextChoices):
    """How somebody takes part."""

    IN_PERSON = "in_person", "In the room"
    REMOTE = "remote", "Online"


class Invitation(models.Model):
    """A place at a meeting: a person, for a school or for none (the chair, the board), or for one item (a professional).

    A person with posts at two member schools has two places. A substitute is a person of the service or a name with an
    email address; they hold the school's place for this meeting only.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", "No answer yet"
        YES = "yes", "Coming"
        MAYBE = "maybe", "Not sure yet"
        NO = "no", "Apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(max_length=20)
    invited_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    how = models.CharField(max_length=10, choices=How, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places_held",
    )
    substitute_name = models.CharField(max_length=120, blank=True)
    substitute_email = models.EmailField(blank=True)

    class Meta:
        ordering: ClassVar = ["school__name", "person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person", "school", "item"],
                nulls_distinct=False,
                name="invited_once",
            ),
            models.CheckConstraint(
                name="answer_is_whole",
                condition=whole_exactly_when(~Q(answer="waiting"), "answered_at", "answered_by"),
            ),
            models.CheckConstraint(
                name="one_substitute_at_most",
                condition=Q(substitute=None) | Q(substitute_name=""),
            ),
            models.CheckConstraint(
                name="only_who_stays_away_sends_a_substitute",
                condition=Q(answer="no") | Q(substitute=None, substitute_name="", substitute_email=""),
            ),
            models.CheckConstraint(
                name="nobody_is_their_own_substitute",
                condition=Q(substitute=None) | ~Q(substitute=F("person")),
            ),
            models.CheckConstraint(
                name="a_substitutes_address_has_a_name",
                condition=Q(substitute_email="") | ~Q(substitute_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.meeting_id} (invitation {self.pk})"

    @property
    def sends_substitute(self) -> bool:
        """Somebody else comes in their place."""
        return bool(self.substitute_id or self.substitute_name)

    @property
    def will_be_filled(self) -> bool:
        """The person said yes, or sends somebody."""
        return self.answer == self.Answer.YES or self.sends_substitute


class Attendance(models.Model):
    """Somebody was there from one moment to another. `left_at` None while they are. Guests have a name and no account.

    `arrived_at` and `left_at` are what is said, `recorded_at` and `left_recorded_at` when it was written down. A guest
    with an `item` came for that item only. `invitation` is the place they fill, as themselves or as a substitute.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    guest_name = models.CharField(max_length=120, blank=True)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How, default=How.IN_PERSON)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    left_recorded_at = models.DateTimeField(null=True, blank=True)
    left_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="guests")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["arrived_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_person_or_a_guest_attends",
                condition=Q(person__isnull=False, guest_name="") | (Q(person=None) & ~Q(guest_name="")),
            ),
            models.CheckConstraint(
                name="leaving_is_whole",
                condition=whole_exactly_when(Q(left_at__isnull=False), "left_recorded_at", "left_recorded_by"),
            ),
            models.CheckConstraint(name="only_guests_come_for_one_item", condition=Q(item=None) | Q(person=None)),
            models.CheckConstraint(
                name="left_after_arriving",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
            ExclusionConstraint(
                name="in_one_place_at_a_time",
                expressions=[
                    (
                        Func(
                            F("meeting_id"),
                            F("meeting_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("person_id"),
                            F("person_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("arrived_at"),
                            F("left_at"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or 'guest'} at {self.meeting_id} (attendance {self.pk})"
