"""Fields of the house: they draw as GOV.UK components and answer mistakes with a sentence that says what to do."""

import uuid
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.forms import parsing, widgets

if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField[Any]
else:
    ModelChoiceField = forms.ModelChoiceField


class TextField(forms.CharField):
    """One line of text; `width` in characters."""

    def __init__(self, *, width: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.Text(width=width))
        super().__init__(**kwargs)


class LongTextField(forms.CharField):
    """Several lines; `max_length` shows the count of what is left."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.Textarea(rows=rows, limit=kwargs.get("max_length")))
        super().__init__(**kwargs)


class EmailField(forms.EmailField):
    """An email address."""

    default_error_messages: ClassVar = {
        "invalid": "Enter an email address in the correct format, like name@example.com"
    }


class MoneyField(forms.Field):
    """Pounds and pence as Decimal. Never a float, never less than nothing; `most` is the largest amount taken."""

    def __init__(
        self, *, least: Decimal = Decimal(0), most: Decimal = Decimal("9999999.99"), width: int = 10, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", widgets.Text(width=width, prefix="£", attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        amount = value if isinstance(value, Decimal) else parsing.money(str(value), most=self.most)
        if amount < self.least:
            raise ValidationError(f"Enter an amount of £{self.least:,.2f} or more", code="too_little")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".removesuffix(".00") if isinstance(value, Decimal) else value


class DateField(forms.MultiValueField):
    """A date in three boxes. `data` holds name_0, name_1 and name_2 (day, month, year).

    Mistakes name the date by its label, or as it is `called` where the label is a question: "Due date" for "By when?".
    """

    widget = widgets.DateBoxes
    default_error_messages: ClassVar = {"required": "Enter the {date}, like 27 3 2026"}

    def __init__(
        self, *, called: str = "", earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        boxes = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)
        self.called, self.earliest, self.latest = called, earliest, latest

    @property
    def name(self) -> str:
        """What a mistake calls this date."""
        return self.called or str(self.label or "Date")

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        boxes = [str(part or "") for part in (value or ["", "", ""])]
        if not any(part.strip() for part in boxes):
            if self.required:
                raise ValidationError(self._asked_for(), code="required")
            return None
        found = parsing.day(*boxes, called=self.name)
        self._within(found)
        return found

    def _asked_for(self) -> str:
        return str(self.error_messages["required"]).format(date=f"{self.name[:1].lower()}{self.name[1:]}")

    def _within(self, found: date) -> None:
        if self.earliest and found < self.earliest:
            raise ValidationError(f"{self.name} must be the same as or after {_spoken(self.earliest)}", code="early")
        if self.latest and found > self.latest:
            raise ValidationError(f"{self.name} must be the same as or before {_spoken(self.latest)}", code="late")

    def compress(self, data_list: list[Any]) -> date | None:
        return parsing.day(*data_list, called=self.name) if data_list else None


class TimeField(forms.Field):
    """A time of day: takes 9:30am, 09:30, 9.30 and 1330."""

    default_error_messages: ClassVar = {"required": "Enter a time, like 9:30am"}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", widgets.Text(width=5))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, time) else parsing.clock(str(value))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, time):
            return value
        return f"{value.hour % 12 or 12}:{value.minute:02}{'am' if value.hour < 12 else 'pm'}"


class RadiosField(forms.ChoiceField):
    """One of a few; see widgets.Radios for `hints`, `reveals` and `inline`."""

    def __init__(
        self,
        *,
        hints: dict[str, str] | None = None,
        reveals: dict[str, str | tuple[str, ...]] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", widgets.Radios(hints=hints, reveals=reveals, inline=inline))
        kwargs.setdefault("error_messages", {"required": "Choose one of the answers"})
        super().__init__(**kwargs)


class CheckboxesField(forms.MultipleChoiceField):
    """Some of a few; see widgets.Checkboxes."""

    def __init__(
        self,
        *,
        hints: dict[str, str] | None = None,
        reveals: dict[str, str | tuple[str, ...]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", widgets.Checkboxes(hints=hints, reveals=reveals))
        kwargs.setdefault("error_messages", {"required": "Choose at least one"})
        super().__init__(**kwargs)


class TypeaheadField(forms.ChoiceField):
    """One of many: a plain select, with a box to narrow it where there is JavaScript."""

    widget = widgets.Typeahead


class ModelTypeaheadField(ModelChoiceField):
    """One row of many, as TypeaheadField. Give it a scoped queryset."""

    widget = widgets.Typeahead

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "name", obj))


class IdempotencyField(forms.UUIDField):
    """A hidden key, new for each page drawn: the same form sent twice has one effect (core.idempotency.claim)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.HiddenInput,
            initial=uuid.uuid4,
            error_messages={
                "required": "This page is out of date. Open it again and send the form once more.",
                "invalid": "This page is out of date. Open it again and send the form once more.",
            },
            **kwargs,
        )


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
