"""Where the reader is and where they can go: back links, breadcrumbs, page tabs, pagination."""

from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.components.library import drawn, register


@register.simple_tag
def back_link(*, href: str, text: str = "Back") -> SafeString:
    """Put it in the before_content block."""
    return format_html('<nav aria-label="Back"><a href="{}" class="govuk-back-link">{}</a></nav>', href, text)


@register.simple_block_tag
def breadcrumbs(content: SafeString) -> SafeString:
    """A row of {% crumb %}; put it in the before_content block."""
    return drawn("breadcrumbs", content=content)


@register.simple_tag
def crumb(*, text: str, href: str = "") -> SafeString:
    """One step; without href it is this page."""
    if not href:
        return format_html('<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li>', text)
    return format_html(
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>', href, text
    )


@register.simple_block_tag
def tabs(content: SafeString, *, label: str) -> SafeString:
    """Tabs that are pages: a row of {% tab %}. `label` names the thing, as "Meeting"."""
    return format_html('<nav class="app-tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_tag
def tab(*, text: str, href: str, current: bool = False) -> SafeString:
    """One page of the thing; `current` for the page the reader is on."""
    state = format_html(' aria-current="{}"', "page") if current else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', href, state, text)


@register.simple_tag(takes_context=True)
def pagination(context: Context, *, page: "Page[Any]", label: str = "Pages", key: str = "page") -> SafeString:
    """Links to the pages of a django Paginator, keeping the other parts of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{key}={number}"
        query[key] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {"gap": True} if number == str(page.paginator.ELLIPSIS) else {"number": number, "href": address(int(number))}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    previous = address(page.previous_page_number()) if page.has_previous() else ""
    following = address(page.next_page_number()) if page.has_next() else ""
    return drawn("pagination", page=page, numbers=numbers, previous=previous, following=following, label=label)
