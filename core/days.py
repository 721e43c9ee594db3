"""Days as people here count them."""

from datetime import date, datetime, time

from django.utils import timezone


def begins(day: date) -> datetime:
    """The moment at which a day begins, by the clocks of the county (TIME_ZONE)."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
