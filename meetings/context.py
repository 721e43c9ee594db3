"""What every page knows about sharing a screen."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from meetings import sharing


def sharing_screen(request: HttpRequest) -> dict[str, Any]:
    """`sharing_screen` is empty, or holds the address where the mode is stopped; pages hide keys and free text then."""
    return {"sharing_screen": {"href": reverse("meetings:sharing")} if sharing.hides(request) else None}
