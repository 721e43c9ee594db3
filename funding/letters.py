"""The decision letter: one frozen context for the school, and a plain edition the school may give to parents."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from communities.naming import replace
from core import documents
from core.formats import long_date, pounds, short_date
from core.lists import entries
from core.models import IssuedDocument
from funding.models import Answer, ChairDecision, FundingRequest, Recommendation
from funding.queries.whole import Whole, read
from meetings.models import Meeting

KIND = "decision_letter"
FULL, PARENT = "full", "parent"
TEMPLATES = {FULL: "funding/pdf/decision.html", PARENT: "funding/pdf/decision_parent.html"}
RECOMMENDED = {
    Answer.APPROVE: "The community recommended to support the request.",
    Answer.IN_PART: "The community recommended to support the request in part.",
    Answer.DECLINE: "The community recommended not to support the request.",
    Answer.DEFER: "The community recommended to put the request off.",
    Answer.ADVICE: "The community gave advice. It recommended no money.",
}
DECIDED = {
    Answer.APPROVE: "The chair has approved the request.",
    Answer.IN_PART: "The chair has approved part of the request.",
    Answer.DECLINE: "The chair has declined the request.",
    Answer.DEFER: "The chair has put the request off to another meeting.",
    Answer.ADVICE: "The discussion ended with advice. No money was asked for or given.",
}
FOR_PARENTS = {
    Answer.APPROVE: "The extra help that the school asked for was agreed.",
    Answer.IN_PART: "Part of the extra help that the school asked for was agreed.",
    Answer.DECLINE: "The extra help that the school asked for was not agreed this time.",
    Answer.DEFER: "No answer has been given yet. The request is looked at again at another meeting.",
    Answer.ADVICE: "The schools talked about what could help and gave the school their advice.",
}
HOW = {
    Recommendation.How.CONSENSUS: "Nobody disagreed.",
    Recommendation.How.ADVICE: "Nobody was asked to agree.",
}


def issue_both(decision: ChairDecision, meeting: Meeting, *, now: datetime) -> list[IssuedDocument]:
    """Freeze both editions in the caller's transaction. A project has no parents to tell, so it has one letter."""
    whole = read(decision.request)
    papers = [_issue(decision, FULL, full_context(decision, meeting, whole, now=now), now=now)]
    if decision.request.wants_pupils:
        papers.append(_issue(decision, PARENT, parent_context(decision, meeting, whole, now=now), now=now))
    return papers


def of(decision: ChairDecision, *, edition: str) -> IssuedDocument | None:
    """The letter of a decision; None before its release."""
    return documents.of(decision, kind=KIND, edition=edition).first()


def full_context(decision: ChairDecision, meeting: Meeting, whole: Whole, *, now: datetime) -> dict[str, Any]:
    """Everything the school reads, as plain strings."""
    request, recommendation = decision.request, decision.recommendation
    return {
        "reference": request.reference,
        "school": request.school.name,
        "partners": whole.partners,
        "kind": request.get_kind_display(),
        "title": request.title,
        "community": meeting.body.name,
        "met_on": long_date(meeting.on),
        "asked": pounds(whole.amount) if request.wants_money else "",
        "pupils": [f"{pupil.key.words}, {pupil.get_year_group_display()}" for pupil in whole.pupils],
        "recommended": with_money(RECOMMENDED[Answer(recommendation.answer)], recommendation.amount),
        "how": HOW.get(Recommendation.How(recommendation.how), counts(recommendation)),
        "dissent": recommendation.dissent,
        "advice": recommendation.reason,
        "decided": with_money(DECIDED[Answer(decision.answer)], decision.amount),
        "decided_by": decision.decided_by.name,
        "decided_on": short_date(decision.decided_at),
        "conditions": decision.conditions,
        "reason_label": decision.reason_label,
        "reason": decision.reason,
        "alternative": decision.alternative,
        "departure_reason": decision.departure_reason,
        "departure_principles": [
            f"{one.number}. {one.text}" for one in decision.departure_principles.order_by("number")
        ],
        "principles": str(decision.principles),
        "award": _award(decision),
        "notes": notes(now),
    }


def parent_context(decision: ChairDecision, meeting: Meeting, whole: Whole, *, now: datetime) -> dict[str, Any]:
    """Plain words, no money, no key, no other pupil: a group's free text could tell of others and is left out."""
    request = decision.request
    alone = request.kind != FundingRequest.Kind.GROUP
    return {
        "reference": request.reference,
        "school": request.school.name,
        "community": meeting.body.name,
        "met_on": long_date(meeting.on),
        "decided": FOR_PARENTS[Answer(decision.answer)],
        "reason_label": decision.reason_label,
        "reason": _without_keys(decision.reason, whole) if alone else "",
        "alternative": _without_keys(decision.alternative, whole) if alone else "",
        "starts_on": long_date(decision.starts_on),
        "ends_on": long_date(decision.ends_on),
        "review_on": long_date(decision.review_on),
        "notes": notes(now),
    }


def notes(now: datetime) -> list[dict[str, str]]:
    """The sentences the council wants in every letter, with the right to an EHC needs assessment (design §4.10)."""
    lines = entries("outcome_note", on=localdate(now))
    return [{"title": line.label, "text": line.meaning} for line in lines]


def _issue(decision: ChairDecision, edition: str, context: dict[str, Any], *, now: datetime) -> IssuedDocument:
    about = f"Decision on {context['reference']}"
    title = about if edition == FULL else f"{about}, for parents and carers"
    return documents.issue(
        kind=KIND, title=title, subject=decision, template=TEMPLATES[edition], context=context, now=now, edition=edition
    )


def with_money(sentence: str, amount: Any) -> str:
    return f"{sentence[:-1]}: {pounds(amount)}." if amount else sentence


def counts(found: Recommendation) -> str:
    return (
        f"A vote was counted: {found.votes_for} for, {found.votes_against} against, {found.abstained} abstained, "
        f"{found.recused} recused, {found.not_present} not present."
    )


def _award(decision: ChairDecision) -> dict[str, Any]:
    award = getattr(decision, "award", None)
    if award is None:
        return {}
    return {
        "amount": pounds(award.amount),
        "period": decision.period.name if decision.period else "",
        "starts_on": short_date(award.starts_on),
        "ends_on": short_date(award.ends_on),
        "review_on": short_date(award.review_on),
        "instalments": [
            {"due_on": short_date(part.due_on), "amount": pounds(part.amount)} for part in award.instalments.all()
        ],
    }


def _without_keys(text: str, whole: Whole) -> str:
    for pupil in whole.pupils:
        text = replace(text, pupil.key.words, "your child")
    return text
