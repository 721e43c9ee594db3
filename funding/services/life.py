"""What every service of a request shares: lock it, turn it from one state to the next, write down that it happened."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from core import audit
from funding.models import FundingRequest, RequestEvent
from funding.steps import STEPS


def locked(request_id: int) -> FundingRequest:
    """The request with its row locked until the caller's transaction ends. Lock order: request, award, budgets."""
    rows = FundingRequest.objects.select_for_update(of=("self",)).select_related("school", "community__area")
    return rows.get(pk=request_id)


def turn(
    request: FundingRequest,
    step: str,
    *,
    by: User,
    now: datetime,
    words: str = "",
    also: Iterable[str] = (),
) -> RequestEvent:
    """Take a step with a locked request: new state, timeline, audit. The caller has asked whether it may.

    `words` are the person's own (a reason, a question); they stay in the timeline and out of the audit. `also` names
    columns the caller set, saved with the state.
    """
    before = request.state
    request.state = STEPS[step].target or before
    request.changed_at = now
    request.save(update_fields=["state", "changed_at", *also])
    audit.record(action=f"funding.request_{step}", target=request, by=by, at=now, before=before, after=request.state)
    return RequestEvent.objects.create(
        request=request, step=step, before=before, after=request.state, at=now, by=by, words=words
    )
