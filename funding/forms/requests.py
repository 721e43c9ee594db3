"""The pages of a request as forms. Labels are what a SENCO would say."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from communities.models import School
from core.forms import fields
from core.forms.widgets import Text
from core.lists import choices
from funding.models import Agreement, FundingRequest
from funding.models.pupil import YEARS
from funding.queries.tasks import is_enough

Kind = FundingRequest.Kind
KINDS = [
    (Kind.DISCUSSION, "Talk it through, no money"),
    (Kind.INDIVIDUAL, "Money for one pupil"),
    (Kind.GROUP, "Money for a group of pupils"),
    (Kind.PROJECT, "Money for a project"),
]
KIND_HINTS: dict[str, str] = {
    Kind.DISCUSSION: "The schools share what worked for them. You can turn it into a request later without retyping.",
    Kind.INDIVIDUAL: "Support for one pupil, under a two-word key.",
    Kind.GROUP: "The same support for several pupils, in one school or in several.",
    Kind.PROJECT: "Something for the school, such as training. It holds no pupil’s details.",
}


class StartForm(forms.Form):
    """Which school, and what kind."""

    school = fields.RadiosField(label="Which school is it for?", choices=())
    kind = fields.RadiosField(
        label="What do you need from your community?",
        choices=KINDS,
        hints=KIND_HINTS,
        error_messages={"required": "Choose what you need"},
    )

    def __init__(self, *args: Any, schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [(str(school.pk), school.name) for school in schools]  # type: ignore[attr-defined]
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = str(schools[0].pk)


class KindForm(forms.Form):
    """What kind, alone: for another kind, and for a copy."""

    kind = fields.RadiosField(
        label="What do you need from your community?",
        choices=KINDS,
        hints=KIND_HINTS,
        error_messages={"required": "Choose what you need"},
    )


class NeedForm(forms.Form):
    """The first page."""

    title = fields.TextField(
        label="In a few words, what is it about?",
        help_text="For example: help to stay in lessons. It stands on the agenda: no names.",
        max_length=100,
        error_messages={"required": "Enter a title"},
    )
    need = fields.LongTextField(
        label="What is the need?",
        help_text="What is hard, when and where, and what it means for learning. Write the two-word key, never a name.",
        max_length=3000,
        rows=9,
        error_messages={"required": "Describe the need"},
    )
    context = fields.LongTextField(
        label="What else about your school matters here?",
        help_text="For example: a small school, many new starters, how the SEN budget is used.",
        max_length=2000,
        rows=4,
        required=False,
    )
    partners = fields.CheckboxesField(label="Is it together with other schools?", required=False)

    def __init__(self, *args: Any, others: Iterable[School] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"].choices = [(str(school.pk), school.name) for school in others]  # type: ignore[attr-defined]
        if not self.fields["partners"].choices:  # type: ignore[attr-defined]
            del self.fields["partners"]


class AskForm(forms.Form):
    """What is asked for; a discussion asks for ideas and has no dates."""

    ask = fields.LongTextField(
        label="What do you ask the community for?",
        max_length=2000,
        rows=5,
        error_messages={"required": "Say what you ask for"},
    )
    starts_on = fields.DateField(
        label="From when would the support run?", called="First day of the support", help_text="For example, 5 1 2027"
    )
    ends_on = fields.DateField(label="Until when?", called="Last day of the support")

    def __init__(self, *args: Any, wants_money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wants_money:
            del self.fields["starts_on"], self.fields["ends_on"]
            self.fields["ask"].label = "What would you like the other schools to help with?"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be the same as or after the first day")
        return cleaned


class CostForm(forms.Form):
    """One line: a rate times hours, weeks and people, or one sum."""

    not_optional = ("one_sum", "rate", "hours", "weeks", "people")
    what = fields.TextField(
        label="What is it?", help_text="For example: teaching assistant in the afternoons", max_length=160
    )
    one_sum = fields.MoneyField(label="One sum", required=False, most=Decimal("999999.99"))
    rate = fields.MoneyField(label="Rate an hour", required=False, most=Decimal("999.99"), width=5)
    hours = forms.DecimalField(
        label="Hours a week", required=False, max_digits=5, decimal_places=2, min_value=Decimal(0), widget=Text(width=4)
    )
    weeks = forms.IntegerField(label="Weeks", required=False, min_value=1, max_value=156, widget=Text(width=3))
    people = forms.IntegerField(label="People", required=False, min_value=1, max_value=50, widget=Text(width=2))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parts = {name: cleaned.get(name) for name in ("rate", "hours", "weeks", "people")}
        if self.errors or not cleaned.get("what"):
            return cleaned
        if cleaned.get("one_sum"):
            if any(parts.values()):
                self.add_error("one_sum", "Enter one sum, or a rate with hours, weeks and people, not both")
        elif not any(parts.values()):
            self.add_error("one_sum", "Enter one sum, or a rate with hours, weeks and people")
        else:
            for name, value in parts.items():
                if not value:
                    self.add_error(name, f"Enter the {NAMES[name]}")
        return cleaned

    @property
    def line(self) -> dict[str, Any]:
        """What the service takes; None where nothing was given."""
        return {name: self.cleaned_data.get(name) or None for name in ("one_sum", *NAMES)} | {
            "what": self.cleaned_data["what"]
        }


NAMES = {"rate": "rate an hour", "hours": "hours a week", "weeks": "number of weeks", "people": "number of people"}


class OutcomeForm(forms.Form):
    """One thing that will be different."""

    different = fields.LongTextField(
        label="What will be different?",
        help_text="For example: stays for the whole afternoon four days out of five",
        max_length=600,
        rows=2,
    )
    known_by = fields.LongTextField(
        label="How will you know?", help_text="For example: the class teacher’s weekly record", max_length=600, rows=2
    )
    by_when = fields.DateField(label="By when?", called="Day you will know by")


class PupilForm(forms.Form):
    """A pupil's facts. The key is chosen on adding and stays."""

    words = fields.RadiosField(
        label="Which two words stand for the pupil?",
        help_text="Note down in your school who it is. Nobody else can find out from here.",
        choices=(),
        error_messages={"required": "Choose a key", "invalid_choice": "Choose one of the keys on this page"},
    )
    attends = fields.RadiosField(label="Which school does the pupil attend?", choices=())
    year_group = forms.ChoiceField(label="Year group", choices=[("", ""), *YEARS])
    primary_need = fields.RadiosField(
        label="Main area of need", choices=(), error_messages={"required": "Choose the main area"}
    )
    secondary_need = forms.ChoiceField(label="Second area of need", choices=(), required=False)
    sen_status = fields.RadiosField(label="SEN status", choices=(), error_messages={"required": "Choose the status"})

    def __init__(self, *args: Any, keys: list[tuple[str, str]], schools: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        needs = choices("need_area", on=today)
        self.fields["words"].choices = keys  # type: ignore[attr-defined]
        self.fields["attends"].choices = schools  # type: ignore[attr-defined]
        self.fields["primary_need"].choices = needs  # type: ignore[attr-defined]
        self.fields["secondary_need"].choices = [("", "None"), *needs]  # type: ignore[attr-defined]
        self.fields["sen_status"].choices = choices("sen_status", on=today)  # type: ignore[attr-defined]
        if not keys:
            del self.fields["words"]
        if len(schools) < 2:
            del self.fields["attends"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("secondary_need") and cleaned.get("secondary_need") == cleaned.get("primary_need"):
            self.add_error("secondary_need", "Choose another area than the main one, or none")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = {**self.cleaned_data}
        attends = data.pop("attends", "")
        return {**data, "attends_id": int(attends) if attends else None}


class AgreementForm(forms.Form):
    """Who agreed to share, for one pupil."""

    given_by = fields.RadiosField(label="Who agreed?", choices=Agreement.GivenBy.choices)
    agreed_on = fields.DateField(label="On what day?", called="Day they agreed")
    asked_by = fields.TextField(
        label="Who asked them?", help_text="The post, not the name: SENCO, class teacher", max_length=80
    )
    how = fields.RadiosField(label="How?", choices=Agreement.How.choices)

    def __init__(self, *args: Any, year_group: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year_group = year_group

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agreed_on") and cleaned["agreed_on"] > timezone.localdate():
            self.add_error("agreed_on", "The day must be today or in the past")
        if cleaned.get("given_by") and not is_enough(self.year_group, cleaned["given_by"]):
            self.add_error("given_by", "From 16 on, the young person is asked: choose the young person, or both")
        return cleaned


class UploadForm(forms.Form):
    """One document."""

    paper = forms.FileField(
        label="Add a document",
        help_text="PDF, Word, Excel, PNG or JPEG, up to 10 MB. Take names out first, in the file and in its name.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
        max_length=400,
    )
