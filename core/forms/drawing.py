"""A bound field becomes the official GOV.UK component that fits its widget."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.forms import widgets
from core.forms.macros import Typed, kept

TYPES = {forms.EmailInput: "email", forms.URLInput: "url", forms.NumberInput: "text", forms.PasswordInput: "password"}
# What the browser would enforce in its own words, or what the component says better.
NOT_OURS = ("id", "cols", "rows", "maxlength", "minlength", "min", "max", "step", "required", "placeholder", "type")
OWN_PARAMS = ("autocomplete", "inputmode", "spellcheck", "autocapitalize", "pattern")
Component = tuple[str, dict[str, Any]]  # its name and what it is drawn from


def first_id(field: BoundField) -> str | None:
    """The id an error summary links to: of the first box, radio or checkbox; None when there is nothing to choose."""
    if isinstance(field.field.widget, forms.RadioSelect) and not any(value for value, _, _ in _choices(field)):
        return None
    if isinstance(field.field.widget, widgets.DateBoxes):
        return f"{field.auto_id}_{_wrong_boxes(field)[0]}"
    return field.auto_id


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Fields that are drawn under a choice of another field, so not again by themselves."""
    return {name for field in form.fields.values() for name in _revealed_under(field.widget)}


def _revealed_under(widget: forms.Widget) -> set[str]:
    reveals = getattr(widget, "reveals", {})
    return {name for value in reveals for name in revealed_by(reveals, value)}


def revealed_by(reveals: Mapping[str, Any], value: str) -> tuple[str, ...]:
    """Names of the fields shown under a choice: one name, or several in a tuple."""
    names = reveals.get(value, ())
    return (names,) if isinstance(names, str) else tuple(names)


def draw(field: BoundField, *, heading: str = "", page_heading: bool = False) -> SafeString:
    """The whole group: label or legend, hint, error, control. `heading` is the size of the label (s, m, l, xl)."""
    if isinstance(field.field.widget, forms.HiddenInput):
        return field.as_hidden()
    size = heading or ("l" if page_heading else "s")
    drawer = next((drawer for kind, drawer in DRAWERS if isinstance(field.field.widget, kind)), _input)
    component, params = drawer(field, size, page_heading)
    return kept(component, **params)


def mistakes(field: BoundField) -> list[str]:
    """What is wrong with a field. Where nobody gave words for an empty one it is asked for by its name."""
    bare = str(forms.Field.default_error_messages["required"])
    return [_asked_for(str(field.label)) if str(error) == bare else str(error) for error in field.errors]


def _asked_for(label: str) -> str:
    if label.endswith("?"):
        return f"Answer “{label}”"
    return f"Enter your {label[:1].lower()}{label[1:]}"


def _common(field: BoundField) -> dict[str, Any]:
    errors = mistakes(field)
    return {
        "name": field.html_name,
        "hint": _hint(field.help_text),
        "errorMessage": {"text": Typed(" ".join(errors))} if errors else None,
    }


def _hint(words: Any) -> dict[str, Any] | None:
    if not words:
        return None
    return {"html": words} if isinstance(words, SafeString) else {"text": str(words)}


def _label(field: BoundField, size: str, page_heading: bool) -> dict[str, Any]:
    """A form names in `not_optional` the fields that its own `clean` asks for, so that nobody reads “optional” beside them."""
    needed = field.field.required or isinstance(field.field, forms.BooleanField)
    optional = "" if needed or field.name in getattr(field.form, "not_optional", ()) else " (optional)"
    return {"text": f"{field.label}{optional}", "classes": f"govuk-label--{size}", "isPageHeading": page_heading}


def _legend(field: BoundField, size: str, page_heading: bool) -> dict[str, Any]:
    label = _label(field, size, page_heading)
    return {"legend": {**label, "classes": f"govuk-fieldset__legend--{size}"}}


def _attributes(field: BoundField) -> dict[str, Any]:
    attrs = {**field.field.widget.attrs}
    classes = attrs.pop("class", None)
    own = {key: attrs.pop(key) for key in OWN_PARAMS if key in attrs}
    for dropped in NOT_OURS:
        attrs.pop(dropped, None)
    attributes = {key: "" if value is True else value for key, value in attrs.items() if value not in (None, False)}
    return {"classes": classes, "attributes": attributes or None, "disabled": field.field.disabled or None, **own}


def _value(field: BoundField) -> Any:
    return _typed(field.field.widget.format_value(field.value()))


def _typed(value: Any) -> Typed | None:
    """What stands in a box, which may be anybody's words; None for an empty one."""
    return None if value in (None, "") else Typed(str(value))


def _input(field: BoundField, size: str, page_heading: bool) -> Component:
    widget = field.field.widget
    params = _common(field) | _attributes(field)
    if width := getattr(widget, "width", None):
        params["classes"] = f"{params['classes'] or ''} govuk-input--width-{width}".strip()
    if isinstance(widget, forms.NumberInput):
        params.setdefault("inputmode", "numeric")
    for affix in ("prefix", "suffix"):
        if text := getattr(widget, affix, ""):
            params[affix] = {"text": text}
    params |= {"id": field.auto_id, "value": _value(field), "label": _label(field, size, page_heading)}
    if params.get("autocomplete") == "one-time-code":
        params["classes"] = "govuk-input--width-10"
    kind = next((name for cls, name in TYPES.items() if isinstance(widget, cls)), widget.attrs.get("type", "text"))
    return "input", dict(type=kind, **params)


def _password(field: BoundField, size: str, page_heading: bool) -> Component:
    params = _common(field) | _attributes(field)
    return "password-input", dict(id=field.auto_id, label=_label(field, size, page_heading), **params)


