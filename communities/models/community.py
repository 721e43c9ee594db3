"""The council's own geography: county, areas, districts, communities. NHS geography stands apart (see health.py)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from communities.models.dated import Dated, ends_after_start, never_two_at_once


class County(models.Model):
    """The one council that runs this service; scope of county-wide posts.

    `sub_icb_code` is the NHS area (sub-ICB location) whose primary care networks are of interest, as "91Q" for Kent.
    """

    name = models.CharField(max_length=80)
    la_code = models.CharField(max_length=3, unique=True)
    sub_icb_code = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_county", condition=Q(pk=1))]
        permissions: ClassVar = [
            (
                "administer_county",
                "Runs registers, dates, templates, periods and people",
            ),
            ("accept_reports", "Reviews expenditure reports and marks payments"),
            ("view_money", "Sees the money of every community"),
            ("protect_data", "Reads the access log, makes bundles, runs retention"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (county {self.pk})"


class Area(models.Model):
    """A quarter or so of the county, with one Area Moderation Board."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("moderate_area", "Sits on the board of this area")]

    def __str__(self) -> str:
        return f"{self.name} (area {self.pk})"


class District(models.Model):
    """A council district, the level at which much data is published. Its area is the council's choice."""

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="districts")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} (district {self.pk})"


class Community(models.Model):
    """A group of schools that meets under a chair from outside it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="communities")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    terms_accepted = models.BooleanField(default=False)
    primary_care_networks: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "PrimaryCareNetwork", through="CommunityPCN"
    )
    schools: "models.ManyToManyField[Any, Any]" = models.ManyToManyField("School", through="CommunityMembership")

    class Meta:
        ordering: ClassVar = ["name"]
        # The powers of the table in communities.roles; `view_community` is Django's own.
        permissions: ClassVar = [
            ("attend_meetings", "Attends meetings and reads papers"),
            ("run_meetings", "Plans and runs meetings"),
            ("decide_funding", "Approves or declines recommendations"),
            ("view_balance", "Sees the community's money"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (community {self.pk})"


class CommunityPCN(Dated):
    """Community to primary care network is many-to-many and dated; a PCN is never a key."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="pcn_links")
    pcn = models.ForeignKey("PrimaryCareNetwork", on_delete=models.PROTECT, related_name="community_links")

    class Meta:
        constraints: ClassVar = [
            ends_after_start("pcn_link_ends_after_start"),
            never_two_at_once("pcn_link_once_a_day", "community_id", "pcn_id"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} to {self.pcn_id} (PCN link {self.pk})"


class CommunityMembership(Dated):
    """A school belongs to a community from one day to another: fully to one at most, otherwise as associate or provider."""

    class Kind(models.TextChoices):
        FULL = "full", "Full member"
        ASSOCIATE = "associate", "Associate member"
        PROVIDER = "provider", "Provider of support"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    school = models.ForeignKey("School", on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FULL)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("membership_ends_after_start"),
            never_two_at_once("one_full_membership_a_day", "school_id", condition=Q(kind="full")),
            never_two_at_once("one_membership_of_a_community_a_day", "school_id", "community_id"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "school"], include=["starts_on", "ends_on"], name="membership_by_kind")
        ]

    def __str__(self) -> str:
        return f"school {self.school_id} in community {self.community_id} (membership {self.pk})"
