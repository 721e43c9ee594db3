"""Who recommends, who decides, who takes back, who reads the answer. Two records, two sets of people (design §4.13)."""

from collections.abc import Sequence

from accounts.models import User
from communities import powers
from communities.models import Principle
from core.verdicts import YES, Verdict, no
from funding import steps
from funding.models import Budget, ChairDecision, FundingRequest
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


def may_approve(request: FundingRequest, budgets: Sequence[Budget], *, plans: bool) -> Verdict:
    """Whether there is money to approve: said above the form, before anything is typed. `budgets` are those of open
    periods; `plans` whether a pupil of the request has an EHC plan.
    """
    name = request.community.name if request.community else "The community"
    if not budgets:
        return no(
            f"{name} has no budget in an open funding period, so nothing can be approved yet. A county administrator has "
            "to open a period and give the community its budget."
        )
    if not (paying := paying_budgets(budgets, plans=plans)):
        names = " and ".join(budget.period.name for budget in budgets)
        return no(
            f"In {names}, community money does not pay for pupils with an EHC plan, and this request has one. Their "
            "support is paid through the plan."
        )
    if not any(budget.free for budget in paying):
        return no("Nothing is uncommitted, so nothing can be approved. Money comes free when an award is ended early.")
    return YES


def has_principles(principles: Sequence[Principle]) -> Verdict:
    """Every decision names the principles it was taken under."""
    return (
        YES
        if principles
        else no("No Community Principles are in force. A county administrator has to publish them first.")
    )


def paying_budgets(budgets: Sequence[Budget], *, plans: bool) -> list[Budget]:
    """Those that may pay for this request."""
    return [budget for budget in budgets if budget.period.ehcp_may_draw or not plans]


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