def _textarea(field: BoundField, size: str, page_heading: bool) -> Component:
    widget = field.field.widget
    params = _common(field) | _attributes(field)
    params |= {"id": field.auto_id, "value": _value(field), "label": _label(field, size, page_heading)}
    params["rows"] = str(getattr(widget, "rows", 5))
    if limit := getattr(widget, "limit", None):
        return "character-count", dict(maxlength=str(limit), threshold=str(widget.threshold), **params)
    return "textarea", params


def _choices(field: BoundField) -> Iterator[tuple[str, Any, bool]]:
    """(value, label, chosen) of each choice, groups flattened."""
    widget = field.field.widget
    chosen = {str(value) for value in (widget.format_value(field.value()) or [])}
    for value, label in widget.choices:
        group = label if isinstance(label, (list, tuple)) else [(value, label)]
        for inner, text in group:
            yield (("" if inner is None else str(inner)), text, ("" if inner is None else str(inner)) in chosen)


def _items(field: BoundField) -> list[dict[str, Any]]:
    widget = field.field.widget
    hints, reveals = getattr(widget, "hints", {}), getattr(widget, "reveals", {})
    return [
        {
            "value": value,
            "text": str(label),
            "checked": chosen,
            "disabled": field.field.disabled,
            "hint": {"text": hints[value]} if value in hints else None,
            "conditional": _revealed(field.form, revealed_by(reveals, value)),
        }
        for value, label, chosen in _choices(field)
        if value
    ]


def _revealed(form: forms.BaseForm, names: tuple[str, ...]) -> dict[str, Any] | None:
    there = [form[name] for name in names if name in form.fields]
    return {"html": Typed(format_html_join("", "{}", ((draw(bound),) for bound in there)))} if there else None


def _nothing_to_choose(items: list[dict[str, Any]]) -> dict[str, Any] | None:
    words = format_html('<p class="govuk-hint">{}</p>', "There is nothing to choose from yet.")
    return None if items else {"beforeInputs": {"html": words}}


def _radios(field: BoundField, size: str, page_heading: bool) -> Component:
    widget = field.field.widget
    shape = " ".join(f"govuk-radios--{name}" for name in ("inline", "small") if getattr(widget, name, False))
    params = _common(field) | {"classes": shape or None, "attributes": _attributes(field)["attributes"]}
    items = _items(field)
    params["formGroup"] = _nothing_to_choose(items)
    return "radios", dict(idPrefix=field.auto_id, items=items, fieldset=_legend(field, size, page_heading), **params)


def _checkboxes(field: BoundField, size: str, page_heading: bool) -> Component:
    shape = "govuk-checkboxes--small" if getattr(field.field.widget, "small", False) else None
    params = _common(field) | {"classes": shape, "attributes": _attributes(field)["attributes"]}
    items = _items(field)
    params["formGroup"] = _nothing_to_choose(items)
    return "checkboxes", dict(
        idPrefix=field.auto_id, items=items, fieldset=_legend(field, size, page_heading), **params
    )


def _checkbox(field: BoundField, _size: str, _page_heading: bool) -> Component:
    params = _common(field)
    hint = params.pop("hint")
    item = {"value": "on", "text": str(field.label), "checked": bool(field.value()), "hint": hint}
    return "checkboxes", dict(idPrefix=field.auto_id, items=[item], **params)


def _select(field: BoundField, size: str, page_heading: bool) -> Component:
    items = [
        {"value": value, "text": str(label) if value or str(label).strip("-") else "Choose one", "selected": chosen}
        for value, label, chosen in _choices(field)
    ]
    params = _common(field) | _attributes(field)
    return "select", dict(id=field.auto_id, items=items, label=_label(field, size, page_heading), **params)


def _file(field: BoundField, size: str, page_heading: bool) -> Component:
    params = _common(field) | _attributes(field)
    return "file-upload", dict(id=field.auto_id, label=_label(field, size, page_heading), **params)


def _date(field: BoundField, size: str, page_heading: bool) -> Component:
    params = _common(field)
    name = params.pop("name")
    values, wrong = _boxes(field), _wrong_boxes(field) if field.errors else []
    items = [
        {
            "id": f"{field.auto_id}_{number}",
            "name": f"{name}_{number}",
            "label": part,
            "value": _typed(values[number]),
            "classes": f"govuk-input--width-{4 if part == 'Year' else 2}"
            + (" govuk-input--error" if number in wrong else ""),
        }
        for number, part in enumerate(widgets.DateBoxes.parts)
    ]
    return "date-input", dict(id=field.auto_id, items=items, fieldset=_legend(field, size, page_heading), **params)


def _boxes(field: BoundField) -> list[Any]:
    value = field.value()
    return value if isinstance(value, list) else list(field.field.widget.decompress(value))


def _wrong_boxes(field: BoundField) -> list[int]:
    """Which boxes to mend: those left empty of a date that was begun, else all three."""
    empty = [number for number, part in enumerate(_boxes(field)) if not str(part or "").strip()]
    return empty if 0 < len(empty) < len(widgets.DateBoxes.parts) else [*range(len(widgets.DateBoxes.parts))]


Drawer = Callable[[BoundField, str, bool], Component]
DRAWERS: list[tuple[type[forms.Widget], Drawer]] = [
    (widgets.DateBoxes, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.SelectMultiple, _checkboxes),
    (forms.Select, _select),
    (forms.CheckboxInput, _checkbox),
    (forms.ClearableFileInput, _file),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
]
