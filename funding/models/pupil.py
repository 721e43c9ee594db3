"""Pupils as the community meets them: a two-word key, a year group and needs. Never a name, a UPN or a date of birth."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.models import School
from funding.models.request import FundingRequest

YEARS = [
    ("N", "Nursery"),
    ("R", "Reception"),
    *[(str(number), f"Year {number}") for number in range(1, 15)],
]


class PupilKey(models.Model):
    """Two words that stand for one pupil, within one school and for good. Their meaning never leaves the school."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="pupil_keys")
    words = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["words"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["school", "words"], name="pupil_key_once_a_school")]

    def __str__(self) -> str:
        return f"pupil key {self.pk}"


class RequestPupil(models.Model):
    """One pupil in a request. Needs and status are codes of the council's dated lists; `attends` is the lead or a partner."""

    request = models.ForeignKey(FundingRequest, on_delete=models.CASCADE, related_name="pupils")
    key = models.ForeignKey(PupilKey, on_delete=models.PROTECT, related_name="uses")
    attends = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year_group = models.CharField(max_length=2, choices=YEARS)
    primary_need = models.SlugField(max_length=40)
    secondary_need = models.SlugField(max_length=40, blank=True)
    sen_status = models.SlugField(max_length=40)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "key"], name="pupil_once_a_request"),
            models.CheckConstraint(
                name="two_needs_are_two", condition=Q(secondary_need="") | ~Q(secondary_need=F("primary_need"))
            ),
        ]

    def __str__(self) -> str:
        return f"pupil {self.pk} of request {self.request_id}"


class Agreement(models.Model):
    """Agreement to share and discuss: a record that it was asked and given, not the legal basis for using the data."""

    class GivenBy(models.TextChoices):
        PARENT = "parent", "Parent or carer"
        YOUNG_PERSON = "young_person", "The young person"
        BOTH = "both", "Both"

    class How(models.TextChoices):
        MEETING = "meeting", "In a meeting"
        WRITING = "writing", "In writing"
        PHONE = "phone", "By phone"

    pupil = models.OneToOneField(RequestPupil, on_delete=models.CASCADE, related_name="agreement")
    given_by = models.CharField(max_length=12, choices=GivenBy)
    agreed_on = models.DateField()
    asked_by = models.CharField(max_length=80)
    how = models.CharField(max_length=8, choices=How)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="agreement_says_who_asked", condition=~Q(asked_by="")),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk} for pupil {self.pupil_id}"
