"""Words on a page: tags, notes, warnings and the way dates and pounds are written."""

import re
from datetime import date
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core import formats
from core.components.library import drawn, register

for written in (
    formats.long_date,
    formats.short_date,
    formats.clock,
    formats.long_moment,
    formats.pounds,
    formats.exact_pounds,
    formats.thousands,
    formats.school_year,
):
    register.filter(written.__name__, written)

REFERENCE = re.compile(r"\b\w+-\d+(?:/\d+)?\b")


@register.filter
def unbroken(text: str | None) -> SafeString:
    """Words in which a reference, as CoS-2041/1, never breaks at its hyphen. Empty for None."""
    escaped = conditional_escape(text or "")
    return mark_safe(REFERENCE.sub(r'<span class="app-whole">\g<0></span>', escaped))  # noqa: S308 -- escaped above


# What a status means for the reader, never a domain word: apps say which of these their own status is.
TONES = {
    "todo": "grey",
    "waiting": "yellow",
    "going": "teal",
    "done": "green",
    "stopped": "red",
    "alert": "orange",
    "note": "blue",
    "special": "purple",
}


@register.simple_tag
def tag(*, text: str, tone: str = "note") -> SafeString:
    """A status: a word with a colour. `tone` is one of TONES."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', TONES[tone], text)


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """A passage set apart."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning_text(content: SafeString) -> SafeString:
    """A consequence the reader must know before acting."""
    return drawn("warning_text", content=content)


@register.simple_block_tag
def details(content: SafeString, *, summary: str, is_open: bool = False) -> SafeString:
    """Help for those who need it."""
    return drawn("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def banner(content: SafeString, *, title: str = "Important", tone: str = "", key: str = "banner") -> SafeString:
    """A notification banner; `tone="success"` for what has just been done. `key` when a page has two."""
    return drawn("banner", content=content, title=title, tone=tone, key=key)


@register.simple_block_tag
def empty(content: SafeString) -> SafeString:
    """Nothing to show is a sentence, not a void."""
    return format_html('<p class="app-empty">{}</p>', content)


@register.simple_block_tag
def confirmation(content: SafeString, *, title: str) -> SafeString:
    """The end of a journey: what was done, as the page's h1."""
    return drawn("confirmation", content=content, title=title)


@register.simple_tag
def moment(*, at: object, style: str = "long_moment") -> SafeString:
    """A <time> with its machine date; `style` is long_moment, long_date, short_date or clock."""
    if at is None:
        return format_html("{}", "")
    text = getattr(formats, style)(at)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), text)  # type: ignore[attr-defined]


@register.filter
def day(value: date | None) -> SafeString:
    """24 November 2026, which never breaks: for the cells of tables. Empty for None."""
    return format_html("{}", "") if value is None else _day(value)


@lru_cache(maxsize=1_000)
def _day(value: date) -> SafeString:
    text = formats.short_date(value)
    return format_html('<time class="app-whole" datetime="{}">{}</time>', value.isoformat(), text)
