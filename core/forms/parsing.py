"""What a person typed, understood: pounds, dates and times of day. Each says what to do when it cannot."""

import re
from datetime import date, time
from decimal import Decimal

from django.core.exceptions import ValidationError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.ASCII)
FOUR_FIGURES = re.compile(r"\d{4}", re.ASCII)
SPOKEN = {"noon": "12pm", "midday": "12pm", "midnight": "12am"}
SMALL_COINS = re.compile(r"£?\s*[\d,]+\.\d{3,}", re.ASCII)


def money(text: str, *, most: Decimal) -> Decimal:
    """Pounds and pence from words like "£1,250.50"."""
    words = text.strip()
    if words.startswith(("-", "−", "£-")):
        raise ValidationError("Enter an amount that is not less than nothing", code="negative")
    if SMALL_COINS.fullmatch(words):
        raise ValidationError("Enter pounds and whole pence, like 1250.50", code="pence")
    found = POUNDS.fullmatch(words)
    if not found:
        raise ValidationError("Enter an amount in pounds, like 1250 or 1,250.50", code="invalid")
    amount = Decimal(f"{found[1].replace(',', '')}.{(found[2] or '').ljust(2, '0')}")
    if amount > most:
        raise ValidationError(f"Enter an amount of £{most:,.2f} or less", code="too_much")
    return amount


def day(day_text: str, month_text: str, year_text: str, *, called: str = "Date") -> date:
    """A date from three boxes; the month may be a number or a name. `called` is what a mistake calls it."""
    missing = [
        name for name, text in (("day", day_text), ("month", month_text), ("year", year_text)) if not text.strip()
    ]
    if missing:
        raise ValidationError(f"{called} must include a {' and '.join(missing)}", code="incomplete")
    try:
        return date(_year(year_text), _month(month_text), _number(day_text))
    except ValueError:
        raise ValidationError(f"{called} must be a real date, like 27 3 2026", code="invalid") from None


def clock(text: str) -> time:
    """A time of day from "9:30am", "09:30", "9.30", "1330", "9am" or "noon"."""
    words = text.strip().lower()
    words = SPOKEN.get(words, words)
    found = CLOCK.fullmatch(f"{words[:2]}:{words[2:]}" if FOUR_FIGURES.fullmatch(words) else words)
    try:
        return _time(int(found[1]), found[2], found[3]) if found else _not_a_time()
    except ValueError:
        raise ValidationError("Enter a time, like 9:30am or 13:30", code="invalid") from None


def _time(hour: int, minute: str | None, half: str | None) -> time:
    if half is None:
        return time(hour, int(minute)) if minute else _not_a_time()
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return time(hour % 12 + (12 if half.startswith("p") else 0), int(minute or 0))


def _not_a_time() -> time:
    raise ValueError("not a time")


def _number(text: str) -> int:
    words = text.strip()
    if not re.fullmatch(r"\d{1,4}", words, re.ASCII):
        raise ValueError(words)
    return int(words)


def _month(text: str) -> int:
    start = text.strip().lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else _number(text)


def _year(text: str) -> int:
    year = _number(text)
    if year < 100:
        year += 2000
    if not 1900 <= year <= 2200:
        raise ValueError(text)
    return year
