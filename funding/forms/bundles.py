"""The forms of one page together: one form, a form with lines, or a form for each pupil."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from communities.models import School
from funding.forms import requests, typed
from funding.forms.requests import AgreementForm, AskForm, CostForm, NeedForm, OutcomeForm
from funding.models import RequestPupil
from funding.queries.whole import Whole

Costs = forms.formset_factory(CostForm, extra=0, max_num=30, absolute_max=40)
Outcomes = forms.formset_factory(OutcomeForm, extra=0, max_num=10, absolute_max=40)


@dataclass
class Bundle:
    """`main` is the page's own form, `lines` its repeated one, `each` a form for every pupil."""

    main: forms.Form | None = None
    lines: "BaseFormSet[Any] | None" = None
    line_word: str = ""
    each: list[tuple[RequestPupil, forms.Form]] = field(default_factory=list)
    answers_of: Any = None

    @property
    def parts(self) -> list[Any]:
        """Every form and formset, for the error summary."""
        own = [part for part in (self.main, self.lines) if part is not None]
        return [*own, *(form for _pupil, form in self.each)]

    def is_valid(self) -> bool:
        found = [part.is_valid() for part in self.parts]  # every part, so that every part shows its errors
        return all(found)

    @property
    def answers(self) -> dict[str, Any]:
        """What the service takes."""
        return self.answers_of(self)  # type: ignore[no-any-return]


Kept = dict[str, Any] | None


def need(whole: Whole, *, posted: Any, kept: Kept, others: Iterable[School], more: bool = False) -> Bundle:
    """Title, need, context and partners."""
    one = whole.request
    partners = [str(pk) for pk in one.partner_links.values_list("school_id", flat=True)]
    first = {"title": one.title, "need": one.need, "context": one.context, "partners": partners}
    form = NeedForm(posted, others=others, initial=typed.initial(NeedForm, kept) if kept else first)
    return Bundle(main=form, answers_of=_need_answers)


def _need_answers(bundle: Bundle) -> dict[str, Any]:
    cleaned = dict(_cleaned(bundle))
    partners = cleaned.pop("partners", [])
    return {**cleaned, "partner_ids": [int(pk) for pk in partners]}


def ask(whole: Whole, *, posted: Any, kept: Kept, others: Any = (), more: bool = False) -> Bundle:
    """What is asked for, and each cost."""
    one = whole.request
    first = {"ask": one.ask, "starts_on": one.starts_on, "ends_on": one.ends_on}
    form = AskForm(posted, wants_money=one.wants_money, initial=typed.initial(AskForm, kept) if kept else first)
    if not one.wants_money:
        return Bundle(main=form, answers_of=_ask_answers)
    stored = [{name: getattr(line, name) for name in ("what", "one_sum", *requests.NAMES)} for line in whole.costs]
    lines = _lines(Costs, CostForm, posted, kept, stored, more=more)
    return Bundle(main=form, lines=lines, line_word="Cost", answers_of=_ask_answers)


def _ask_answers(bundle: Bundle) -> dict[str, Any]:
    return {**_cleaned(bundle), "costs": [form.line for form in _filled(bundle)]}


def outcomes(whole: Whole, *, posted: Any, kept: Kept, others: Any = (), more: bool = False) -> Bundle:
    """Each intended outcome."""
    stored = [{"different": one.different, "known_by": one.known_by, "by_when": one.by_when} for one in whole.outcomes]
    lines = _lines(Outcomes, OutcomeForm, posted, kept, stored, more=more)
    return Bundle(lines=lines, line_word="Outcome", answers_of=_outcome_answers)


def _outcome_answers(bundle: Bundle) -> dict[str, Any]:
    return {"outcomes": [form.cleaned_data for form in _filled(bundle)]}


def agreement(whole: Whole, *, posted: Any, kept: Kept, others: Any = (), more: bool = False) -> Bundle:
    """Who agreed, for each pupil."""
    each: list[tuple[RequestPupil, forms.Form]] = []
    for pupil in whole.pupils:
        prefix = f"pupil-{pupil.pk}"
        there = getattr(pupil, "agreement", None)
        names = ("given_by", "agreed_on", "asked_by", "how")
        first = {name: getattr(there, name) for name in names} if there else {}
        start = typed.initial(AgreementForm, kept, prefix=prefix) if kept else first
        each.append((pupil, AgreementForm(posted, prefix=prefix, year_group=pupil.year_group, initial=start)))
    return Bundle(each=each, answers_of=_agreement_answers)


def _agreement_answers(bundle: Bundle) -> dict[str, Any]:
    return {"agreed": {pupil.pk: form.cleaned_data for pupil, form in bundle.each}}


def differences(mine: Bundle, theirs: Bundle) -> list[dict[str, str]]:
    """Fields whose words differ: label, mine, theirs."""
    ours, other = dict(_words(mine)), dict(_words(theirs))
    labels = [*ours, *(label for label in other if label not in ours)]
    return [
        {"label": label, "mine": ours.get(label, ""), "theirs": other.get(label, "")}
        for label in labels
        if _flat(ours.get(label, "")) != _flat(other.get(label, ""))
    ]


def _words(bundle: Bundle) -> Iterable[tuple[str, str]]:
    if bundle.main is not None:
        yield from _form_words(bundle.main, "")
    if bundle.lines is not None:
        for number, form in enumerate(bundle.lines.forms, start=1):
            yield from _form_words(form, f"{bundle.line_word} {number}: ")
    for pupil, form in bundle.each:
        yield from _form_words(form, f"{pupil.key.words}: ")


def _form_words(form: forms.Form, before: str) -> Iterable[tuple[str, str]]:
    for bound in form:
        value = bound.value()
        choices = dict(getattr(bound.field, "choices", None) or [])
        if isinstance(value, (list, tuple)):
            text = " ".join(str(choices.get(part, part) or "") for part in value).strip()
        else:
            text = str(choices.get(value, value) if value is not None else "")
        yield f"{before}{bound.label}", _date(value) or text


def _date(value: Any) -> str:
    """A date that was stored reads as one that was typed."""
    return f"{value.day} {value.month} {value.year}" if hasattr(value, "month") else ""


def _flat(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _lines(kind: Any, form: type[forms.Form], posted: Any, kept: Kept, stored: list[Any], *, more: bool) -> Any:
    if posted is not None:
        lines = kind(posted, prefix="lines")
    else:
        start = typed.lines(form, kept, "lines") if kept else stored
        lines = kind(prefix="lines", initial=[*start, {}] if more or not start else start)
    for one in lines.forms:
        one.empty_permitted, one.use_required_attribute = True, False
    return lines


def _cleaned(bundle: Bundle) -> dict[str, Any]:
    return bundle.main.cleaned_data if bundle.main is not None else {}


def _filled(bundle: Bundle) -> list[Any]:
    return [form for form in (bundle.lines.forms if bundle.lines is not None else []) if form.cleaned_data]
