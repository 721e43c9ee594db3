"""Conditions that several tables share: what belongs together is there together or not at all."""

from django.db.models import Q


def absent(*columns: str) -> Q:
    """None of these columns is filled."""
    return Q(**{f"{column}__isnull": True for column in columns})


def present(*columns: str) -> Q:
    """All of these columns are filled."""
    return Q(**{f"{column}__isnull": False for column in columns})


def whole_or_absent(*columns: str) -> Q:
    """All of these columns are filled, or none is."""
    return present(*columns) | absent(*columns)


def whole_exactly_when(when: Q, *columns: str, text: str = "") -> Q:
    """The columns (and a text, if named) are filled when the row is in this state, and empty in every other."""
    there, gone = present(*columns), absent(*columns)
    if text:
        there, gone = there & ~Q(**{text: ""}), gone & Q(**{text: ""})
    return (when & there) | (~when & gone)


def exactly_one(first: str, second: str) -> Q:
    """One of two columns is filled and the other is not."""
    return (present(first) & absent(second)) | (absent(first) & present(second))
