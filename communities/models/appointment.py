"""Who holds which post where, from one day to another. The only source of power in the house."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.models.community import Area, Community, County
from communities.models.dated import Dated, ends_after_start
from communities.models.school import School
from communities.models.service import Service


class Role(models.TextChoices):
    """The posts of the model. What each may do stands in communities.roles.POWERS."""

    CHAIR = "chair", "Chair"
    SENCO = "senco", "SENCO"
    HEADTEACHER = "headteacher", "Headteacher"
    BUSINESS_MANAGER = "business_manager", "Business manager"
    PROFESSIONAL = "professional", "Professional Resource Group professional"
    BOARD_MEMBER = "board_member", "Board member"
    OFFICER = "officer", "High Needs Funding officer"
    ADMINISTRATOR = "administrator", "County administrator"
    DATA_PROTECTION = "data_protection", "Data protection officer"


COMMUNITY_ROLES = [Role.CHAIR]
SCHOOL_ROLES = [Role.SENCO, Role.HEADTEACHER, Role.BUSINESS_MANAGER]
SERVICE_ROLES = [Role.PROFESSIONAL]
AREA_ROLES = [Role.BOARD_MEMBER]
COUNTY_ROLES = [Role.OFFICER, Role.ADMINISTRATOR, Role.DATA_PROTECTION]


def _scoped(roles: list[Role], field: str) -> Q:
    others = {"community", "school", "service", "area", "county"} - {field}
    return Q(
        role__in=roles,
        **{f"{field}__isnull": False},
        **{f"{other}__isnull": True for other in others},
    )


class Appointment(Dated):
    """A post. Cover is a chair standing in; `override_reason` is the administrator's for a tie the rules ask about.

    `chosen_at` is when the person last chose to act in it, None for never.
    """

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", "In post"
        COVER = "cover", "Standing in"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUBSTANTIVE)
    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    service = models.ForeignKey(
        Service,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    county = models.ForeignKey(
        County,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    tie = models.CharField(max_length=300, blank=True)
    override_reason = models.CharField(max_length=500, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField(default=timezone.now)
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ends_after_start("appointment_ends_after_start"),
            models.CheckConstraint(
                name="appointment_scope_fits_role",
                condition=_scoped(COMMUNITY_ROLES, "community")
                | _scoped(SCHOOL_ROLES, "school")
                | _scoped(SERVICE_ROLES, "service")
                | _scoped(AREA_ROLES, "area")
                | _scoped(COUNTY_ROLES, "county"),
            ),
            models.CheckConstraint(name="a_tie_has_a_reason", condition=Q(tie="") | ~Q(override_reason="")),
            models.CheckConstraint(
                name="only_chairs_are_covered",
                condition=Q(kind="substantive") | Q(role="chair"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "starts_on"], name="appointment_by_person"),
            models.Index(fields=["role", "school"], include=["starts_on", "ends_on"], name="appointment_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} (appointment {self.pk})"

    @property
    def scope(self) -> Community | School | Service | Area | County:
        """The one thing the post is about."""
        found = self.community or self.school or self.service or self.area or self.county
        if found is None:
            raise ValueError("a post without a scope cannot be stored")
        return found

    @property
    def title(self) -> str:
        """As it stands in the header: "Chair, Ashford North"."""
        standing_in = " (standing in)" if self.kind == self.Kind.COVER else ""
        return f"{self.get_role_display()}{standing_in}, {self.scope.name}"
