"""The meeting closes: decisions stand, letters are written, schools are told, departures go to the board."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Role
from communities.queries import people_with
from core.formats import pounds
from funding import letters
from funding.models import Answer, ChairDecision, DecisionRelease, FundingRequest
from funding.queries import decisions as queries
from funding.queries import scope
from funding.services import life
from meetings.models import AgendaItem, Escalation, Meeting
from meetings.services import escalations

State = FundingRequest.State


@transaction.atomic
def release_all(*, meeting: Meeting, by: User, now: datetime) -> list[ChairDecision]:
    """Release every decision of this meeting, once. Called by the closing of the meeting, in its transaction."""
    keys = meeting.items.filter(source_key__startswith=scope.KEY).values_list("source_key", flat=True)
    pks = sorted(int(key.removeprefix(scope.KEY)) for key in keys)
    return [released for pk in pks if (released := _release(pk, meeting, by=by, now=now))]


def _release(request_id: int, meeting: Meeting, *, by: User, now: datetime) -> ChairDecision | None:
    request = life.locked(request_id)
    decision = queries.standing(request)
    if request.state != State.DECIDED or decision is None:
        return None
    DecisionRelease.objects.create(decision=decision, meeting=meeting, released_at=now, released_by=by)
    decision.request = request
    letters.issue_both(decision, meeting, now=now)
    life.turn(request, "defer" if decision.answer == Answer.DEFER else "release", by=by, now=now)
    _tell_school(request, meeting, now=now)
    if decision.departs:
        _tell_board(decision, by=by, now=now)
    return decision


def _tell_school(request: FundingRequest, meeting: Meeting, *, now: datetime) -> None:
    """Head and SENCO of every school in the request."""
    on = localdate(now)
    schools = scope.school_ids(request)
    people = [
        *people_with(Role.HEADTEACHER, on=on, school__in=schools),
        *people_with(Role.SENCO, on=on, school__in=schools),
    ]
    notify(
        {person.pk: person for person in people}.values(),
        subject=f"There is an answer to {request.reference}",
        text=f"The meeting of {meeting.body.name} has closed. The decision letter stands in the request.",
        link=request.get_absolute_url(),
        key=f"funding.released:{request.pk}:{meeting.pk}",
        now=now,
    )


def _tell_board(decision: ChairDecision, *, by: User, now: datetime) -> None:
    """A departure goes to the board by itself; nobody can untick it. It names no pupil: figures, reason, principles."""
    item: AgendaItem = decision.recommendation.item
    numbers = ", ".join(str(one.number) for one in decision.departure_principles.order_by("number"))
    said = f"{decision.get_recommended_answer_display()} {pounds(decision.recommended_amount or None)}".strip()
    done = f"{decision.get_answer_display()} {pounds(decision.amount or None)}".strip()
    escalations.escalate(
        item_id=item.pk,
        kind=Escalation.Kind.DEPARTURE,
        title=f"{decision.request.reference}: the chair departed from the recommendation",
        text=(
            f"Recommended: {said}. Decided: {done}.\nReason: {decision.departure_reason}\nPrinciples named: {numbers}."
        ),
        source_key=f"funding.decision:{decision.pk}",
        by=by,
        now=now,
    )
