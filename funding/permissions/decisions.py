"""Who recommends, who decides, who takes back, who reads the answer. Two records, two sets of people (design §4.13)."""

from accounts.models import User
from communities import powers
from core.verdicts import YES, Verdict, no
from funding import steps
from funding.models import ChairDecision, FundingRequest
from funding.permissions.requests import may_hear_of
from funding.queries import duties, scope
from meetings import permissions as meeting_permissions
from meetings.models import AgendaItem
from meetings.permissions import live
from meetings.queries import recusals

State = FundingRequest.State


def may_recommend(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """Record the community's recommendation: whoever takes the minutes, while the meeting is live, never for their own school."""
    if item is None:
        return no(f"{request.reference} is on no agenda. It can be recommended on in a meeting.")
    if duties.submitted(person, request):
        return no("You wrote or signed this request, so somebody else records what the community recommends.")
    if not (verdict := live.may_write_item(person, item)):
        return verdict
    return _open("recommend", request)


def may_decide(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """Decide on the recommendation: the chair, or who stands in, with no hand in the request and no interest in it."""
    if request.community is None or not powers.holds(person, "decide_funding", request.community):
        return no("Only the chair of the community can decide.")
    if duties.submitted(person, request):
        return no("You wrote or signed this request, so a stand-in chair has to decide it.")
    if not (verdict := _open("decide", request)):
        return verdict
    if item is None:
        return no(f"{request.reference} is on no open agenda. Put it on the next one, then decide.")
    if fact := recusals.fact(person, item):
        return no(f"{fact.sentence} A stand-in chair has to decide this.")
    return YES


def may_undo(person: User, request: FundingRequest, decision: ChairDecision | None) -> Verdict:
    """Take a decision back before it is released: the person who took it, with a reason."""
    if decision is None or decision.decided_by_id != person.pk:
        return no("Only the person who decided can take the decision back.")
    return _open("undo", request)


def may_see_recommendation(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """Before release: members of the community with no interest. The school reads it in the released decision."""
    if request.state == State.RELEASED:
        return YES
    if request.community is None or not powers.holds(person, "attend_meetings", request.community):
        return no("The answer is shown when the meeting has closed.")
    if scope.is_own(person, request):
        return no("This is your school’s request: the answer is shown when the meeting has closed.")
    return may_hear_of(person, request, item)


def may_read_letter(person: User, request: FundingRequest) -> Verdict:
    """The decision letter: the school, jointly too, and the chair of the community."""
    if scope.is_own(person, request):
        return YES
    if scope.chairs(person, request):
        return may_hear_of(person, request, None)
    return no("The letter is for the school and the chair.")


def may_read_panel(person: User, item: AgendaItem) -> Verdict:
    """What stands beside the item in a meeting: members with no interest in it, and guests invited to it."""
    return meeting_permissions.may_read_item(person, item)


def _open(step: str, request: FundingRequest) -> Verdict:
    return YES if steps.is_open(step, request.state) else no(steps.closed_sentence(step, request))
