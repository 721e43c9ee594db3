"""Widgets that know what the GOV.UK components need: widths, prefixes, hints of choices, what a choice reveals."""

from collections.abc import Mapping
from typing import Any

from django import forms


class Text(forms.TextInput):
    """One line. `width` is the number of characters a person types (2, 3, 4, 5, 10, 20 or 30)."""

    def __init__(
        self, *, width: int | None = None, prefix: str = "", suffix: str = "", attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs=attrs)
        self.width, self.prefix, self.suffix = width, prefix, suffix


class Textarea(forms.Textarea):
    """Several lines; `limit` shows how many characters are left, from `threshold` per cent on."""

    def __init__(
        self, *, rows: int = 5, limit: int | None = None, threshold: int = 0, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs=attrs)
        self.rows, self.limit, self.threshold = rows, limit, threshold


class Radios(forms.RadioSelect):
    """One of a few. `hints` and `reveals` go by value; `reveals` names a field of the same form shown under a choice,
    or several in a tuple."""

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str | tuple[str, ...]] | None = None,
        inline: bool = False,
        small: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs=attrs)
        self.hints, self.reveals = dict(hints or {}), dict(reveals or {})
        self.inline, self.small = inline, small


class Checkboxes(forms.CheckboxSelectMultiple):
    """Some of a few; see Radios for `hints` and `reveals`."""

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str | tuple[str, ...]] | None = None,
        small: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs=attrs)
        self.hints, self.reveals, self.small = (dict(hints or {}), dict(reveals or {}), small)


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes: never a calendar to fight with."""

    parts = ("Day", "Month", "Year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()], attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class Typeahead(forms.Select):
    """A long list: a plain select everywhere, with a box to narrow it where there is JavaScript (static/js/app.js)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"data-narrow": "", **(attrs or {})})
