"""Papers that come with a request. Kept under a random name, never shown inside a page."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from funding.models.request import FundingRequest


def random_place(_instance: "Attachment", _filename: str) -> str:
    """Nothing of what the person called the file reaches the disk."""
    name = uuid4().hex
    return f"requests/{name[:2]}/{name}"


class Attachment(models.Model):
    """A checked file. `name` is what the person called it, cleaned; it is shown, never used as a path."""

    class Type(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word document"
        XLSX = "xlsx", "Excel workbook"
        PNG = "png", "PNG picture"
        JPEG = "jpeg", "JPEG picture"

    request = models.ForeignKey(FundingRequest, on_delete=models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to=random_place, max_length=120)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=4, choices=Type)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="attachment_type_is_known", condition=Q(type__in=["pdf", "docx", "xlsx", "png", "jpeg"])
            ),
            models.CheckConstraint(name="attachment_holds_something", condition=Q(size__gt=0) & ~Q(name="")),
            models.CheckConstraint(
                name="attachment_removal_is_whole_or_absent",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk} of request {self.request_id}"
