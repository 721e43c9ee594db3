"""The Community Principles, kept as dated versions; each decision says which version it was taken under."""

from typing import ClassVar

from django.db import models


class PrinciplesVersion(models.Model):
    """In force from `starts_on` until the next published version starts. Drafts have no `published_at`."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-number"]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Principle(models.Model):
    """One principle, in the council's words."""

    version = models.ForeignKey(PrinciplesVersion, on_delete=models.CASCADE, related_name="principles")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "number"], name="principle_number_once")]

    def __str__(self) -> str:
        return f"principle {self.number} of version {self.version_id} ({self.pk})"
