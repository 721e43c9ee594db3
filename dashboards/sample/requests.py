"""Made-up requests in every state."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from communities.models import Role, School
from communities.queries import member_schools, people_with
from dashboards.sample.stage import Stage
from funding import pupil_words
from funding.models import FundingRequest
from funding.services import drafting, pupils, submitting, tried

NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Story:
    """What a request is about."""

    kind: str
    title: str
    need: str
    ask: str
    what: str
    rate: str
    hours: str
    weeks: int
    outcome: str
    known_by: str
    pupils: int = 1


STORIES = [
    Story("individual", "A calm start to the day", "Arrives upset most mornings and cannot settle until ten o’clock.",
          "A trained adult for the first half hour, with a plan that steps down.", "Teaching assistant, first half hour",
          "15.40", "2.5", 24, "Starts lessons with the class on four days of five", "The morning record, every week"),
    Story("group", "Talking together", "Four pupils in Year 1 and 2 speak in single words and are not understood by others.",
          "A speech and language group led by a trained assistant.", "Trained assistant, speech group", "17.20", "4.0", 30,
          "Each uses sentences of five words with other children", "The speech checklist in January and June", pupils=3),
    Story("project", "A quiet room that works", "Eleven pupils leave lessons when they are too loud; there is nowhere to go.",
          "Fit out the old store as a quiet room, and train six staff.", "Training and furniture", "", "", 0,
          "Fewer pupils leave lessons without a plan", "The behaviour record, before and after", pupils=0),
    Story("discussion", "School refusal in Year 6", "Has been in school nine days this term. We would like other eyes on it.",
          "What has worked for others?", "", "", "", 0, "", ""),
    Story("individual", "Getting about safely", "Uses a walking frame and tires by midday; falls have become more frequent.",
          "An adult at the change of lessons and at lunch.", "Mobility support at lunch", "15.40", "5.0", 36,
          "Moves between rooms without a fall for half a term", "The accident book"),
]  # fmt: skip


def write_for(stage: Stage) -> None:
    """Two requests that meet the cut-off of a meeting that was held."""
    for school in _schools(stage)[:2]:
        submit(_next_story(), school, stage.at(-16))


def write_open(stage: Stage, now: datetime) -> None:
    """One request in each state before a decision, for the meeting to come."""
    schools = _schools(stage)
    begun = min(stage.at(-16), now - timedelta(days=3))
    for school in schools[:2]:
        submit(_next_story(), school, begun)
    with_head = draft(_next_story(), schools[2], begun)
    submitting.send(request_id=with_head.pk, by=_holder(schools[2], Role.SENCO), now=begun)
    returned = draft(_next_story(), schools[3], begun)
    submitting.send(request_id=returned.pk, by=_holder(schools[3], Role.SENCO), now=begun)
    submitting.give_back(
        request_id=returned.pk, reason="Please say what the class teacher has tried.",
        by=_holder(schools[3], Role.HEADTEACHER), now=begun,
    )  # fmt: skip
    drafting.start(school_id=schools[4].pk, kind="individual", by=_holder(schools[4], Role.SENCO), now=begun)
    gone = submit(_next_story(), schools[5], begun)
    submitting.withdraw(
        request_id=gone.pk, reason="The family moved away.", by=_holder(schools[5], Role.SENCO), now=begun
    )


def submit(story: Story, school: School, now: datetime) -> FundingRequest:
    """Write it, send it to the head, have it signed."""
    request = draft(story, school, now)
    submitting.send(request_id=request.pk, by=_holder(school, Role.SENCO), now=now)
    return submitting.sign(request_id=request.pk, by=_holder(school, Role.HEADTEACHER), now=now)


def draft(story: Story, school: School, now: datetime) -> FundingRequest:
    """A complete draft."""
    senco = _holder(school, Role.SENCO)
    request = drafting.start(school_id=school.pk, kind=story.kind, by=senco, now=now)
    about: dict[str, Any] = {"request_id": request.pk, "by": senco, "now": now}
    drafting.save_need(title=story.title, need=story.need, **about)
    if story.pupils and story.kind != "project":
        _add_pupils(request, story, senco, now)
    tried.add(
        by_kind="school", what="A plan in class, reviewed twice", starts_on=_day(now, -120), ends_on=_day(now, -40),
        outcome="partly", note="It helped in small groups, not in the whole class.", **about,
    )  # fmt: skip
    if story.kind == "discussion":
        drafting.save_ask(ask=story.ask, **about)
    else:
        _ask(story, about, now)
    return request


def _add_pupils(request: FundingRequest, story: Story, senco: User, now: datetime) -> None:
    agreed = {}
    taken = set(request.school.pupil_keys.values_list("words", flat=True))
    for words in pupil_words.propose(taken=taken, count=story.pupils, seed=next(NUMBERS)):
        pupil = pupils.add(
            request_id=request.pk, words=words, year_group="3", primary_need="communication", sen_status="sen-support",
            by=senco, now=now,
        )  # fmt: skip
        agreed[pupil.pk] = pupils.Agreed(
            given_by="parent", agreed_on=_day(now, -10), asked_by="The SENCO", how="writing"
        )
    pupils.save_agreements(request_id=request.pk, agreed=agreed, by=senco, now=now)


def _ask(story: Story, about: dict[str, Any], now: datetime) -> None:
    cost = (
        drafting.Cost(
            what=story.what, rate=Decimal(story.rate), hours=Decimal(story.hours), weeks=story.weeks, people=1
        )
        if story.weeks
        else drafting.Cost(what=story.what, one_sum=Decimal("4600.00"))
    )
    drafting.save_ask(ask=story.ask, starts_on=_day(now, 30), ends_on=_day(now, 240), costs=[cost], **about)
    outcome = drafting.Outcome(different=story.outcome, known_by=story.known_by, by_when=_day(now, 200))
    drafting.save_outcomes(outcomes=[outcome], **about)


def _next_story() -> Story:
    return STORIES[next(NUMBERS) % len(STORIES)]


def _day(now: datetime, days: int) -> date:
    return timezone.localdate(now) + timedelta(days=days)


def _schools(stage: Stage) -> list[School]:
    schools = list(member_schools(stage.community, on=stage.date.on))
    shift = stage.date.pk % len(schools)
    return schools[shift:] + schools[:shift]


def _holder(school: School, role: Role) -> User:
    return people_with(role, on=timezone.localdate(), school=school).order_by("pk")[0]
