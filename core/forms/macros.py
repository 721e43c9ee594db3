"""The official GOV.UK macros, from one Jinja environment (the tags of govuk-frontend-django build one for every call)."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pickle import dumps, loads
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from jinja2 import Environment, PackageLoader, PrefixLoader

MOST_KEPT = 1_000
LONGEST_KEPT = 20_000  # bytes of what a control is drawn from: a few hundred things to choose from
HOLE = "\ue000"  # a character of no script


class _Environment(Environment):
    """`params.name` of a macro is a key of a dictionary; Jinja would look for an attribute first, and fail, each time."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment = _Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
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


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that may be anybody's, or markup with such words in it."""

    words: str


def kept(component: str, **params: Any) -> SafeString:
    """The same, drawn once and kept in memory with holes where something is `Typed`: the words themselves are not kept."""
    words: list[str] = []
    parts = _parts(component, _with_holes(params, words))
    return SafeString(
        "".join([conditional_escape(words[int(part)]) if at % 2 else part for at, part in enumerate(parts)])
    )


def kept_whole(component: str, **params: Any) -> SafeString:
    """The same where nothing is `Typed`: a long list of things to choose from is not searched for it."""
    return SafeString(HOLE.join(_parts(component, params)))


def _parts(component: str, params: dict[str, Any]) -> list[str]:
    drawn_from = dumps(params)
    return (_kept if len(drawn_from) <= LONGEST_KEPT else _kept.__wrapped__)(component, drawn_from)


def _with_holes(value: Any, words: list[str]) -> Any:
    if isinstance(value, Typed):
        words.append(value.words)
        return f"{HOLE}{len(words) - 1}{HOLE}"
    if isinstance(value, dict):
        return {key: _with_holes(part, words) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_holes(part, words) for part in value]
    return value.replace(HOLE, "") if isinstance(value, str) and HOLE in value else value


@lru_cache(maxsize=MOST_KEPT)
def _kept(component: str, params: bytes) -> list[str]:
    """Markup and numbers of holes, by turns. Pickled, safe words differ from words that must be escaped."""
    return macro(component, **loads(params)).split(HOLE)  # noqa: S301 -- pickled by `kept`
