"""What is typed while a meeting runs."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from core.forms import fields
from meetings.models import AgendaItem, Escalation, Outcome
from meetings.models.people import How

NO_OUTCOME = ("", "Not yet said")


class Typed(forms.Form):
    """A long text and the version it was typed on. Browsers send line ends in two ways; one is kept."""

    def clean_text(self) -> str:
        return one_line_end(self.cleaned_data["text"])


def one_line_end(text: str) -> str:
    """The same words with one kind of line end, so that equal texts are equal."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Notes(Typed):
    """The discussion, in prose."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = fields.LongTextField(label="Minutes of this item", rows=8, required=False, strip=False)


class Ending(Typed):
    """How the item ended: a kind and a sentence or two."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="How did it end?", choices=[NO_OUTCOME, *Outcome.choices], required=False)
    text = fields.LongTextField(label="Outcome in words", rows=3, required=False, strip=False)


class Settle(forms.Form):
    """Two texts, one choice."""

    choice = fields.RadiosField(
        label="Which words do you keep?",
        choices=[
            ("both", "Keep both: theirs first, then mine"),
            ("mine", "Keep mine"),
            ("theirs", "Take theirs"),
        ],
        initial="both",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    mine = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    mine_kind = forms.ChoiceField(choices=[NO_OUTCOME, *Outcome.choices], required=False, widget=forms.HiddenInput)

    def clean_mine(self) -> str:
        return one_line_end(self.cleaned_data["mine"])


class ActionForm(forms.Form):
    """An action agreed at an item: who, what, by when."""

    key = fields.IdempotencyField()
    title = fields.TextField(
        label="What will be done?", max_length=160, error_messages={"required": "Enter what will be done"}
    )
    owner = fields.ModelTypeaheadField(
        label="Who does it?", queryset=User.objects.none(), error_messages={"required": "Choose who does it"}
    )
    due_on = fields.DateField(label="By when?", called="Due date", help_text="For example, 27 3 2027")

    def __init__(self, *args: Any, owners: "QuerySet[User]", today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners.order_by("name")  # type: ignore[attr-defined]
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]


class TellBoard(forms.Form):
    """Something of this item that the board should know."""

    key = fields.IdempotencyField()
    kind = fields.RadiosField(
        label="What is it?", choices=[(kind.value, kind.label) for kind in Escalation.Kind if kind != "departure"]
    )
    title = fields.TextField(label="In a few words", max_length=160)
    text = fields.LongTextField(
        label="What should the board know?", max_length=4000, rows=4, help_text="No pupil keys: the board sees none."
    )


class ChairNoteForm(forms.Form):
    """For the chair's eyes only."""

    text = fields.LongTextField(label="My private note", required=False, max_length=4000, rows=4)


class Guest(forms.Form):
    """Somebody walked in."""

    key = fields.IdempotencyField()
    name = fields.TextField(label="Name of the guest", max_length=120, error_messages={"required": "Enter their name"})
    item = forms.ModelChoiceField(
        label="Which item do they come for?",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="The whole meeting",
    )
    at = fields.TimeField(label="When did they arrive?", required=False, help_text="Leave empty for now")
    how = fields.RadiosField(label="How do they take part?", choices=How.choices, initial=How.IN_PERSON, inline=True)

    def __init__(self, *args: Any, items: "QuerySet[AgendaItem]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = lambda item: f"{item.position}. {item.title}"  # type: ignore[attr-defined]


class Times(forms.Form):
    """When somebody came and went."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    arrived = fields.TimeField(label="Arrived at")
    left = fields.TimeField(label="Left at", required=False, help_text="Leave empty while they are still here")


class Suspend(forms.Form):
    """Why the meeting stands still."""

    reason = fields.TextField(
        label="Why?", max_length=200, required=False, help_text="For example, fire alarm. It is minuted."
    )


class Declare(forms.Form):
    """I have an interest, or somebody said so aloud."""

    person = fields.ModelTypeaheadField(label="Who has the interest?", queryset=User.objects.none(), required=False)
    note = fields.TextField(
        label="What is the interest?", max_length=300, required=False, help_text="For example, my sister works there."
    )

    def __init__(self, *args: Any, people: "QuerySet[User] | None", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = people.order_by("name")  # type: ignore[attr-defined]


class Dismiss(forms.Form):
    """Why this is no interest."""

    because = fields.LongTextField(
        label="Why is this no interest?",
        max_length=300,
        rows=3,
        error_messages={"required": "Enter why this is no interest"},
    )


class NameMinuteTaker(forms.Form):
    """Who takes the minutes of this meeting."""

    person = fields.ModelTypeaheadField(label="Who takes the minutes?", queryset=User.objects.none())

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people.order_by("name")  # type: ignore[attr-defined]
