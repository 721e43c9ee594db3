"""The official GOV.UK macros, from one Jinja environment (the tags of govuk-frontend-django build one for every call)."""

from functools import cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import Environment, PackageLoader, PrefixLoader


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    # The macros indent what is nested for looks; that would add blanks to the lines of a textarea at every save.
    environment.filters["indent"] = lambda text, *_args, **_kwargs: text
    return environment


@cache
def _module(component: str) -> Any:
    return _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module


def macro(component: str, **params: Any) -> SafeString:
    """Draw an official component, as `macro("date-input", id="when", ...)`. Words given as `text` are escaped."""
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    drawn = getattr(_module(component), name)({key: value for key, value in params.items() if value is not None})
    return format_html("{}", drawn)
