"""Schools and trusts as the national register (GIAS) knows them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from communities.models.community import District
from communities.models.dated import Dated, ends_after_start, never_two_at_once


class Trust(models.Model):
    """A trust or federation; `uid` is the register's group number."""

    uid = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} (trust {self.uid})"


class School(models.Model):
    """An establishment. `urn` is its number for life; the DfE number (LA code and four digits) may move to a successor."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSING = "closing", "Open, but proposed to close"
        PROPOSED = "proposed", "Proposed to open"
        CLOSED = "closed", "Closed"

    urn = models.PositiveIntegerField(unique=True)
    la_code = models.CharField(max_length=3)
    establishment_number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    kind = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    street = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    roll = models.PositiveIntegerField(null=True, blank=True)
    district = models.ForeignKey(
        District,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="schools",
    )

    class Meta:
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [
            ("write_requests", "Drafts requests and records support"),
            ("sign_off_requests", "Signs requests off"),
            ("view_awards", "Sees the school's awards and instalments"),
            ("view_pupil_text", "Reads the school's requests in full"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["la_code", "establishment_number"], name="school_by_dfe_number"),
            models.Index(fields=["name"], name="school_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"

    @property
    def dfe_number(self) -> str:
        """LA code and establishment number, as schools quote it: 886/2001. Empty when it has none."""
        return f"{self.la_code}/{self.establishment_number}" if self.establishment_number else ""


class SchoolTrust(Dated):
    """A school stands under a trust or federation from one day to another."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="trust_links")
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="school_links")

    class Meta:
        constraints: ClassVar = [
            ends_after_start("trust_link_ends_after_start"),
            never_two_at_once("trust_link_once_a_day", "school_id", "trust_id"),
        ]

    def __str__(self) -> str:
        return f"school {self.school_id} under trust {self.trust_id} (trust link {self.pk})"


class SchoolLink(models.Model):
    """Predecessor, successor, merger: as the register lists them."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="links")
    linked_urn = models.PositiveIntegerField()
    linked_name = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=60)
    established_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "linked_urn", "kind"], name="school_link_once"),
            models.CheckConstraint(name="school_link_kind_said", condition=~Q(kind="")),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.kind} {self.linked_urn} (school link {self.pk})"
