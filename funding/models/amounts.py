"""Exact pounds and pence as the database keeps them. Never a float."""

from decimal import Decimal
from typing import Any

from django.db import models

NOTHING = Decimal("0.00")


def money(**kwargs: Any) -> "models.DecimalField[Decimal, Decimal]":
    """A column of pounds and pence, up to £9,999,999,999.99."""
    return models.DecimalField(max_digits=12, decimal_places=2, **kwargs)
