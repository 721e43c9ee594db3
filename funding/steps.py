"""The life of a request as data: which step is open in which state, whose it is, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from funding.models.request import FundingRequest

State = FundingRequest.State


class Who(StrEnum):
    """Whose step it is. Who that is for one request, permissions say."""

    WRITER = "writer"  # whoever writes requests for the lead school
    SIGNER = "signer"  # whoever signs off for the lead school, and did not draft this one
    SCHOOL = "school"  # either of the two
    CHAIR = "chair"  # whoever runs the meetings of its community
    RECORDER = "recorder"  # whoever takes the minutes of the meeting that discusses it
    DECIDER = "decider"  # the chair, or the chair standing in, with no interest in it
    CLOSING = "closing"  # nobody's: the closing meeting does it


@dataclass(frozen=True, slots=True)
class Step:
    """`target` None leaves the state as it is. `verb` completes "You cannot ... now", `done` is what the timeline says."""

    name: str
    sources: frozenset[str]
    target: str | None
    who: Who
    verb: str
    done: str


def _step(name: str, sources: Sequence[State], target: State | None, who: Who, verb: str, done: str) -> Step:
    return Step(name, frozenset(sources), target, who, verb, done)


WRITABLE = [State.DRAFT, State.RETURNED]
BEFORE_RELEASE = [state for state in State if state not in (State.RELEASED, State.WITHDRAWN)]

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        _step("start", [], State.DRAFT, Who.WRITER, "start", "Started"),
        _step("write", WRITABLE, None, Who.WRITER, "change", "Changed"),
        _step("send", WRITABLE, State.WITH_HEAD, Who.WRITER, "send", "Sent to the headteacher"),
        _step("fetch", [State.WITH_HEAD], State.DRAFT, Who.WRITER, "take back", "Taken back to change it"),
        _step("sign", [State.WITH_HEAD], State.SUBMITTED, Who.SIGNER, "sign off", "Signed off and submitted"),
        _step("return", [State.WITH_HEAD], State.RETURNED, Who.SIGNER, "return", "Returned by the headteacher"),
        _step("withdraw", BEFORE_RELEASE, State.WITHDRAWN, Who.SCHOOL, "withdraw", "Withdrawn"),
        _step("ask", [State.SUBMITTED, State.DEFERRED], State.ASKED, Who.CHAIR, "ask about", "Question to the school"),
        _step("answer", [State.ASKED], State.SUBMITTED, Who.SCHOOL, "answer", "Answered by the school"),
        _step(
            "recommend",
            [State.SUBMITTED, State.ASKED, State.DEFERRED, State.DISCUSSED],
            State.DISCUSSED,
            Who.RECORDER,
            "record a recommendation on",
            "Recommendation recorded",
        ),
        _step("decide", [State.DISCUSSED], State.DECIDED, Who.DECIDER, "decide", "Decided"),
        _step("undo", [State.DECIDED], State.DISCUSSED, Who.DECIDER, "take back", "Decision taken back"),
        _step("release", [State.DECIDED], State.RELEASED, Who.CLOSING, "release", "Decision released to the school"),
        _step("defer", [State.DECIDED], State.DEFERRED, Who.CLOSING, "defer", "Deferred to another meeting"),
    )
}

WHERE_IT_IS: dict[str, str] = {
    State.DRAFT: "it is still being written",
    State.WITH_HEAD: "it is with the headteacher",
    State.RETURNED: "the headteacher returned it and it is being changed",
    State.SUBMITTED: "it has been submitted and waits for a meeting",
    State.ASKED: "the chair has asked the school a question about it",
    State.DEFERRED: "it was deferred to another meeting",
    State.DISCUSSED: "the community has made its recommendation",
    State.DECIDED: "it has been decided",
    State.RELEASED: "it has been decided and the school was told",
    State.WITHDRAWN: "it was withdrawn",
}


def is_open(step: str, state: str) -> bool:
    """Whether the step can be taken from this state."""
    return state in STEPS[step].sources


def closed_sentence(step: str, request: FundingRequest) -> str:
    """Why the step cannot be taken: "You cannot withdraw CoS-2041 now: it was withdrawn."."""
    return f"You cannot {STEPS[step].verb} {request.reference} now: {WHERE_IT_IS[request.state]}."
