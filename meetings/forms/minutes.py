"""What is typed about minutes."""

from typing import Any

from django import forms

from core.forms import fields
from meetings.forms.live import NO_OUTCOME, one_line_end
from meetings.models import Outcome


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


class Endings(forms.Form):
    """How each of these items ended, all on one page; whatever is left open stays so."""

    def __init__(self, *args: Any, items: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NO_OUTCOME, *((kind.value, kind.label) for kind in Outcome if kind != Outcome.NOT_REACHED)]
        for pk, label in items:
            self.fields[f"ended-{pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.not_optional = tuple(self.fields)

    @property
    def said(self) -> dict[int, str]:
        """The kinds that were chosen, by number of the item."""
        return {int(name.removeprefix("ended-")): kind for name, kind in self.cleaned_data.items() if kind}


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
