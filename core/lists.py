"""Dated lists the council owns. The codes are data; no code in the house may depend on a particular one."""

from datetime import date

from django.db.models import Q, QuerySet

from core.models import ListEntry


def entries(list_name: str, *, on: date) -> "QuerySet[ListEntry]":
    """The lines of a list in force on a day, in order."""
    return ListEntry.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), list_name=list_name, starts_on__lte=on)


def every(list_name: str) -> "QuerySet[ListEntry]":
    """All lines of a list, past and to come, oldest first: for reading many days at once."""
    return ListEntry.objects.filter(list_name=list_name).order_by("starts_on")


def choices(list_name: str, *, on: date) -> list[tuple[str, str]]:
    """(code, label) pairs for a form field."""
    return [(entry.code, entry.label) for entry in entries(list_name, on=on)]


def all_labels(*list_names: str) -> "QuerySet[ListEntry, tuple[str, str, str]]":
    """(list, code, label) of every line these lists ever had, oldest first: `dict` keeps the newest label of a code."""
    rows = ListEntry.objects.filter(list_name__in=list_names).order_by("starts_on")
    return rows.values_list("list_name", "code", "label")


def labels(list_name: str) -> dict[str, str]:
    """Every label a code of the list ever had, the newest one winning: for showing what was chosen long ago."""
    rows = ListEntry.objects.filter(list_name=list_name).order_by("starts_on").values_list("code", "label")
    return dict(rows)
