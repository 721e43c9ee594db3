"""The council's lists, as the administrator reads them."""

from datetime import date

from django.db.models import QuerySet

from communities.first_lists import TITLES
from core.models import ListEntry


def overview(*, on: date) -> list[dict[str, object]]:
    """Each list with its title and how many lines are in force."""
    rows = list(ListEntry.objects.all())
    return [
        {"name": name, "title": title, "lines": sum(_in_force(row, on) for row in rows if row.list_name == name)}
        for name, title in TITLES.items()
    ]


def lines_of(list_name: str) -> "QuerySet[ListEntry]":
    """Every line a list ever had, those without an end first."""
    return ListEntry.objects.filter(list_name=list_name).order_by("position", "starts_on")


def line(list_name: str, pk: int) -> "QuerySet[ListEntry]":
    """One line of one list."""
    return ListEntry.objects.filter(list_name=list_name, pk=pk)


def _in_force(entry: ListEntry, on: date) -> bool:
    return entry.starts_on <= on and (entry.ends_on is None or entry.ends_on >= on)
