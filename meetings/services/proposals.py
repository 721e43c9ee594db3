"""Members propose items; the chair puts them on the agenda or says why not."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.verdicts import require
from meetings import permissions
from meetings.models import AgendaItem, ItemKind, ItemProposal
from meetings.queries import people, seats
from meetings.services import changes, ordering

State = ItemProposal.State


@transaction.atomic
def propose(*, meeting_id: int, title: str, why: str, minutes: int, by: User, now: datetime) -> ItemProposal:
    """Ask for something to be discussed; the chair is told. Raises Refused."""
    meeting = changes.lock(meeting_id)
    require(permissions.may_propose(by, meeting))
    schools = {place.school for place in seats.places_of(by, meeting) if place.school}
    proposal = ItemProposal.objects.create(
        meeting=meeting,
        school=schools.pop() if len(schools) == 1 else None,
        title=title,
        why=why,
        minutes=minutes,
        proposed_at=now,
        proposed_by=by,
    )
    audit.record(action="proposal.made", target=proposal, by=by)
    notify(
        [person for person in people.who_runs(meeting.body, on=localdate(now)) if person.pk != by.pk],
        subject=f"An item is proposed for {meeting.body.name}",
        text=f"{by.name}: {title}. {why}",
        link=meeting.get_absolute_url(),
        key=f"meetings.proposal:{proposal.pk}",
        now=now,
    )
    return proposal


@transaction.atomic
def accept(*, proposal_id: int, by: User, now: datetime) -> AgendaItem:
    """Make it an item, in the words of the member; they are told. Raises Refused."""
    proposal = _locked(proposal_id)
    require(permissions.may_answer_proposal(by, proposal))
    item = AgendaItem(
        meeting=proposal.meeting,
        kind=ItemKind.LOCAL,
        title=proposal.title,
        why=f"Proposed by {proposal.proposed_by.name}: {proposal.why}"[:300],
        presenter=proposal.proposed_by.name,
        minutes_planned=proposal.minutes,
    )
    ordering.insert(item, ordering.home_of(proposal.meeting, ItemKind.LOCAL))
    proposal.item = item
    _answer(proposal, State.ACCEPTED, "", by=by, now=now)
    changes.note(proposal.meeting, f"“{item.title}” was added.", by=by, now=now)
    _tell(proposal, "is on the agenda", f"“{proposal.title}” is item {item.position}.", now=now)
    return item


@transaction.atomic
def decline(*, proposal_id: int, reason: str, by: User, now: datetime) -> ItemProposal:
    """Not this time, and here is why; the member is told. Raises Refused."""
    proposal = _locked(proposal_id)
    require(permissions.may_answer_proposal(by, proposal))
    _answer(proposal, State.DECLINED, reason, by=by, now=now)
    _tell(proposal, "is not on the agenda this time", f"“{proposal.title}”: {reason}", now=now)
    return proposal


@transaction.atomic
def withdraw(*, proposal_id: int, by: User, now: datetime) -> ItemProposal:
    """The member takes it back before it is answered. Raises Refused."""
    proposal = _locked(proposal_id)
    require(permissions.may_withdraw_proposal(by, proposal))
    _answer(proposal, State.WITHDRAWN, "", by=by, now=now)
    return proposal


def _locked(proposal_id: int) -> ItemProposal:
    meeting = changes.lock(ItemProposal.objects.values_list("meeting_id", flat=True).get(pk=proposal_id))
    proposal = ItemProposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal_id)
    proposal.meeting = meeting
    return proposal


def _answer(proposal: ItemProposal, state: str, answer: str, *, by: User, now: datetime) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.answered_at, proposal.answered_by = now, by
    proposal.save()
    audit.record(action=f"proposal.{state}", target=proposal, by=by)


def _tell(proposal: ItemProposal, what: str, text: str, *, now: datetime) -> None:
    notify(
        [proposal.proposed_by],
        subject=f"Your proposal for {proposal.meeting.body.name} {what}",
        text=text,
        link=proposal.meeting.get_absolute_url(),
        key=f"meetings.proposal.answered:{proposal.pk}",
        now=now,
    )
