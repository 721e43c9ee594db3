"""The one register of tags and filters."""

from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = Library()


def drawn(template: str, **context: Any) -> SafeString:
    """A component's own template with exactly these names in it."""
    return render_to_string(f"components/{template}.html", context)
