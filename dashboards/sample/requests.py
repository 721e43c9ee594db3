"""Made-up requests in every state."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from communities.models import Role, School, Service
from communities.queries import member_schools
from dashboards.sample.cases import STORIES, Case, Story, Tried
from dashboards.sample.people import holder
from dashboards.sample.stage import Stage
from funding import pupil_words
from funding.models import FundingRequest
from funding.services import drafting, pupils, submitting, tried

Heard = dict[str, Case]


def write_for(stage: Stage, cases: Sequence[Case]) -> Heard:
    """Requests that meet the cut-off of a meeting that was held, by their keys."""
    schools = _schools(stage)
    return {submit(case.story, school, stage.at(-16)).key: case for case, school in zip(cases, schools, strict=False)}


def write_open(stage: Stage, now: datetime) -> None:
    """One request in each state before a decision, for the meeting to come."""
    schools = _schools(stage)
    begun = min(stage.at(-16), now - timedelta(days=3))
    for story, school in zip(("safely", "room"), schools, strict=False):
        submit(story, school, begun)
    asked = submit("talking", schools[2], begun)
    submitting.ask(
        request_id=asked.pk, question="Could one group serve both year groups?", by=stage.chair, now=begun + timedelta(days=1)
    )  # fmt: skip
    _send("refusal", schools[3], begun)
    returned = _send("calm", schools[4], begun)
    submitting.give_back(
        request_id=returned.pk, reason="Please say what the class teacher has tried.",
        by=holder(schools[4], Role.HEADTEACHER), now=begun,
    )  # fmt: skip
    drafting.start(school_id=schools[5].pk, kind="individual", by=holder(schools[5], Role.SENCO), now=begun)
    gone = submit("calm", schools[6], begun)
    submitting.withdraw(
        request_id=gone.pk, reason="The family moved away.", by=holder(schools[6], Role.SENCO), now=begun
    )


def submit(story: str, school: School, now: datetime) -> FundingRequest:
    """Write it, send it to the head, have it signed."""
    request = _send(story, school, now)
    return submitting.sign(request_id=request.pk, by=holder(school, Role.HEADTEACHER), now=now)


def _send(story: str, school: School, now: datetime) -> FundingRequest:
    """A complete draft on the head's desk."""
    request = _draft(STORIES[story], school, now)
    return submitting.send(request_id=request.pk, by=holder(school, Role.SENCO), now=now)


def _draft(story: Story, school: School, now: datetime) -> FundingRequest:
    senco = holder(school, Role.SENCO)
    request = drafting.start(school_id=school.pk, kind=story.kind, by=senco, now=now)
    about: dict[str, Any] = {"request_id": request.pk, "by": senco, "now": now}
    drafting.save_need(title=story.title, need=story.need, **about)
    if story.pupils:
        _add_pupils(request, story, senco, now)
    for one in story.tried:
        _try(one, about, now)
    if story.kind == "discussion":
        drafting.save_ask(ask=story.ask, **about)
    else:
        _ask(story, about, now)
    return request


def _try(one: Tried, about: dict[str, Any], now: datetime) -> None:
    service = Service.objects.get(name=one.service) if one.service else None
    tried.add(
        by_kind="service" if service else "school", service_id=service.pk if service else None, what=one.what,
        starts_on=_day(now, -120), ends_on=None if one.outcome == "too_early" else _day(now, -40), outcome=one.outcome,
        note=one.note, **about,
    )  # fmt: skip


def _add_pupils(request: FundingRequest, story: Story, senco: User, now: datetime) -> None:
    agreed = {}
    taken = set(request.school.pupil_keys.values_list("words", flat=True))
    for words in pupil_words.propose(taken=taken, count=story.pupils, seed=request.number):
        pupil = pupils.add(
            request_id=request.pk, words=words, year_group=story.year, primary_need="communication",
            sen_status="sen-support", by=senco, now=now,
        )  # fmt: skip
        agreed[pupil.pk] = pupils.Agreed(
            given_by="parent", agreed_on=_day(now, -10), asked_by="The SENCO", how="writing"
        )
    pupils.save_agreements(request_id=request.pk, agreed=agreed, by=senco, now=now)


def _ask(story: Story, about: dict[str, Any], now: datetime) -> None:
    cost = (
        drafting.Cost(what=story.what, one_sum=Decimal(story.one_sum))
        if story.one_sum
        else drafting.Cost(
            what=story.what, rate=Decimal(story.rate), hours=Decimal(story.hours), weeks=story.weeks, people=1
        )
    )
    drafting.save_ask(ask=story.ask, starts_on=_day(now, 30), ends_on=_day(now, 240), costs=[cost], **about)
    outcome = drafting.Outcome(different=story.outcome, known_by=story.known_by, by_when=_day(now, 200))
    drafting.save_outcomes(outcomes=[outcome], **about)


def _day(now: datetime, days: int) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def _schools(stage: Stage) -> list[School]:
    """The member schools, others in front at each meeting."""
    schools = list(member_schools(stage.community, on=stage.date.on))
    shift = stage.date.pk * 3 % len(schools)
    return schools[shift:] + schools[:shift]
