"""Specialist services of the Professional Resource Group. The register is here; offers and bookings are provision's."""

from typing import ClassVar

from django.db import models


class Service(models.Model):
    """A service of the Professional Resource Group: specialist teaching, educational psychology, outreach."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    what_it_does = models.CharField(max_length=300, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("run_service", "Keeps the service's offers and answers bookings")]

    def __str__(self) -> str:
        return f"{self.name} (service {self.pk})"
