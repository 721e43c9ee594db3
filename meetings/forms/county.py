"""What the county administrator fills in: dates of an area, lines and publication of an agenda."""

from typing import Any

from django import forms

from communities.models import Area
from core.forms import fields
from meetings.models import Body, ItemKind
from meetings.queries import dates

LONGEST = 600
NARROW = {"class": "govuk-input--width-3"}


class DateFacts(forms.Form):
    """A day, its time and when papers close. An unusual day (bank holiday, weekend) is asked about once more."""

    on = fields.DateField(label="Which day?", called="Day of the meeting", help_text="For example, 24 11 2026")
    starts = fields.TimeField(label="Start time", help_text="For example, 9:30am")
    length_minutes = forms.IntegerField(
        label="How many minutes does a meeting have?",
        min_value=15,
        max_value=LONGEST,
        initial=150,
        widget=forms.NumberInput(attrs=NARROW),
    )
    cut_off_days = forms.IntegerField(
        label="How many days before do papers and requests close?",
        help_text="They close at the end of that day.",
        min_value=0,
        max_value=60,
        initial=7,
        widget=forms.NumberInput(attrs=NARROW),
    )
    note = fields.TextField(label="Note for chairs", required=False, max_length=200)
    unusual = forms.BooleanField(
        label="Meet on this day all the same",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["unusual"]  # asked only once a day turns out to be unusual

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, meant = cleaned.get("on"), cleaned.pop("unusual", False)
        why = dates.why_unusual(day) if day else ""
        if not why:
            del self.fields["unusual"]
        elif not meant:
            self.add_error("on", f"{why} Choose another day, or tick “Meet on this day all the same”.")
        return cleaned


class NewDate(DateFacts):
    """The same, with whose day it is."""

    area = fields.ModelTypeaheadField(
        queryset=Area.objects.order_by("name"), label="Which area?", error_messages={"required": "Choose an area"}
    )
    kind = fields.RadiosField(label="Who meets?", choices=Body.choices, initial=Body.COMMUNITY)

    field_order = ("area", "kind", "on", "starts", "length_minutes", "cut_off_days", "note", "unusual")


class Reason(forms.Form):
    """Why: one sentence that people read."""

    reason = fields.LongTextField(label="Why?", max_length=300, rows=3, error_messages={"required": "Say why"})

    def __init__(self, *args: Any, label: str = "Why?", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint


class Line(forms.Form):
    """A line of the county's agenda."""

    title = fields.TextField(label="Title", max_length=160, error_messages={"required": "Enter a title"})
    kind = forms.ChoiceField(
        label="Kind",
        help_text="Matters of this kind go under this line by themselves.",
        choices=ItemKind.choices,
        initial=ItemKind.LOCAL,
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=1, max_value=240, initial=10, widget=forms.NumberInput(attrs=NARROW)
    )
    mandatory = forms.BooleanField(
        label="Every meeting takes this item", help_text="Chairs can shorten it, not remove it.", required=False
    )
    guidance = fields.LongTextField(label="Guidance for the chair", max_length=2000, required=False)


class Publication(forms.Form):
    """From when a version holds, and what changed."""

    starts_on = fields.DateField(label="First day", help_text="Meetings on this day or later are built from it.")
    note = fields.LongTextField(
        label="What changed?", help_text="Chairs read this.", max_length=300, rows=3, required=False
    )
