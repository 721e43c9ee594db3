"""Requests with a history, made through the services, for tests of both the services and the pages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from funding.models import Answer, Budget, ChairDecision, FundingRequest, Recommendation
from funding.services import deciding, drafting, pupils, recommending, submitting, tried
from meetings.models import AgendaItem, ItemKind, Meeting
from tests.actors import CHAIR, HEAD, SENCO, Actors
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import AgendaItemFactory, MeetingFactory
from tests.world import World

Kind = FundingRequest.Kind
TRIED = {
    "by_kind": "school",
    "what": "A quiet room after lunch",
    "starts_on": date(2026, 9, 14),
    "ends_on": date(2026, 10, 20),
    "outcome": "partly",
}
PUPIL = {"year_group": "4", "primary_need": "semh", "sen_status": "sen-support"}
AGREED = {"given_by": "parent", "agreed_on": date(2026, 11, 2), "asked_by": "SENCO", "how": "meeting"}


def now() -> datetime:
    return timezone.now()


def drafted(world: World, actors: Actors, *, kind: str = Kind.INDIVIDUAL, costs: str = "3200.00") -> FundingRequest:
    """A whole draft of Hartwell's SENCO, ready to be sent."""
    by = actors[SENCO].user
    request = drafting.start(school_id=world.hartwell.pk, kind=kind, by=by, now=now())
    call = {"request_id": request.pk, "by": by, "now": now()}
    drafting.save_need(title="Help to stay in lessons", need="Loud rooms are too much in the afternoon.", **call)
    for words in {Kind.INDIVIDUAL: ["amber kestrel"], Kind.GROUP: ["amber kestrel", "jade otter"]}.get(Kind(kind), []):
        pupils.add(words=words, **PUPIL, **call)
    tried.add(**TRIED, **call)
    money = kind != Kind.DISCUSSION
    drafting.save_ask(
        ask="A trained adult in the afternoons.",
        starts_on=date(2027, 1, 5) if money else None,
        ends_on=date(2027, 7, 20) if money else None,
        costs=[{"what": "Teaching assistant", "one_sum": Decimal(costs)}] if money else [],
        **call,
    )
    if money:
        outcome = {"different": "Stays for the afternoon", "known_by": "Weekly record", "by_when": date(2027, 7, 1)}
        drafting.save_outcomes(outcomes=[outcome], **call)
    pupils.save_agreements(agreed=dict.fromkeys(request.pupils.values_list("pk", flat=True), AGREED), **call)
    request.refresh_from_db()
    return request


def with_head(world: World, actors: Actors, **more: str) -> FundingRequest:
    request = drafted(world, actors, **more)
    return submitting.send(request_id=request.pk, by=actors[SENCO].user, now=now())


def submitted(world: World, actors: Actors, **more: str) -> FundingRequest:
    request = with_head(world, actors, **more)
    return submitting.sign(request_id=request.pk, by=actors[HEAD].user, now=now())


def on_agenda(
    request: FundingRequest, *, state: str = Meeting.State.RUNNING, meeting: Meeting | None = None
) -> AgendaItem:
    """The request's item on an agenda of its community; the meeting runs unless said otherwise."""
    meeting = meeting or running_meeting(request.community, state=state)
    return AgendaItemFactory(
        meeting=meeting,
        position=meeting.items.exclude(position=None).count() + 1,
        kind=ItemKind.REQUEST,
        title=f"{request.school.name}: request ({request.reference})",
        link=request.get_absolute_url(),
        source_key=request.key,
    )


def running_meeting(community, *, state: str = Meeting.State.RUNNING) -> Meeting:
    """A meeting of today in this state."""
    start = now() - timedelta(minutes=30)
    by = User.objects.filter(appointments__community=community).first()
    went = {"published_at": start, "published_by": by} if state != Meeting.State.DRAFT else {}
    if state in (Meeting.State.RUNNING, Meeting.State.SUSPENDED, Meeting.State.CLOSED):
        went |= {"started_at": start, "started_by": by}
    if state == Meeting.State.CLOSED:
        went |= {"closed_at": now(), "closed_by": by}
    return MeetingFactory(
        community=community,
        state=state,
        on=timezone.localdate(),
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        cut_off_at=start,
        **went,
    )


def discussed(
    world: World, actors: Actors, *, answer: str = Answer.APPROVE, amount: str = "0", **more: str
) -> FundingRequest:
    """Recommended on in a running meeting."""
    request = submitted(world, actors, **more)
    on_agenda(request)
    recommended(request, actors, answer=answer, amount=amount)
    request.refresh_from_db()
    return request


def recommended(
    request: FundingRequest, actors: Actors, *, answer: str = Answer.APPROVE, amount: str = "0"
) -> Recommendation:
    return recommending.recommend(
        request_id=request.pk,
        how=Recommendation.How.CONSENSUS,
        answer=answer,
        amount=Decimal(amount),
        by=actors[CHAIR].user,
        now=now(),
    )


def budget(world: World, *, grant: str = "10000", **period: object) -> Budget:
    """North's budget in an open period."""
    return make_budget(grant=grant, community=world.north, period=FundingPeriodFactory(**period))


def saying(answer: str = Answer.APPROVE, money_from: Budget | None = None, **more: object) -> deciding.Decision:
    """A decision that holds together."""
    known = {
        Answer.DECLINE: {
            "reason_code": "ordinarily-available",
            "reason": "Every school offers it.",
            "alternative": "A visit.",
        },
        Answer.DEFER: {"reason_code": "more-information", "reason": "We need the review."},
    }.get(Answer(answer), {})
    if answer in (Answer.APPROVE, Answer.IN_PART):
        known = {
            "period_id": money_from.period_id if money_from else None,
            "starts_on": date(2027, 1, 5),
            "ends_on": date(2027, 7, 20),
        }
    return deciding.Decision(answer=answer, **{**known, **more})


def decided(request: FundingRequest, actors: Actors, said: deciding.Decision) -> ChairDecision:
    return deciding.decide(request_id=request.pk, decision=said, key=uuid4(), by=actors[CHAIR].user, now=now())


def closed(meeting: Meeting, actors: Actors) -> None:
    """The bare fact that the meeting closed, for pages that ask for it; the closing itself is meetings'."""
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.State.CLOSED, closed_at=now(), closed_by=actors[CHAIR].user
    )


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
