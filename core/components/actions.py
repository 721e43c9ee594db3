"""What a person can do: buttons, with their reason where they are closed, fields and the error summary."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.components.library import drawn, register
from core.forms.drawing import draw, first_id, mistakes, revealed_names
from core.forms.macros import kept_whole, macro

KINDS = {"main": "", "secondary": "govuk-button--secondary", "warning": "govuk-button--warning"}


class Answer(Protocol):
    """A verdict: truthy when allowed, else with the reason."""

    reason: str

    def __bool__(self) -> bool: ...


@register.simple_tag
def button(
    *,
    text: str,
    href: str = "",
    kind: str = "main",
    name: str = "",
    value: str = "",
    form: str = "",
    verdict: Answer | None = None,
    blocked: str = "",
    hidden_text: str = "",
) -> SafeString:
    """A button (or a link that looks like one, with href). One `main` a page; others `secondary`, `warning` or `plain`.

    Give the `verdict` of the permission (or a `blocked` sentence): a no is drawn as words with the reason.
    """
    reason = blocked or (verdict.reason if verdict is not None and not verdict else "")
    if reason:
        return drawn("blocked", text=text, reason=reason)
    classes = "app-button--plain" if kind == "plain" else f"govuk-button {KINDS[kind]}".strip()
    return drawn(
        "button", text=text, href=href, classes=classes, name=name, value=value, form=form, hidden_text=hidden_text
    )


@register.simple_block_tag
def button_group(content: SafeString) -> SafeString:
    """Buttons side by side."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.simple_tag
def field(bound: BoundField, *, heading: str = "", page_heading: bool = False) -> SafeString:
    """A form field as GOV.UK markup. `heading` sizes the label (s m l xl); `page_heading` makes the label the h1."""
    return draw(bound, heading=heading, page_heading=page_heading)


@register.simple_tag
def visible_fields(*, form: BaseForm) -> list[BoundField]:
    """The fields a form draws itself: hidden ones and those shown under a choice are left out."""
    elsewhere = revealed_names(form)
    return [bound for bound in form.visible_fields() if bound.name not in elsewhere]


@register.simple_tag
def choose(*, name: str, label: str, options: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """One of these, to narrow a list by: pairs of a value for the address and words."""
    items = [{"value": value, "text": words, "selected": value == chosen} for value, words in options]
    return kept_whole(
        "select", id=f"by-{name}", name=name, label={"text": label, "classes": "govuk-label--s"}, items=items
    )


@register.simple_tag
def error_summary(*forms: "BaseForm | BaseFormSet[Any] | str | None") -> SafeString:
    """What is wrong, at the top of the page, each line linking to its field. Takes forms and formsets; a name the
    page does not have counts as nothing."""
    found = [error for form in forms if form is not None and not isinstance(form, str) for error in _errors(form)]
    if not found:
        return format_html("{}", "")
    said = Counter(error.words for error in found)
    lines = [{"text": error.told(among=said), "href": error.href} for error in found]
    return macro("error-summary", titleText="There is a problem", errorList=lines)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: its words, the field it belongs to (empty for the form) and where the summary leads."""

    words: str
    label: str
    href: str | None

    def told(self, *, among: Counter[str]) -> str:
        """The words; with the field's name where two fields say the same."""
        return f"{self.label}: {self.words}" if self.label and among[self.words] > 1 else self.words


def _errors(form: "BaseForm | BaseFormSet[Any]") -> list[Mistake]:
    if isinstance(form, BaseFormSet):
        own = [Mistake(str(error), "", None) for error in form.non_form_errors()] if form.is_bound else []
        return own + [error for part in form for error in _errors(part)]
    if not form.is_bound:
        return []
    start = next((_link(bound) for bound in form.visible_fields()), None)
    found = [Mistake(str(error), "", start) for error in form.non_field_errors()]
    for bound in form:
        found += [Mistake(words, str(bound.label), _link(bound)) for words in mistakes(bound)]
    return found


def _link(bound: BoundField) -> str | None:
    start = None if bound.is_hidden else first_id(bound)
    return f"#{start}" if start else None
