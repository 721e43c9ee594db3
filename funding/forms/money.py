"""Forms of money: periods, budgets, inherited commitments, reports, schedules, paid marks."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import floatformat
from django.utils.text import slugify

from communities.forms.schools import SchoolField
from communities.models import School
from core.forms import fields, parsing
from core.forms.widgets import Text
from funding.models import Budget, ExpenditureReport, FundingPeriod
from meetings.models import Meeting

Covers = ExpenditureReport.Covers
MOST = Decimal("99999999.99")


class PaymentDaysField(fields.LongTextField):
    """Days, one on each line, as a sorted list of dates."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return sorted({self._day(line) for line in lines})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{day.day} {day:%B %Y}" for day in value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        """An empty list is an answer."""

    def run_validators(self, value: Any) -> None:
        """The days were understood one by one."""

    @staticmethod
    def _day(line: str) -> date:
        parts = re.split(r"[\s/.-]+", line)
        if len(parts) != 3:
            raise ValidationError(f"“{line[:40]}” is not a date like 1 September 2026", code="invalid")
        try:
            return parsing.day(*parts)
        except ValidationError:
            raise ValidationError(f"“{line[:40]}” is not a date like 1 September 2026", code="invalid") from None


class Period(forms.Form):
    """A funding period; `slug` and `carry_cap` are made to fit in `clean`."""

    not_optional = ("carry_cap",)
    name = fields.TextField(
        label="What is the period called?",
        help_text="For example, 2026-27. It stands in addresses and on papers.",
        max_length=60,
        width=20,
        error_messages={"required": "Enter a name, like 2026-27"},
    )
    starts_on = fields.DateField(label="First day", help_text="For example, 1 9 2026")
    ends_on = fields.DateField(label="Last day", help_text="For example, 31 8 2027")
    payment_days = PaymentDaysField(
        label="On which days do instalments fall due?",
        help_text="One day on each line, usually the first day of each term. An award paid over the terms has one "
        "instalment on each. Leave empty to pay every award in one sum.",
        required=False,
        rows=6,
    )
    contingency_percent = forms.DecimalField(
        label="How much of each budget is set aside as contingency?",
        help_text="You can change it for each community.",
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=Decimal(0),
        widget=Text(width=4, suffix="%"),
        error_messages={"required": "Enter a percentage, or 0", "invalid": "Enter a percentage, like 5"},
    )
    carry_forward = fields.RadiosField(
        label="What happens to uncommitted money at the end?",
        choices=FundingPeriod.Carry.choices,
        initial=FundingPeriod.Carry.ALL,
        reveals={"cap": "carry_cap"},
    )
    carry_cap = fields.MoneyField(label="Limit for each community", required=False, most=MOST)
    ehcp_may_draw = fields.RadiosField(
        label="May pupils with an education, health and care plan draw on this money?",
        choices=[("yes", "Yes"), ("no", "No")],
        initial="yes",
        inline=True,
    )
    escalation_threshold = fields.MoneyField(
        label="Above which amount does a request go to the board?",
        help_text="Leave empty if no amount sends a request there.",
        required=False,
        least=Decimal("0.01"),
        most=MOST,
    )

    def __init__(self, *args: Any, period: FundingPeriod | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(period)
        self.period = period
        if period and period.state != FundingPeriod.State.DRAFT:
            del self.fields["starts_on"], self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self._check_name(found)
        self._check_days(found)
        if found.get("carry_forward") != FundingPeriod.Carry.CAP:
            found["carry_cap"] = None
        elif found.get("carry_cap") is None and "carry_cap" not in self.errors:
            self.add_error("carry_cap", "Enter the limit for each community")
        found["ehcp_may_draw"] = found.get("ehcp_may_draw") == "yes"
        return found

    def _check_name(self, found: dict[str, Any]) -> None:
        name = found.get("name", "")
        found["slug"] = slugify(name)
        others = FundingPeriod.objects.exclude(pk=self.period.pk if self.period else 0)
        if name and not found["slug"]:
            self.add_error("name", "Use letters or figures in the name")
        elif name and (others.filter(slug=found["slug"]).exists() or others.filter(name=name).exists()):
            self.add_error("name", "Another period has this name")

    def _check_days(self, found: dict[str, Any]) -> None:
        starts_on = found.get("starts_on") or (self.period.starts_on if self.period else None)
        ends_on = found.get("ends_on") or (self.period.ends_on if self.period else None)
        if not starts_on or not ends_on:
            return
        if ends_on <= starts_on:
            self.add_error("ends_on", "The last day must be after the first")
        elif any(not starts_on <= day <= ends_on for day in found.get("payment_days") or []):
            self.add_error("payment_days", "Every payment day must be within the period")


def _initial(period: FundingPeriod | None) -> dict[str, Any]:
    if period is None:
        return {}
    names = [name for name in Period.base_fields if name != "ehcp_may_draw"]
    answers = {
        "ehcp_may_draw": "yes" if period.ehcp_may_draw else "no",
        "contingency_percent": floatformat(period.contingency_percent, -2),
    }
    return {name: getattr(period, name) for name in names} | answers


class BudgetRow(forms.Form):
    """One community on the page of all budgets. `was_…` are the figures the page was drawn with."""

    community_id = forms.IntegerField(widget=forms.HiddenInput)
    was_grant = forms.DecimalField(widget=forms.HiddenInput)
    was_contingency = forms.DecimalField(widget=forms.HiddenInput)
    grant = fields.MoneyField(
        label="Allocated", most=MOST, error_messages={"required": "Enter an amount, or 0"}, width=10
    )
    contingency = fields.MoneyField(label="Contingency", most=MOST, required=False, width=10)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        grant, contingency = found.get("grant"), found.get("contingency")
        if grant is not None and contingency is not None and contingency > grant:
            self.add_error("contingency", "Contingency cannot be more than what is allocated")
        return found


BudgetRows = forms.formset_factory(BudgetRow, extra=0)


class ClosePeriod(forms.Form):
    """`into` is asked only when something has to move on."""

    into = fields.ModelTypeaheadField(
        label="Which period does it move to?",
        queryset=FundingPeriod.objects.none(),
        error_messages={"required": "Choose the period the money moves to"},
    )
    sure = fields.CheckboxesField(
        label="Closing cannot be undone",
        choices=[("yes", "I have checked the figures above")],
        error_messages={"required": "Tick the box to say that you have checked the figures"},
    )

    def __init__(self, *args: Any, period: FundingPeriod, moves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = FundingPeriod.objects.filter(state=FundingPeriod.State.OPEN).exclude(pk=period.pk)
        into = self.fields["into"]
        into.queryset = others.order_by("starts_on")  # type: ignore[attr-defined]
        into.label_from_instance = lambda row: row.name  # type: ignore[attr-defined]
        if not moves:
            del self.fields["into"]

    @property
    def stuck(self) -> str:
        """Why it cannot be closed yet; empty when it can."""
        into = self.fields.get("into")
        if into is None or into.queryset.exists():  # type: ignore[attr-defined]
            return ""
        return "Money moves on from this period, and no other period is open. Set up and open the next one first."


class Inherited(forms.Form):
    """A commitment from before the community had its budget."""

    key = fields.IdempotencyField()
    school = SchoolField(
        label="Which school is it paid to?",
        queryset=School.objects.none(),
        error_messages={"required": "Choose the school"},
    )
    reference = fields.TextField(
        label="The council’s reference",
        help_text="For example, HNF-1234. It stands on payment schedules.",
        max_length=30,
        width=20,
        error_messages={"required": "Enter the reference"},
    )
    title = fields.TextField(
        label="What is it for?",
        help_text="A few words, without any pupil’s name.",
        max_length=200,
        error_messages={"required": "Say what it is for"},
    )
    amount = fields.MoneyField(
        label="How much is still to be paid?",
        least=Decimal("0.01"),
        most=MOST,
        error_messages={"required": "Enter an amount"},
    )
    starts_on = fields.DateField(label="From when?", called="First day of the award", help_text="For example, 1 9 2026")
    ends_on = fields.DateField(label="Until when?", called="Last day of the award", help_text="For example, 31 3 2027")
    how = fields.RadiosField(
        label="How is it paid?",
        choices=[("terms", "Equal parts on the payment days"), ("once", "One sum on the first day")],
        initial="terms",
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"]
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", reference, re.ASCII):
            raise ValidationError("Use letters, figures and hyphens only")
        return reference

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day cannot be before the first")
        return found


class Why(forms.Form):
    """A reason in the person's own words; give the label."""

    reason = fields.LongTextField(
        label="Why?", max_length=500, rows=3, error_messages={"required": "Say why in a few words"}
    )

    def __init__(self, *args: Any, label: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class StartReport(forms.Form):
    """What the new report covers."""

    not_optional = ("meeting",)
    HINTS: ClassVar = {
        "since": "Usual. Nothing is reported twice and nothing left out.",
        "meeting": "From the start of the meeting to the start of the next.",
        "period": "From the first day to now, for the end of the year.",
    }
    budget: "forms.ModelChoiceField[Budget]" = forms.ModelChoiceField(
        label="Which period?", queryset=Budget.objects.none(), widget=fields.TypeaheadField().widget
    )
    covers = fields.RadiosField(
        label="What does it cover?",
        choices=Covers.choices,
        initial="since",
        hints=HINTS,
        reveals={"meeting": "meeting"},
    )
    meeting = fields.ModelTypeaheadField(label="Which meeting?", queryset=Meeting.objects.none(), required=False)

    def __init__(self, *args: Any, budgets: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        budget, meeting = self.fields["budget"], self.fields["meeting"]
        budget.queryset, meeting.queryset = budgets, meetings  # type: ignore[attr-defined]
        budget.label_from_instance = lambda row: row.period.name  # type: ignore[attr-defined]
        meeting.label_from_instance = lambda row: f"{row.on.day} {row.on:%B %Y}"  # type: ignore[attr-defined]
        budget.initial = next(iter(budgets), None)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("covers") == Covers.MEETING and not found.get("meeting"):
            self.add_error("meeting", "Choose the meeting")
        return found


class SendReport(forms.Form):
    """The chair's word, and the reason where an earlier version was sent."""

    key = fields.IdempotencyField()
    reason = fields.LongTextField(
        label="What was not right in the version before?",
        max_length=500,
        rows=3,
        error_messages={"required": "Say what was not right"},
    )
    note = fields.LongTextField(
        label="Anything the officer should know?",
        help_text="Without any pupil’s name.",
        max_length=1000,
        rows=3,
        required=False,
    )
    principles = fields.CheckboxesField(
        label="The community’s principles",
        choices=[("yes", "Every award in this report was decided by the Community Principles")],
        error_messages={"required": "Tick the box to say that the principles were followed"},
    )

    def __init__(self, *args: Any, correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not correction:
            del self.fields["reason"]


class Ask(forms.Form):
    """A question about one line; no line means the whole report."""

    key = fields.IdempotencyField()
    line = fields.TypeaheadField(label="About which line?", required=False)
    question = fields.LongTextField(
        label="What is your question?", max_length=1000, rows=3, error_messages={"required": "Enter your question"}
    )

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", "The whole report"), *lines]  # type: ignore[attr-defined]


class Answer(forms.Form):
    words = fields.LongTextField(
        label="Your answer", max_length=1000, rows=4, error_messages={"required": "Enter your answer"}
    )


class ExportSchedule(forms.Form):
    key = fields.IdempotencyField()
    due_by = fields.DateField(
        label="Everything due by",
        called="Last due date",
        help_text="Instalments due later go on the next schedule. For example, 31 1 2027",
    )
