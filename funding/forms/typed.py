"""Words as they were typed: kept between visits, and shown again without scolding."""

from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import fields

NOT_TYPED = ("csrfmiddlewaretoken", "version", "tab", "add", "remove", "later")


def typed(posted: QueryDict) -> dict[str, Any]:
    """What a person typed, by field name; a list where a field has several values."""
    found = {without_zero_byte(name): [*map(without_zero_byte, values)] for name, values in posted.lists()}
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in found.items()
        if name not in NOT_TYPED and values
    }


def number(words: Any) -> int | None:
    """A number that was sent, of at most nine digits; None for anything else."""
    return int(words) if str(words).isdecimal() and len(words) < 10 else None


def without_zero_byte(words: str) -> str:
    """As PostgreSQL can keep it: words pasted from a file may hold one."""
    return words.replace("\0", "")


def initial(form: type[forms.Form], kept: dict[str, Any], *, prefix: str = "") -> dict[str, Any]:
    """Initial values that show typed words again, dates in three boxes and all."""
    found: dict[str, Any] = {}
    for name, field in form.base_fields.items():
        key = f"{prefix}-{name}" if prefix else name
        if isinstance(field, fields.DateField):
            found[name] = [kept.get(f"{key}_{box}", "") for box in range(3)]
        elif isinstance(field, forms.MultipleChoiceField):
            value = kept.get(key, [])
            found[name] = value if isinstance(value, list) else [value]
        elif key in kept:
            found[name] = kept[key]
    return found


def lines(form: type[forms.Form], kept: dict[str, Any], prefix: str) -> list[dict[str, Any]]:
    """Initial values of each line of a formset."""
    count = min(number(kept.get(f"{prefix}-TOTAL_FORMS")) or 0, 40)
    return [initial(form, kept, prefix=f"{prefix}-{number}") for number in range(count)]


def without_line(kept: dict[str, Any], prefix: str, gone: int) -> dict[str, Any]:
    """The typed words with one line taken out and the later ones moved up."""
    out: dict[str, Any] = {}
    for name, value in kept.items():
        head, _, rest = name.removeprefix(f"{prefix}-").partition("-")
        line = number(head) if name.startswith(f"{prefix}-") else None
        if line is None:
            out[name] = value
        elif line != gone:
            out[f"{prefix}-{line - (line > gone)}-{rest}"] = value
    total = number(kept.get(f"{prefix}-TOTAL_FORMS"))
    if total is not None:
        out[f"{prefix}-TOTAL_FORMS"] = str(max(total - 1, 0))
    return out
