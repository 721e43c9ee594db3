"""What the board writes to its communities, and answers."""

from collections.abc import Iterable
from typing import Any

from django import forms

from communities.models import Area, Community
from core.forms import fields
from meetings.models import Bulletin, Meeting

ALL, SOME = "all", "some"
EVERYWHERE = "county"
NOT_YET = "not-yet"


class BulletinFacts(forms.Form):
    """Words, audience and a day. `communities` are those the board may write to."""

    not_optional = ("communities",)
    title = fields.TextField(label="Title", max_length=160, error_messages={"required": "Enter a title"})
    text = fields.LongTextField(
        label="What should communities know or do?",
        help_text="Members read it at their next meeting. Never name a pupil.",
        max_length=6000,
        rows=8,
        error_messages={"required": "Write the bulletin"},
    )
    audience = fields.RadiosField(label="Who is it for?", initial=ALL, reveals={SOME: "communities"})
    communities = fields.CheckboxesField(label="Which communities?", required=False)
    due_on = fields.DateField(
        label="Acknowledge by",
        called="Day to acknowledge by",
        help_text="Chairs take note by this day. For example, 15 1 2027",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, communities: Iterable[Community], everyone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(ALL, everyone), (SOME, "Some of them")]  # type: ignore[attr-defined]
        self.fields["communities"].choices = [(str(c.pk), c.name) for c in communities]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("audience") == SOME and not cleaned.get("communities"):
            self.add_error("communities", "Choose at least one community")
        return cleaned


class WhichBoard(forms.Form):
    """For whom somebody writes who may write for several."""

    board = fields.RadiosField(label="Who writes it?", error_messages={"required": "Choose who writes it"})

    def __init__(self, *args: Any, boards: Iterable[Area], county: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(area.slug, f"The board of {area.name}") for area in boards]
        everywhere = [(EVERYWHERE, "The county, to every community")] if county else []
        self.fields["board"].choices = [*choices, *everywhere]  # type: ignore[attr-defined]


class Acknowledge(forms.Form):
    """The chair takes note, and says where members heard of it."""

    meeting = fields.RadiosField(
        label="Have members heard of it at a meeting?",
        help_text="Until they have, it stands on your next agenda.",
        initial=NOT_YET,
    )

    def __init__(self, *args: Any, meetings: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(pk), f"Yes, on {name}") for pk, name in meetings]
        self.fields["meeting"].choices = [(NOT_YET, "Not yet"), *told]  # type: ignore[attr-defined]


class AnswerEscalation(forms.Form):
    """The board's answer, in words, with a bulletin, or both."""

    not_optional = ("answer", "bulletin")
    answer = fields.LongTextField(label="What does the board answer?", max_length=2000, required=False)
    bulletin = fields.TypeaheadField(
        label="A bulletin that answers it", help_text="If the answer went to all.", required=False
    )

    def __init__(self, *args: Any, bulletins: Iterable[Bulletin], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(bulletin.pk), bulletin.title) for bulletin in bulletins]
        self.fields["bulletin"].choices = [("", "None"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("answer") and not cleaned.get("bulletin"):
            self.add_error("answer", "Write an answer or choose a bulletin")
        return cleaned


def heard_at(meetings: Iterable[Meeting]) -> list[tuple[int, str]]:
    """Meetings as one chooses them."""
    return [(meeting.pk, f"{meeting.on.day} {meeting.on:%B %Y}") for meeting in meetings]
