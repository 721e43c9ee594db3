"""Lists with a meaning: summary rows, tasks, timelines, what needs you."""

from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core import formats
from core.components.actions import Answer
from core.components.library import drawn, register
from core.components.words import tag


@register.simple_block_tag
def summary_list(content: SafeString, *, plain: bool = False) -> SafeString:
    """Rows of {% summary_row %}; `plain` without the lines between."""
    shape = "govuk-summary-list govuk-summary-list--no-border" if plain else "govuk-summary-list"
    return format_html('<dl class="{}">{}</dl>', shape, content)


@register.simple_block_tag
def summary_row(content: SafeString, *, key: str, change: str = "", action: str = "Change") -> SafeString:
    """One fact. `change` is the address where it is changed."""
    return drawn("summary_row", content=content, key=key, change=change, action=action)


@register.simple_block_tag
def task_list(content: SafeString) -> SafeString:
    """Rows of {% task %}."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@register.simple_tag
def task(
    *, title: str, href: str = "", status: str = "", tone: str = "todo", done: bool = False, hint: str = ""
) -> SafeString:
    """One task: a link, a hint and a status. `done` shows plain words; without href it cannot be started yet."""
    shown = status or ("Completed" if done else "Not started")
    drawn_status = shown if done or not href else tag(text=shown, tone=tone)
    return drawn("task", title=title, href=href, status=drawn_status, waiting=not href, hint=hint, key=slugify(title))


@register.simple_block_tag
def timeline(content: SafeString) -> SafeString:
    """Rows of {% event %}, newest first."""
    return format_html('<ol class="app-timeline">{}</ol>', content)


@register.simple_block_tag
def event(content: SafeString, *, title: str, at: datetime | date, by: str = "", level: int = 3) -> SafeString:
    """What happened, when and by whom; the block is what was said about it; `level` of its heading."""
    when = formats.long_moment(at) if isinstance(at, datetime) else formats.long_date(at)
    return drawn(
        "event", content=SafeString(content.strip()), title=title, when=when, iso=at.isoformat(), by=by, level=level
    )


@register.simple_block_tag
def needs(content: SafeString) -> SafeString:
    """Rows of {% need %}: what needs this person now."""
    return format_html('<ul class="app-needs">{}</ul>', content)


@register.simple_tag
def need(
    *,
    text: str,
    href: str,
    why: str = "",
    by: date | datetime | None = None,
    late: bool = False,
    verdict: Answer | None = None,
) -> SafeString:
    """Verb and object as the link, by when, and why it is mine."""
    reason = verdict.reason if verdict is not None and not verdict else ""
    return drawn("need", text=text, href=href, why=reason or why, by=formats.long_date(by), late=late)
