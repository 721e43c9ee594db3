"""What every template knows about the service itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.wording import words


def service(_request: HttpRequest) -> dict[str, Any]:
    """`service` (the council's words), `demo_mode` (a banner on every page), `idle_minutes` (a warning before they are over)."""
    return {"service": words(), "demo_mode": settings.DEMO, "idle_minutes": settings.SESSION_IDLE_MINUTES}
