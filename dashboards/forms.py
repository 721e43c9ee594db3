"""What may be asked of the log."""

from typing import Any

from django import forms

from core.forms.fields import DateField, TextField


class LogForm(forms.Form):
    """Who, about which request, on which days, readings or everything. Nothing asked means the readings of all."""

    who = TextField(required=False, label="Name of the person who read or changed something", max_length=200)
    request = TextField(
        required=False, label="Reference of a request", help_text="For example, CoS-2041", width=20, max_length=20
    )
    first = DateField(required=False, label="First day")
    last = DateField(required=False, label="Last day")
    changes = forms.BooleanField(required=False, label="Show changes as well as readings")

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the first day or later")
        return cleaned
