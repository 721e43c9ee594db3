"""What is measured, and the figures: as published for schools and England, added up for every place between them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from communities.models import Community, District, School


class Indicator(models.Model):
    """One thing that is measured. A share is `counted` out of `out_of_word`; a plain count has no `out_of_word`."""

    class Polarity(models.TextChoices):
        HIGH = "high", "High is good"
        LOW = "low", "Low is good"
        NEITHER = "neither", "Neither high nor low is good in itself"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    counted = models.CharField(max_length=80)
    out_of_word = models.CharField(max_length=80, blank=True)
    polarity = models.CharField(max_length=8, choices=Polarity, default=Polarity.NEITHER)
    meaning = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.name} (indicator {self.pk})"


class Figure(models.Model):
    """One number of one place in one period. `count` is None where the publisher gave a `marker` ("SUPP", "NA").

    `urn` stands on school figures even where the register does not know the school: it still counts for the county.
    `schools` and `missing` say, for a place that was added up, how many schools it holds and how many gave no figure.
    """

    class Level(models.TextChoices):
        SCHOOL = "school", "School"
        COMMUNITY = "community", "Community"
        DISTRICT = "district", "District"
        COUNTY = "county", "County"
        ENGLAND = "england", "England"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    level = models.CharField(max_length=10, choices=Level)
    period = models.CharField(max_length=9)  # "2023-24": sorts in time
    urn = models.PositiveIntegerField(null=True, blank=True)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.CASCADE, related_name="figures")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.CASCADE, related_name="figures")
    count = models.PositiveIntegerField(null=True, blank=True)
    out_of = models.PositiveIntegerField(null=True, blank=True)
    marker = models.CharField(max_length=10, blank=True)
    schools = models.PositiveIntegerField(default=1)
    missing = models.PositiveIntegerField(default=0)
    import_run = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="figure_names_its_place",
                condition=Q(level="school", urn__isnull=False, community=None, district=None)
                | Q(level="community", community__isnull=False, urn=None, school=None, district=None)
                | Q(level="district", district__isnull=False, urn=None, school=None, community=None)
                | Q(level__in=["county", "england"], urn=None, school=None, community=None, district=None),
            ),
            models.CheckConstraint(name="figure_or_marker", condition=Q(count__isnull=False) | ~Q(marker="")),
            models.CheckConstraint(
                name="a_part_is_not_more_than_the_whole",
                condition=Q(out_of=None) | Q(count=None) | Q(count__lte=models.F("out_of")),
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "urn"], name="school_figure_once", condition=Q(level="school")
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "community"],
                name="community_figure_once",
                condition=Q(level="community"),
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "district"], name="district_figure_once", condition=Q(level="district")
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "level"],
                name="county_and_england_figure_once",
                condition=Q(level__in=["county", "england"]),
            ),
        ]

    def __str__(self) -> str:
        return f"indicator {self.indicator_id} {self.level} {self.period} (figure {self.pk})"


class FrozenFigure(models.Model):
    """A figure as it was shown when somebody said "discuss this": words and numbers, not references."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="frozen_figures")
    place = models.CharField(max_length=120)
    shown = models.JSONField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"indicator {self.indicator_id} of {self.place} (frozen figure {self.pk})"
