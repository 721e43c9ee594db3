"""The recommendation and the decision, as they are typed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from communities.forms.naming import AsksAboutNames
from core.forms import fields
from core.forms.widgets import Text
from funding.models import Answer, Recommendation
from funding.models.decision import GIVES_MONEY
from funding.services.deciding import Decision
from funding.services.recommending import Votes

How = Recommendation.How
RECOMMEND = [
    (Answer.APPROVE, "Support"),
    (Answer.IN_PART, "Support in part"),
    (Answer.DECLINE, "Not support"),
    (Answer.DEFER, "Defer to another meeting"),
    (Answer.ADVICE, "Advice, no money"),
]
DECIDE = [
    (Answer.APPROVE, "Approve"),
    (Answer.IN_PART, "Approve in part"),
    (Answer.DECLINE, "Decline"),
    (Answer.DEFER, "Defer to another meeting"),
    (Answer.ADVICE, "Advice, no money"),
]
ONLY_TALK = (Answer.ADVICE, Answer.DEFER)
MONEY = ("amount", "period", "starts_on", "ends_on", "review_on")
DECLINING = ("code_decline", "reason_decline", "alternative")
COUNTS = ("votes_for", "votes_against", "abstained", "recused", "not_present")


def offered(answers: list[tuple[Any, str]], *, wants_money: bool) -> list[tuple[str, str]]:
    """A discussion ends in advice or is deferred; a request for money can also be approved or declined."""
    return [(value, label) for value, label in answers if wants_money or value in ONLY_TALK]


def count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999, widget=Text(width=3))


class RecommendForm(AsksAboutNames):
    """What the community recommends. `places` is how many schools have one."""

    asked_fields: ClassVar = ("conditions", "reason", "dissent")
    not_optional = (*COUNTS, "amount")
    how = fields.RadiosField(
        label="How was it reached?",
        choices=How.choices,
        reveals={How.VOTE: COUNTS},
        error_messages={"required": "Choose how it was reached"},
    )
    votes_for = count("For")
    votes_against = count("Against")
    abstained = count("Abstained")
    recused = count("Recused")
    not_present = count("Not present")
    answer = fields.RadiosField(
        label="What does the community recommend?",
        choices=RECOMMEND,
        reveals={Answer.IN_PART: "amount"},
        error_messages={"required": "Choose what the community recommends"},
    )
    amount = fields.MoneyField(label="How much?", required=False)
    conditions = fields.LongTextField(label="Conditions", max_length=1500, rows=2, required=False)
    reason = fields.LongTextField(
        label="Advice and reasons",
        help_text="The school reads this in the letter.",
        max_length=2000,
        rows=4,
        required=False,
    )
    dissent = fields.LongTextField(label="Did somebody see it differently?", max_length=1500, rows=2, required=False)

    def __init__(self, *args: Any, wants_money: bool, places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["answer"].choices = offered(RECOMMEND, wants_money=wants_money)  # type: ignore[attr-defined]
        if not wants_money:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Answer.IN_PART and "amount" not in self.errors and not cleaned.get("amount"):
            self.add_error("amount", "Enter how much the community recommends")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        answers = self.answers
        counts = {name: answers.pop(name) or 0 for name in COUNTS}
        votes = Votes(**counts, places=self.places) if answers["how"] == How.VOTE else None
        return {**answers, "amount": answers.get("amount") or 0, "votes": votes}


class DecideForm(AsksAboutNames):
    """What the chair decides. What differs from the recommendation asks for a reason and a principle."""

    asked_fields: ClassVar = (
        "conditions",
        "reason_decline",
        "reason_defer",
        "alternative",
        "departure_reason",
        "no_support_because",
    )
    not_optional = (
        "amount",
        "period",
        "starts_on",
        "ends_on",
        "code_decline",
        "reason_decline",
        "alternative",
        "code_defer",
        "reason_defer",
        "departure_reason",
        "principles",
    )
    answer = fields.RadiosField(
        label="What do you decide?",
        choices=DECIDE,
        reveals={
            Answer.IN_PART: "amount",
            Answer.DECLINE: ("code_decline", "reason_decline", "alternative"),
            Answer.DEFER: ("code_defer", "reason_defer"),
        },
        error_messages={"required": "Choose what you decide"},
    )
    amount = fields.MoneyField(label="How much?", required=False)
    period = fields.RadiosField(
        label="Which funding period pays?", help_text="When you approve all or part of it.", choices=(), required=False
    )
    starts_on = fields.DateField(
        label="First day of the award", help_text="When you approve all or part of it.", required=False
    )
    ends_on = fields.DateField(
        label="Last day of the award", help_text="When you approve all or part of it.", required=False
    )
    review_on = fields.DateField(
        label="When is the outcome looked at?", called="Day the outcome is looked at", required=False
    )
    conditions = fields.LongTextField(label="Conditions", max_length=1500, rows=2, required=False)
    code_decline = fields.RadiosField(label="Reason for declining", choices=(), required=False)
    reason_decline = fields.LongTextField(
        label="Why, in words the school can read", max_length=2000, rows=3, required=False
    )
    alternative = fields.LongTextField(
        label="What do you offer instead?",
        help_text="Advice, specialist help, another school’s help, training.",
        max_length=1500,
        rows=3,
        required=False,
    )
    code_defer = fields.RadiosField(label="Reason for deferring", choices=(), required=False)
    reason_defer = fields.LongTextField(
        label="What should the school do until then?", max_length=2000, rows=3, required=False
    )
    departure_reason = fields.LongTextField(
        label="Why do you depart from the community’s recommendation?",
        help_text="Only if your decision differs in the answer, the amount or the conditions. The board is told.",
        max_length=1500,
        rows=3,
        required=False,
    )
    principles = fields.CheckboxesField(
        label="Which principles does your departure rest on?", choices=(), required=False
    )
    no_support_because = fields.LongTextField(
        label="No support was recorded. Why do you decide all the same?",
        max_length=600,
        rows=2,
        error_messages={"required": "Say why you decide although no support was recorded"},
    )

    def __init__(
        self,
        *args: Any,
        wants_money: bool,
        may_approve: bool,
        periods: list[tuple[str, str]],
        principles: list[tuple[str, str]],
        reasons: Mapping[str, list[tuple[str, str]]],
        support_recorded: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        answers = [(value, label) for value, label in DECIDE if may_approve or value not in GIVES_MONEY]
        self.fields["answer"].choices = offered(answers, wants_money=wants_money)  # type: ignore[attr-defined]
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.fields["principles"].choices = principles  # type: ignore[attr-defined]
        for name, listed in reasons.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]
        gone = () if wants_money else DECLINING
        for name in (*gone, *(() if may_approve and wants_money else MONEY)):
            del self.fields[name]
        if support_recorded:
            del self.fields["no_support_because"]

    @property
    def decision(self) -> Decision:
        """What the service takes. Answers to other questions than the one chosen are left out."""
        said = self.answers
        answer = said["answer"]
        money = answer in (Answer.APPROVE, Answer.IN_PART)
        suffix = {Answer.DECLINE: "decline", Answer.DEFER: "defer"}.get(Answer(answer), "")
        period = said.get("period") if money else ""
        return Decision(
            answer=answer,
            amount=said.get("amount") or Decision(answer).amount,
            conditions=said["conditions"],
            reason_code=said.get(f"code_{suffix}", "") if suffix else "",
            reason=said.get(f"reason_{suffix}", "") if suffix else "",
            alternative=said.get("alternative", "") if answer == Answer.DECLINE else "",
            period_id=int(period) if period else None,
            starts_on=said.get("starts_on") if money else None,
            ends_on=said.get("ends_on") if money else None,
            review_on=said.get("review_on") if money else None,
            departure_reason=said["departure_reason"],
            principle_ids=[int(pk) for pk in said.get("principles", [])],
            no_support_because=said.get("no_support_because", ""),
        )

    def show(self, field: str, sentence: str) -> None:
        """Put an error of the service beside its field."""
        answer = self.cleaned_data.get("answer")
        suffix = {str(Answer.DECLINE): "_decline", str(Answer.DEFER): "_defer"}.get(str(answer), "")
        name = {"reason_code": f"code{suffix}", "reason": f"reason{suffix}"}.get(field, field)
        self.add_error(name if name in self.fields else None, sentence)
