"""What is written about an action."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from core.forms import fields


class ActionFacts(forms.Form):
    """Who does what by when. `people` are those who may own it; `reports` whether there is a board to report to."""

    title = fields.TextField(
        label="What is to be done?",
        help_text="Begin with a verb. Never name a pupil.",
        max_length=160,
        error_messages={"required": "Enter what is to be done"},
    )
    detail = fields.LongTextField(label="More about it", max_length=2000, rows=3, required=False)
    owner = fields.TypeaheadField(label="Who does it?", error_messages={"required": "Choose who does it"})
    due_on = fields.DateField(label="By when?", called="Due date", help_text="For example, 8 12 2026")
    report_because = fields.TextField(
        label="Why should the board hear of it?",
        help_text="Leave empty if it need not. What you write goes into the board’s weekly digest.",
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self, *args: Any, people: Iterable[tuple[int, str]], earliest: date | None, reports: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "Choose"), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]
        self.fields["due_on"].earliest = earliest  # type: ignore[attr-defined]
        if not reports:
            del self.fields["report_because"]


class Evidence(forms.Form):
    """It is done, and how one can see it."""

    evidence = fields.LongTextField(
        label="What shows that it is done?",
        help_text="A sentence is enough: what was done, where to see it. Never name a pupil.",
        max_length=2000,
        rows=4,
        error_messages={"required": "Say what shows that it is done"},
    )
