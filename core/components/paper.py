"""What a paper needs besides its words: the council's name and an open face, both inside the page."""

import base64
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from core.components.library import register
from core.models import ServiceSettings
from core.wording import words

FACES = ((400, "fonts/public-sans-latin-400-normal.woff2"), (700, "fonts/public-sans-latin-700-normal.woff2"))


@register.simple_tag
def wording() -> ServiceSettings:
    """The council's words where no request is at hand: {% wording as service %}."""
    return words()


@register.simple_tag
def paper_faces() -> SafeString:
    """The face as data, so that the paper stands alone; nothing where the assets are not built."""
    return mark_safe("".join(_face(weight, path) for weight, path in FACES))  # noqa: S308 -- our own font files


@cache
def _face(weight: int, path: str) -> str:
    found = finders.find(path)
    if not found:
        return ""
    data = base64.b64encode(Path(found).read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "Public Sans"; font-weight: {weight};'
        f' src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'
    )
