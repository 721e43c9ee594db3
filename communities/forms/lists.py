"""Forms about lines of the council's lists."""

from django import forms

from core.forms import fields


class NewLine(forms.Form):
    label = fields.TextField(
        label="What people choose", max_length=120, error_messages={"required": "Enter the words people choose"}
    )
    meaning = fields.LongTextField(
        label="What it means",
        help_text="Shown beside the choice, or printed in letters.",
        max_length=300,
        rows=3,
        required=False,
    )
    starts_on = fields.DateField(label="First day", help_text="For example, 1 9 2026")


class Meaning(forms.Form):
    meaning = fields.LongTextField(label="What it means", max_length=300, rows=3, required=False)


class LastDay(forms.Form):
    ends_on = fields.DateField(label="Last day it can be chosen")
