"""Small forms of the steps: a reason, a question, an answer, why nothing was tried."""

from typing import ClassVar

from communities.forms.naming import AsksAboutNames
from core.forms import fields


class ReasonForm(AsksAboutNames):
    """Why the headteacher returns it."""

    asked_fields: ClassVar = ("reason",)
    reason = fields.LongTextField(
        label="What should change?",
        help_text="The writer reads this.",
        max_length=1000,
        error_messages={"required": "Say what should change"},
    )


class WithdrawForm(AsksAboutNames):
    """Withdrawing needs no reason."""

    asked_fields: ClassVar = ("reason",)
    reason = fields.LongTextField(
        label="Why?",
        help_text="Your school reads this, and the chair if it was submitted.",
        max_length=1000,
        rows=3,
        required=False,
    )


class QuestionForm(AsksAboutNames):
    """The chair's question to the school."""

    asked_fields: ClassVar = ("question",)
    question = fields.LongTextField(
        label="What would you like to know?",
        help_text="The school gets a notice and answers on the request’s page.",
        max_length=1000,
        error_messages={"required": "Enter your question"},
    )


class AnswerForm(AsksAboutNames):
    """The school's answer."""

    asked_fields: ClassVar = ("answer",)
    answer = fields.LongTextField(
        label="Your answer", max_length=2000, error_messages={"required": "Enter your answer"}
    )


class NothingTriedForm(AsksAboutNames):
    """Why nothing was tried before."""

    asked_fields: ClassVar = ("why",)
    not_optional = ("why",)
    why = fields.LongTextField(
        label="Why was nothing tried before?",
        help_text="For example: it is urgent, or no service fits. If you asked for help and could not get it, record that above instead.",
        max_length=600,
        rows=3,
        required=False,
    )


class UndoForm(AsksAboutNames):
    """Why a decision is taken back."""

    asked_fields: ClassVar = ("reason",)
    reason = fields.LongTextField(
        label="Why do you take the decision back?",
        max_length=600,
        rows=3,
        error_messages={"required": "Enter the reason"},
    )
