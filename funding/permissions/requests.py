"""Who may do what with a request. The step table says when; this says who, and why not."""

from accounts.models import User
from communities import powers
from communities.models import School
from core.verdicts import YES, Verdict, no
from core.wording import words
from funding import steps
from funding.models import FundingRequest
from funding.queries import duties, scope
from meetings.models import AgendaItem
from meetings.queries import recusals

State = FundingRequest.State
NOT_YOURS = "Only people of the school that makes this request can do this."


def may_open_requests(person: User) -> Verdict:
    """The list of requests: people who write, sign, discuss or decide them. Never a business manager."""
    if any(powers.holds_anywhere(person, power) for power in ("view_pupil_text", "run_meetings", "run_service")):
        return YES
    return no(
        f"Requests hold words about pupils. {words().senco_word}s, headteachers, chairs and invited professionals "
        "read them; money that was awarded stands under Money."
    )


def may_start(person: User, school: School) -> Verdict:
    """Draft a request for a school."""
    if powers.holds(person, "write_requests", school):
        return YES
    return no(f"Only the {words().senco_word} of {school.name} can start a request.")


def may_write(person: User, request: FundingRequest) -> Verdict:
    """Change the words of a draft or of one the headteacher returned."""
    return _writes(person, request) and _open("write", request)


def may_send(person: User, request: FundingRequest) -> Verdict:
    """Send it to the headteacher."""
    return _writes(person, request) and _open("send", request)


def may_fetch(person: User, request: FundingRequest) -> Verdict:
    """Take it back from the headteacher's desk to change it."""
    return _writes(person, request) and _open("fetch", request)


def may_sign(person: User, request: FundingRequest) -> Verdict:
    """Sign it off. Another person than the one who drafted or sent it, also where one person holds both posts."""
    if not powers.holds(person, "sign_off_requests", request.school):
        return no(f"Only the headteacher of {request.school.name} can sign this off.")
    if not (verdict := _open("sign", request)):
        return verdict
    if duties.wrote(person, request):
        return no("You wrote this request, so somebody else who signs for the school has to sign it off.")
    return YES


def may_return(person: User, request: FundingRequest) -> Verdict:
    """Give it back to its writer with a reason: whoever may sign."""
    if not powers.holds(person, "sign_off_requests", request.school):
        return no(f"Only the headteacher of {request.school.name} can return this.")
    return _open("return", request)


def may_withdraw(person: User, request: FundingRequest) -> Verdict:
    """Any time before a decision is released: writer or signer of the lead school."""
    if not _of_school(person, request):
        return no(NOT_YOURS)
    return _open("withdraw", request)


def may_copy(person: User, request: FundingRequest) -> Verdict:
    """Begin a new one from its words: whoever writes for the lead school."""
    return _writes(person, request)


def may_ask(person: User, request: FundingRequest) -> Verdict:
    """The chair asks the school a question before the meeting."""
    if request.community is None or not powers.holds(person, "run_meetings", request.community):
        return no("Only the chair of the community can ask the school about this request.")
    return may_hear_of(person, request, None) and _open("ask", request)


def may_answer(person: User, request: FundingRequest) -> Verdict:
    """Writer or signer of the lead school."""
    if not _of_school(person, request):
        return no(NOT_YOURS)
    return _open("answer", request)


def may_read(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """Read the words of a request the person can reach (queries.scope). `item` is where it stands on an agenda now.

    Who has an interest reads nothing, unless the interest is their own school's request, which they wrote.
    """
    if scope.is_own(person, request):
        return YES
    return may_hear_of(person, request, item)


def may_hear_of(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """An interest closes the matter for good: before it stands on an agenda, and after its meeting has closed."""
    if item is not None:
        fact = recusals.fact(person, item)
    else:
        fact = recusals.fact_about(person, key=request.key, schools=scope.school_ids(request))
    return no(fact.sentence) if fact else YES


def may_read_documents(person: User, request: FundingRequest, item: AgendaItem | None) -> Verdict:
    """Papers go to the school, the chair and an invited professional, never to other members."""
    if scope.is_own(person, request):
        return YES
    if not (verdict := may_read(person, request, item)):
        return verdict
    if scope.chairs(person, request) or scope.is_invited(person, request):
        return YES
    return no("Documents are read by the school, the chair and professionals invited to the discussion.")


def _writes(person: User, request: FundingRequest) -> Verdict:
    if powers.holds(person, "write_requests", request.school):
        return YES
    return no(f"Only the {words().senco_word} of {request.school.name} can change this request.")


def _of_school(person: User, request: FundingRequest) -> bool:
    return any(powers.holds(person, power, request.school) for power in ("write_requests", "sign_off_requests"))


def _open(step: str, request: FundingRequest) -> Verdict:
    return YES if steps.is_open(step, request.state) else no(steps.closed_sentence(step, request))
