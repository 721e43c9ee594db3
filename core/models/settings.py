"""What a council may change without a developer: its name, its words, its lists."""

from typing import ClassVar

from django.db import models

from core import colours


class ServiceSettings(models.Model):
    """One row. Words in it are shown on screens and papers; see `core.wording`."""

    council_name = models.CharField(max_length=120, default="Your council")
    council_short_name = models.CharField(max_length=30, default="the council")
    service_name = models.CharField(max_length=120, default="Communities of Schools")
    board_word = models.CharField(max_length=80, default="Area Moderation Board")
    senco_word = models.CharField(max_length=40, default="SENCO")
    help_email = models.EmailField(default="help@example.org")
    help_phone = models.CharField(max_length=40, blank=True)
    quorum_schools = models.PositiveSmallIntegerField(null=True, blank=True)
    sign_in_again_over = models.PositiveIntegerField(null=True, blank=True, default=5000)  # pounds; None means never
    brand_colour = models.CharField(max_length=7, default=colours.BRAND)
    accent_colour = models.CharField(max_length=7, default=colours.ACCENT)
    logo = models.FileField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="one_settings_row", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="colours_are_hexadecimal",
                condition=models.Q(brand_colour__regex=colours.HEX, accent_colour__regex=colours.HEX),
            ),
        ]

    def __str__(self) -> str:
        return f"settings of {self.service_name}"


class ListEntry(models.Model):
    """A dated line of a list the council owns: areas of need, levels of support, reasons, plan types."""

    list_name = models.CharField(max_length=40)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    meaning = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["list_name", "position", "label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_name", "code", "starts_on"], name="list_entry_once"),
            models.CheckConstraint(
                name="list_entry_ends_after_start",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.list_name} {self.pk})"
