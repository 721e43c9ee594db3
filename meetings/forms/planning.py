"""What a chair fills in to plan a meeting, and what a member fills in to propose and to answer."""

from collections.abc import Iterable
from typing import Any

from django import forms

from core.formats import clock, long_date
from core.forms import fields
from meetings.models import AgendaItem, Invitation, ItemProposal, MeetingDate
from meetings.models.people import How

Answer = Invitation.Answer
NARROW = {"class": "govuk-input--width-3"}


def spoken(day: MeetingDate) -> str:
    """A date as one chooses it."""
    note = f" ({day.note})" if day.note else ""
    return f"{long_date(day.on)} at {clock(day.starts)}, {day.length_minutes} minutes{note}"


def minutes_field(label: str = "How many minutes?") -> forms.IntegerField:
    """The time an item takes."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=240, initial=10, widget=forms.NumberInput(attrs=NARROW)
    )


class Confirm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class ChooseDate(forms.Form):
    """One of the free dates; `days` are those offered."""

    date = fields.RadiosField(label="Which date?", error_messages={"required": "Choose a date"})

    def __init__(self, *args: Any, days: Iterable[MeetingDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].choices = [(str(day.pk), spoken(day)) for day in days]  # type: ignore[attr-defined]


class Arrangements(forms.Form):
    """Where the meeting is and what stands above the agenda."""

    place = fields.TextField(
        label="Where is it?", help_text="Leave empty if it is online only.", max_length=200, required=False
    )
    online_link = forms.URLField(
        label="Link to join online",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, like https://example.org/room"},
    )
    welcome_note = fields.LongTextField(
        label="A word before the agenda",
        help_text="Parking, what to bring, what matters this time. Never name a pupil.",
        max_length=2000,
        required=False,
    )


class Plan(ChooseDate, Arrangements):
    """A new meeting: a date of the area, and where."""

    starts = fields.TimeField(
        label="Another start time", help_text="Only if you begin at another time than the date says.", required=False
    )

    field_order = ("date", "starts", "place", "online_link", "welcome_note")


class Item(forms.Form):
    """The plan of an item. Words of the county, or of the matter an item stands for, are not changed here."""

    title = fields.TextField(label="Title", max_length=160, error_messages={"required": "Enter a title"})
    why = fields.TextField(
        label="Why is it on the agenda?", help_text="One sentence members read.", max_length=300, required=False
    )
    minutes = minutes_field()
    presenter = fields.TextField(label="Who introduces it?", max_length=120, required=False)
    audience = fields.RadiosField(
        label="Who may read what is minuted?",
        choices=AgendaItem.Audience.choices,
        initial=AgendaItem.Audience.MEMBERS,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, own_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own_words:
            del self.fields["title"], self.fields["why"]


class Note(forms.Form):
    """What the chair writes for themselves."""

    text = fields.LongTextField(
        label="Your private note",
        help_text="Only people who run this meeting can read it. It is never in the minutes.",
        max_length=4000,
        required=False,
    )


class Propose(forms.Form):
    """A member's item."""

    title = fields.TextField(
        label="What should we talk about?", max_length=160, error_messages={"required": "Enter what it is about"}
    )
    why = fields.LongTextField(
        label="Why, and what would help?",
        help_text="Do not name a pupil. To discuss a pupil, start a request instead.",
        max_length=600,
        error_messages={"required": "Say why"},
    )
    minutes = minutes_field(label="How many minutes would it take?")


class AnswerProposal(forms.Form):
    """On the agenda, or not and why."""

    not_optional = ("reason",)
    answer = fields.RadiosField(
        label="Put it on the agenda?",
        choices=[(ItemProposal.State.ACCEPTED, "Yes"), (ItemProposal.State.DECLINED, "Not this time")],
        reveals={ItemProposal.State.DECLINED: "reason"},
    )
    reason = fields.TextField(label="Why not this time?", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == ItemProposal.State.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", "Say why, so that the member knows")
        return cleaned


class AnswerInvitation(forms.Form):
    """Coming, not sure, or apologies, with somebody in one's place in the same step."""

    answer = fields.RadiosField(
        label="Will you come?",
        choices=[(Answer.YES, "Yes"), (Answer.MAYBE, "I am not sure yet"), (Answer.NO, "No, please give my apologies")],
        error_messages={"required": "Say whether you come"},
    )
    how = fields.RadiosField(label="How will you take part?", choices=How.choices, required=False, inline=True)
    reason = fields.TextField(
        label="Reason for apologies", help_text="The chair reads it.", max_length=300, required=False
    )
    substitute = fields.TypeaheadField(
        label="Who comes in your place?",
        help_text="Somebody of your school who uses this service. They can read this meeting’s papers.",
        required=False,
    )
    substitute_name = fields.TextField(
        label="Or the name of somebody else",
        help_text="They have no account, so give them the agenda yourself.",
        max_length=120,
        required=False,
    )
    substitute_email = fields.EmailField(label="Their email address", required=False)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[int, str]], online: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Nobody"), *((str(pk), name) for pk, name in colleagues)]
        self.fields["substitute"].choices = choices  # type: ignore[attr-defined]
        if not online:
            del self.fields["how"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen, named = cleaned.get("substitute"), cleaned.get("substitute_name")
        if cleaned.get("answer") != Answer.NO and (chosen or named):
            self.add_error("answer", "Choose “No” to send somebody in your place, or leave the name empty")
        if chosen and named:
            self.add_error("substitute_name", "Choose somebody from the list or write a name, not both")
        if cleaned.get("substitute_email") and not named:
            self.add_error("substitute_name", "Write the name that belongs to this address")
        return cleaned


class InviteProfessional(forms.Form):
    """Somebody of the Professional Resource Group for one item."""

    person = fields.TypeaheadField(label="Who should join this item?", error_messages={"required": "Choose somebody"})

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]
