"""The meetings of all communities, round by round: two terms of them held, those to come prepared."""

from datetime import date, datetime, timedelta

from dashboards.sample import boards, decisions, meetings, money, payments, requests
from dashboards.sample.cases import HEARD, UNDECIDED
from dashboards.sample.stage import Stage, morning
from funding.models import FundingRequest
from meetings.services import planning

LAST = 2  # the number of the round that was held last, counted from nought
LATE = (3, 4)  # communities whose chairs still thought about a request after it
MISSED = (2, 5)  # and those that let its date pass
RESOLVED, CANCELLED = 3, 5  # the chair who has decided since, and the one who cancelled the meeting after the next


def hold_all(today: date, first: date) -> None:
    """Every round, and between two of them what was paid, given back and answered."""
    paid = first - timedelta(days=1)
    for turn, stages in enumerate(list(zip(*meetings.stages(today), strict=True))[: LAST + 1]):
        day = stages[0].date.on - timedelta(days=payments.PAID_AFTER + 1)
        payments.run(paid, day)
        paid = day
        if turn == LAST:
            money.end_one_early(morning(day))
            boards.answer_all(today, morning(day))
        for number, stage in enumerate(stages):
            if (turn, number) not in {(LAST, missed) for missed in MISSED}:
                _hold(stage, turn, number)


def _hold(stage: Stage, turn: int, number: int) -> None:
    cases = list(HEARD[(number + LAST - turn) % len(HEARD)])
    if turn == LAST and number in LATE:
        cases.append(UNDECIDED)
    meeting = meetings.plan(stage, stage.at())
    heard = requests.write_for(stage, cases)
    meetings.publish(stage, meeting, stage.at())
    meetings.hold(stage, meeting, heard)


def prepare(today: date, now: datetime) -> None:
    """The next meeting of each community is published, the one after it a draft, or cancelled."""
    for number, stages in enumerate(meetings.stages(today)):
        following, later = stages[LAST + 1 :]
        _plan_later(later, number, now)
        _publish_next(following, number, now)


def _plan_later(stage: Stage, number: int, now: datetime) -> None:
    """Before the requests for the next meeting come, so that they stand on one agenda only."""
    meeting = meetings.plan(stage, now)
    if number == CANCELLED:
        meetings.publish(stage, meeting, now)
        reason = "The hall is closed for repairs. We meet again next term."
        planning.cancel(meeting_id=meeting.pk, reason=reason, by=stage.chair, now=now)


def _publish_next(stage: Stage, number: int, now: datetime) -> None:
    meeting = meetings.plan(stage, now)
    requests.write_open(stage, now)
    meetings.publish(stage, meeting, now)
    if number % 2 == 0:
        meetings.invite_professional(stage, meeting, number // 2, now)
    if number == RESOLVED:
        waiting = FundingRequest.objects.get(community=stage.community, state="discussed")
        decisions.decide(waiting, "approve", stage.chair, now - timedelta(hours=20))
