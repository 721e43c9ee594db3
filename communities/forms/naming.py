"""A form that asks about names in its words before it is taken: politely, never as an error."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from communities import naming
from core.forms import fields


class AsksAboutNames(forms.Form):
    """Name the text fields in `asked_fields`, give `known` words. Invalid, without an error, until each word is answered."""

    asked_fields: ClassVar[tuple[str, ...]] = ()
    not_pupils = fields.CheckboxesField(
        label="Before this is saved: tick the words that do not point to a pupil",
        help_text="If one does, change your text below: write the pupil’s two-word key, or “the pupil”.",
        required=False,
    )

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = self._ask(known) if self.is_bound else []
        if self.questions:
            field = self.fields["not_pupils"]
            field.choices = [(question.key, question.sentence) for question in self.questions]  # type: ignore[attr-defined]
            self.order_fields(["not_pupils"])
        else:
            del self.fields["not_pupils"]

    def is_valid(self) -> bool:
        return super().is_valid() and not self.open_questions

    @property
    def open_questions(self) -> list[naming.Question]:
        """What nobody has answered yet."""
        answered = set(self.cleaned_data.get("not_pupils", [])) if hasattr(self, "cleaned_data") else set()
        return [question for question in self.questions if question.key not in answered]

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned data without the words that were ticked."""
        return {name: value for name, value in self.cleaned_data.items() if name != "not_pupils"}

    def _ask(self, known: Iterable[str]) -> list[naming.Question]:
        text = "\n".join(str(self.data.get(self.add_prefix(name)) or "") for name in self.asked_fields)
        return naming.questions(text, known=known, today=timezone.localdate())
