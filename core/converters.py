"""Parts of an address that are more than text: /meetings/ashford-north/2026-11-24/. Import this to use them."""

from datetime import date

from django.urls import register_converter


class DayConverter:
    """`<day:on>`: a day as yyyy-mm-dd. What is no day is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")
