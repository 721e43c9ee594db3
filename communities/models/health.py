"""NHS geography, from the Organisation Data Service. A reference, never a key of ours."""

from typing import ClassVar

from django.db import models

from communities.models.dated import Dated, ends_after_start


class PrimaryCareNetwork(models.Model):
    """A group of general practices. Networks are renamed, merged and closed."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    sub_icb_code = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Practice(models.Model):
    """A general practice."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PracticeLink(Dated):
    """A practice is a core partner of a network from one day to another."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="links")
    pcn = models.ForeignKey(PrimaryCareNetwork, on_delete=models.CASCADE, related_name="practice_links")

    class Meta:
        constraints: ClassVar = [
            ends_after_start("practice_link_ends_after_start"),
            models.UniqueConstraint(fields=["practice", "pcn", "starts_on"], name="practice_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} in {self.pcn_id} (practice link {self.pk})"
