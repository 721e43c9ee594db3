"""What is typed about minutes."""

from typing import Any

from django import forms

from core.forms import fields
from meetings.forms.live import one_line_end


class Close(forms.Form):
    """Close all the same: asked only when something is still open."""

    sure = forms.BooleanField(
        label="Close all the same",
        error_messages={"required": "Tick the box to close the meeting although some things are open"},
    )

    def __init__(self, *args: Any, something_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not something_open:
            del self.fields["sure"]


class Correction(forms.Form):
    """What a line should say instead."""

    suggestion = fields.LongTextField(
        label="What should it say?",
        max_length=4000,
        rows=6,
        error_messages={"required": "Enter what the line should say"},
    )
    reason = fields.TextField(label="Why?", max_length=300, required=False)

    def clean_suggestion(self) -> str:
        return one_line_end(self.cleaned_data["suggestion"])


class Answer(forms.Form):
    """The chair's answer to a correction."""

    not_optional = ("answer",)
    decision = fields.RadiosField(
        label="Do you accept it?",
        choices=[("accept", "Accept: the line is changed"), ("decline", "Do not accept it")],
        reveals={"decline": "answer"},
    )
    answer = fields.TextField(label="Why not?", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "decline" and not given.get("answer"):
            self.add_error("answer", "Enter why you do not accept it")
        return given


class Annotate(forms.Form):
    """An error found after the minutes were sealed."""

    text = fields.LongTextField(
        label="What was wrong, and what is right?",
        max_length=2000,
        rows=5,
        error_messages={"required": "Enter what was wrong and what is right"},
    )
