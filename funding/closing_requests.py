"""What closing a meeting means to requests: nothing undecided is overlooked, decisions are released, minutes say what was done."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from core.formats import pounds
from funding.letters import HOW, counts, with_money
from funding.models import Answer, ChairDecision, FundingRequest, Recommendation
from funding.queries import decisions as queries
from funding.queries import scope
from funding.services import releasing
from funding.services.recommending import asked_for
from meetings.closing import FROM_CLOSING, Open, Typed, at_close, before_close, minute_lines
from meetings.models import AgendaItem, ItemKind, Meeting

State = FundingRequest.State
RECOMMENDED = {
    Answer.APPROVE: "Recommended: support.",
    Answer.IN_PART: "Recommended: support in part.",
    Answer.DECLINE: "Recommended: not to support.",
    Answer.DEFER: "Recommended: defer.",
    Answer.ADVICE: "Recommended: advice, no money.",
}
DECIDED = {
    Answer.APPROVE: "Decided by {}: approved.",
    Answer.IN_PART: "Decided by {}: approved in part.",
    Answer.DECLINE: "Decided by {}: declined.",
    Answer.DEFER: "Decided by {}: deferred.",
    Answer.ADVICE: "Noted by {}: advice, no money.",
}


@before_close
def undecided(meeting: Meeting) -> Iterable[Open]:
    """Requests the community has made a recommendation on, and the chair has not decided."""
    for request in _of_meeting(meeting).filter(state=State.DISCUSSED):
        yield Open(
            f"{request.reference} ({request.school.name}) has a recommendation and no decision.",
            f"{request.get_absolute_url()}decide/{FROM_CLOSING}",
        )


@at_close
def release(meeting: Meeting, by: User, now: datetime) -> None:
    """Release what was decided."""
    releasing.release_all(meeting=meeting, by=by, now=now)


@minute_lines(ItemKind.REQUEST)
def lines(item: AgendaItem) -> list[str]:
    """Fixed phrases from the records: what was asked, recommended, decided. No pupil and no free text about one."""
    request = _request(item)
    if request is None:
        return []
    asked = f", {pounds(asked_for(request))} asked for" if request.wants_money else ""
    found = [f"{request.reference}, {request.school.name}: {request.get_kind_display().lower()}{asked}."]
    if request.state == State.WITHDRAWN:
        found.append("The school withdrew it.")
    recommendation = request.recommendations.filter(item=item).order_by("-version").first()
    if recommendation:
        found += _recommended(recommendation)
    decision = queries.standing(request)
    if decision and decision.recommendation.item_id == item.pk:
        found += _decided(decision)
    if not recommendation and request.state != State.WITHDRAWN:
        found.append("No recommendation was recorded.")
    return found


def _recommended(found: Recommendation) -> list[str]:
    lines = [
        with_money(RECOMMENDED[Answer(found.answer)], found.amount),
        HOW.get(Recommendation.How(found.how)) or counts(found),
    ]
    if found.conditions:
        lines.append(Typed(f"Conditions: {found.conditions}"))
    if found.dissent:
        lines.append(Typed(f"Dissent: {found.dissent}"))
    return lines


def _decided(decision: ChairDecision) -> list[str]:
    sentence = DECIDED[Answer(decision.answer)].format(decision.decided_by.name)
    lines = [with_money(sentence, decision.amount)]
    if decision.reason_label:
        lines.append(f"Reason: {decision.reason_label}.")
    if decision.departs:
        lines.append("The decision departs from the recommendation. The board is told why.")
    return lines


def _of_meeting(meeting: Meeting) -> "QuerySet[FundingRequest]":
    keys = meeting.items.filter(source_key__startswith=scope.KEY).values_list("source_key", flat=True)
    pks = [int(key.removeprefix(scope.KEY)) for key in keys]
    return FundingRequest.objects.filter(pk__in=pks).select_related("school").order_by("pk")


def _request(item: AgendaItem) -> FundingRequest | None:
    if not item.source_key.startswith(scope.KEY):
        return None
    pk = int(item.source_key.removeprefix(scope.KEY))
    return FundingRequest.objects.select_related("school", "community").filter(pk=pk).first()
