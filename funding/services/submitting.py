"""From the writer to the headteacher to the community, and back: send, take back, sign, return, withdraw, ask, answer."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Role
from communities.queries import community_of, people_with
from core.verdicts import require
from core.wording import words as service_words
from funding.models import FundingRequest
from funding.permissions import requests as permissions
from funding.queries import tasks, wording
from funding.queries.whole import read
from funding.services import deciding_undo, life
from meetings.services.agenda import take_off

State = FundingRequest.State


class Incomplete(Exception):
    """It cannot be sent yet. `sentences` say what is missing."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class NamesAreOpen(Incomplete):
    """Words that might name a pupil have not been answered."""


class NoCommunity(Exception):
    """The school belongs to no community today, so there is nobody to discuss it."""


@transaction.atomic
def send(*, request_id: int, by: User, now: datetime) -> FundingRequest:
    """Send it to the headteacher. Raises Refused, Incomplete or NamesAreOpen."""
    request = life.locked(request_id)
    require(permissions.may_send(by, request))
    whole = read(request)
    if gaps := tasks.missing(whole):
        raise Incomplete([sentence for _page, sentence in gaps])
    if open_names := wording.questions(whole, today=localdate(now)):
        raise NamesAreOpen([question.sentence for _page, question in open_names])
    request.sent_at, request.sent_by = now, by
    life.turn(request, "send", by=by, now=now, also=["sent_at", "sent_by"])
    request.sections.update(typed={})
    notify(
        people_with(Role.HEADTEACHER, on=localdate(now), school=request.school),
        subject=f"{request.reference} waits for your signature",
        text=f"{by.name} has sent you {request.reference} for {request.school.name}. Sign it off or return it.",
        link=f"{request.get_absolute_url()}sign-off/",
        key=f"funding.sent:{request.pk}:{now.isoformat()}",
        now=now,
    )
    return request


@transaction.atomic
def fetch(*, request_id: int, by: User, now: datetime) -> FundingRequest:
    """Take it back from the headteacher's desk to change it. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_fetch(by, request))
    request.sent_at = request.sent_by = None
    life.turn(request, "fetch", by=by, now=now, also=["sent_at", "sent_by"])
    return request


@transaction.atomic
def sign(*, request_id: int, by: User, now: datetime) -> FundingRequest:
    """Sign it off: it is submitted to the community the school belongs to today. Raises Refused or NoCommunity."""
    request = life.locked(request_id)
    require(permissions.may_sign(by, request))
    request.community = community_of(request.school, on=localdate(now))
    if request.community is None:
        raise NoCommunity(
            f"{request.school.name} belongs to no community today, so there is nobody to discuss this. "
            f"Ask {service_words().council_short_name} for help."
        )
    request.submitted_at, request.submitted_by = now, by
    life.turn(request, "sign", by=by, now=now, also=["community", "submitted_at", "submitted_by"])
    _tell_writers(request, "sign", f"{by.name} has signed {request.reference} off. It is submitted.", by=by, now=now)
    notify(
        people_with(Role.CHAIR, on=localdate(now), community=request.community),
        subject=f"{request.school.name} has submitted {request.reference}",
        text=f"{request.get_kind_display()}. It joins the agenda of the next meeting whose cut-off it meets.",
        link=request.get_absolute_url(),
        key=f"funding.submitted:{request.pk}:{now.isoformat()}",
        now=now,
    )
    return request


@transaction.atomic
def give_back(*, request_id: int, reason: str, by: User, now: datetime) -> FundingRequest:
    """Return it to its writer with a reason. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_return(by, request))
    _tell_writers(request, "return", f"{by.name} has returned {request.reference} to you.", by=by, now=now)
    request.sent_at = request.sent_by = None
    life.turn(request, "return", by=by, now=now, words=reason, also=["sent_at", "sent_by"])
    return request


@transaction.atomic
def withdraw(*, request_id: int, reason: str = "", by: User, now: datetime) -> FundingRequest:
    """Withdraw it; money a pending decision promised goes back to the community. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_withdraw(by, request))
    if request.state == State.DECIDED:
        deciding_undo.undo_for_withdrawal(request, by=by, now=now)
    request.withdrawn_at, request.withdrawn_by = now, by
    life.turn(request, "withdraw", by=by, now=now, words=reason, also=["withdrawn_at", "withdrawn_by"])
    take_off(source_key=request.key, because=f"{request.school.name} withdrew it.", by=by, now=now)
    _tell_writers(request, "withdraw", f"{by.name} has withdrawn {request.reference}.", by=by, now=now)
    if request.community:
        notify(
            people_with(Role.CHAIR, on=localdate(now), community=request.community),
            subject=f"{request.school.name} has withdrawn {request.reference}",
            text=f"{request.reference} needs no time at the meeting any more.",
            link=request.get_absolute_url(),
            key=f"funding.withdrawn:{request.pk}",
            now=now,
        )
    return request


@transaction.atomic
def ask(*, request_id: int, question: str, by: User, now: datetime) -> FundingRequest:
    """The chair asks the school something before the meeting. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_ask(by, request))
    life.turn(request, "ask", by=by, now=now, words=question)
    _tell_writers(request, "ask", f"The chair has a question about {request.reference}.", by=by, now=now)
    return request


@transaction.atomic
def answer(*, request_id: int, answer: str, by: User, now: datetime) -> FundingRequest:
    """The school answers. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_answer(by, request))
    life.turn(request, "answer", by=by, now=now, words=answer)
    notify(
        people_with(Role.CHAIR, on=localdate(now), community=request.community),
        subject=f"{request.school.name} has answered about {request.reference}",
        text="The answer stands in the request.",
        link=request.get_absolute_url(),
        key=f"funding.answered:{request.pk}:{now.isoformat()}",
        now=now,
    )
    return request


def _tell_writers(request: FundingRequest, step: str, sentence: str, *, by: User, now: datetime) -> None:
    """Tell whoever drafted and sent it, but for the person who acts."""
    writers = [pk for pk in (request.drafted_by_id, request.sent_by_id) if pk is not None and pk != by.pk]
    people = User.objects.filter(pk__in=writers)
    notify(
        people,
        subject=sentence,
        text=f"{request.get_kind_display()} of {request.school.name}.",
        link=request.get_absolute_url(),
        key=f"funding.{step}:{request.pk}:{now.isoformat()}",
        now=now,
    )
