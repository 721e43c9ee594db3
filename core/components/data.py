"""Figures: tables, stats, progress, cards and charts."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import charts
from core.components.library import drawn, register


@register.simple_block_tag
def table(
    content: SafeString, *, caption: str, caption_size: str = "m", hide_caption: bool = False, small: bool = False
) -> SafeString:
    """A table in a region that scrolls by itself on a phone. Inside: plain thead, tbody, th scope, td (class="num")."""
    caption_class = (
        "govuk-visually-hidden" if hide_caption else f"govuk-table__caption govuk-table__caption--{caption_size}"
    )
    shape = "app-table app-table--small" if small else "app-table"
    return drawn("table", content=content, caption=caption, caption_class=caption_class, shape=shape)


@register.simple_block_tag
def stats(content: SafeString) -> SafeString:
    """A row of {% stat %}."""
    return format_html('<div class="app-stats">{}</div>', content)


@register.simple_tag
def stat(*, value: object, label: str, note: str = "", href: str = "") -> SafeString:
    """A figure that matters, with its name and what to make of it. Whole numbers get their commas."""
    return drawn("stat", value=f"{value:,}" if isinstance(value, int) else value, label=label, note=note, href=href)


@register.simple_block_tag
def card(content: SafeString, *, heading: str = "", href: str = "", level: int = 2) -> SafeString:
    """A boxed piece; `level` is that of the heading."""
    return drawn("card", content=content, heading=heading, href=href, level=level)


@register.simple_tag
def progress(*, done: int, total: int, label: str, note: str = "") -> SafeString:
    """Long work: a bar and the same in words."""
    return drawn("progress", done=done, total=total or 1, label=label, note=note)


@register.simple_tag
def figure_bar(*, parts: Sequence[tuple[str, Decimal]], label: str) -> SafeString:
    """Where the budget stands: one bar of named amounts, with its legend in words. Parts are (name, pounds)."""
    drawing = charts.stacked_bar(parts=parts, title=label)
    keys = [
        {"name": name, "amount": amount, "number": number % charts.SHADES}
        for number, (name, amount) in enumerate(parts)
    ]
    return drawn("figure_bar", drawing=drawing, keys=keys)


@register.simple_tag
def chart(*, drawing: SafeString, caption: str = "") -> SafeString:
    """A figure from core.charts with its caption; put the table of the same numbers beside it."""
    return drawn("chart", drawing=drawing, caption=caption)
