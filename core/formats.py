"""Times, dates and pounds written out, in London time."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value, LONDON) if isinstance(value, datetime) and timezone.is_aware(value) else value


def long_date(value: date | datetime | None) -> str:
    """Tuesday 24 November 2026."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_date(value: date | datetime | None) -> str:
    """24 November 2026: inside a sentence or a table."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local.day} {local:%B %Y}"


def clock(value: time | datetime | None) -> str:
    """9:30am; midday and midnight are called so."""
    if value is None:
        return ""
    local = timezone.localtime(value, LONDON) if isinstance(value, datetime) else value
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def long_moment(value: datetime | None) -> str:
    """Tuesday 24 November 2026 at 9:30am."""
    return f"{long_date(value)} at {clock(value)}" if value else ""


def school_year(period: str) -> str:
    """2023 to 2024, as the council writes it, for the published "2023-24"; anything else as it stands."""
    first, _, last = period.partition("-")
    return f"{first} to {first[:2]}{last}" if len(first) == 4 and len(last) == 2 else period


def pounds(value: Decimal | int | None) -> str:
    """£3,200, or £3,200.50 where there are pence; a minus stands before the sign."""
    if value is None:
        return ""
    amount = Decimal(value)
    sign = "−" if amount < 0 else ""
    return f"{sign}£{abs(amount):,.2f}".removesuffix(".00")


def exact_pounds(value: Decimal | int | str | None) -> str:
    """£3,200.00: for columns that add up. Frozen facts keep their amounts as text."""
    if value is None:
        return ""
    amount = Decimal(value)
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def thousands(number: int | None) -> str:
    """A whole number with commas: 271,166. Empty for None."""
    return "" if number is None else f"{number:,}"
