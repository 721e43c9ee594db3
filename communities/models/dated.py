"""What holds from one day to another."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable

Row = TypeVar("Row", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with `starts_on` and `ends_on`; both days count, and no end means until further notice."""

    def live_on(self, on: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class Dated(models.Model):
    """`ends_on` None means until further notice; the last day counts."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_live(self, on: date) -> bool:
        """Whether the row holds on that day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)


def ends_after_start(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(name=name, condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))


def never_two_at_once(name: str, *keys: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same keys share a day. Keys become one-number ranges, so no extension is needed."""
    days = Func(
        F("starts_on"),
        F("ends_on"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    expressions: list[tuple[str | Combinable, str]] = [
        (
            Func(F(key), F(key), Value("[]"), function="int8range"),
            RangeOperators.OVERLAPS,
        )
        for key in keys
    ]
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (days, RangeOperators.OVERLAPS)],
        condition=condition,
    )
