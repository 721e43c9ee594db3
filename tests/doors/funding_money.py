"""Doors of money."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

from accounts.models import User
from funding.models import FundingPeriod
from funding.services import awards, payments, reports, statements
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import MeetingFactory
from tests.world import World

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MEMBERS = {"senco": OPEN, "head": OPEN, "colleague": OPEN, "chair": OPEN}
SEES_BALANCE = row(HIDDEN, **MEMBERS, board_member=OPEN, officer=OPEN, administrator=OPEN)
SEES_AWARD = {
    "senco": OPEN,
    "head": OPEN,
    "business_manager": OPEN,
    "chair": OPEN,
    "officer": OPEN,
    "administrator": OPEN,
}
ENDS_AWARD = row(
    HIDDEN, senco=OPEN, head=OPEN, chair=OPEN, business_manager=CLOSED, officer=CLOSED, administrator=CLOSED
)
CHAIRS_DESK = row(HIDDEN, **{name: CLOSED for name, found in SEES_BALANCE.items() if found == OPEN} | {"chair": OPEN})
OFFICER = row(CLOSED, officer=OPEN)
ADMINISTRATOR = row(CLOSED, administrator=OPEN)
REPORT = row(HIDDEN, chair=OPEN, officer=OPEN)
CHAIRS_REPORT = row(HIDDEN, chair=OPEN, officer=CLOSED)
OFFICERS_REPORT = row(HIDDEN, chair=CLOSED, officer=OPEN)


def person(name):
    return User.objects.get(email=f"{name}@example.org")


def budget(world: World):
    return make_budget(community=world.north, period=FundingPeriodFactory(name="2026-27", slug="2026-27"))


def balance(world: World):
    budget(world)
    return {"community": "north", "period": "2026-27"}


def balance_file(world: World):
    return balance(world) | {"kind": "csv"}


def award(world: World, **how):
    granted = awards.grant(
        budget_id=budget(world).pk,
        school_id=world.hartwell.pk,
        amount=Decimal(900),
        reference="CoS-7001",
        title="Help in class",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 7, 20),
        by=person("chair"),
        now=NOW,
        **how,
    )
    return {"reference": granted.reference}


def inherited(world: World):
    return award(world, origin="inherited")


def schedule(world: World):
    award(world)
    made = payments.export(key=uuid4(), due_by=date(2026, 12, 1), by=person("officer"), now=NOW)
    return {"reference": made.reference}


def schedule_file(world: World):
    return schedule(world) | {"kind": "xlsx"}


def draft(world: World):
    found = budget(world)
    made = reports.draft(budget_id=found.pk, covers="since", meeting_id=None, by=person("chair"), now=NOW)
    return {"pk": made.pk}


def sent(world: World):
    found = draft(world)
    reports.submit(key=uuid4(), report_id=found["pk"], note="", reason="", by=person("chair"), now=NOW)
    return found


def questioned(world: World):
    found = sent(world)
    query = reports.ask(
        key=uuid4(), report_id=found["pk"], line_id=None, question="Why?", by=person("officer"), now=NOW
    )
    return found | {"query": query.pk}


def version(world: World):
    return sent(world) | {"number": 1}


def version_file(world: World):
    return version(world) | {"kind": "csv"}


def statement(world: World):
    found = budget(world)
    meeting = MeetingFactory(community=world.north)
    return {"pk": statements.write(meeting=meeting, budget_id=found.pk, by=person("chair"), now=NOW).pk}


def period(world: World):
    budget(world)
    return {"slug": "2026-27"}


def draft_period(_world: World):
    FundingPeriodFactory(name="2027-28", slug="2027-28", state=FundingPeriod.State.DRAFT)
    return {"slug": "2027-28"}


def inherited_in(world: World):
    return period(world) | {"community": "north"}


DOORS = [
    Door("funding:money", get=row(OPEN)),
    Door("funding:community-money", get=SEES_BALANCE, args=lambda world: balance(world) and {"community": "north"}),
    Door("funding:budget", get=SEES_BALANCE, args=balance),
    Door("funding:movements-file", get=SEES_BALANCE, args=balance_file),
    Door("funding:statement", get=SEES_BALANCE, args=statement),
    Door("funding:statement-pdf", get=SEES_BALANCE, args=statement),
    Door(
        "funding:statement-seen",
        post=row(HIDDEN, **MEMBERS, board_member=CLOSED, officer=CLOSED, administrator=CLOSED),
        args=statement,
    ),
    Door("funding:awards", get=row(OPEN)),
    Door("funding:award", get=row(HIDDEN, **SEES_AWARD), args=award),
    Door("funding:award-end", get=ENDS_AWARD, post=ENDS_AWARD, args=award),
    Door(
        "funding:award-withdraw",
        get=row(HIDDEN, **dict.fromkeys(SEES_AWARD, CLOSED) | {"administrator": OPEN}),
        post=row(HIDDEN, **dict.fromkeys(SEES_AWARD, CLOSED) | {"administrator": OPEN}),
        args=inherited,
    ),
    Door("funding:schedules", get=OFFICER, post=OFFICER),
    Door("funding:schedule", get=OFFICER, args=schedule),
    Door("funding:schedule-file", get=OFFICER, args=schedule_file),
    Door("funding:schedule-withdraw", get=OFFICER, post=OFFICER, args=schedule),
    Door("funding:report-queue", get=OFFICER),
    Door("funding:report", get=REPORT, args=sent),
    Door("funding:report-send", get=CHAIRS_REPORT, post=CHAIRS_REPORT, args=sent),
    Door("funding:report-discard", post=row(HIDDEN, chair=OPEN), args=draft),
    Door("funding:report-ask", get=OFFICERS_REPORT, post=OFFICERS_REPORT, args=sent),
    Door("funding:report-answer", get=CHAIRS_REPORT, post=CHAIRS_REPORT, args=questioned),
    Door("funding:report-accept", post=OFFICERS_REPORT, args=sent),
    Door("funding:report-version", get=REPORT, args=version),
    Door("funding:report-pdf", get=REPORT, args=version),
    Door("funding:report-file", get=REPORT, args=version_file),
    Door(
        "funding:community-reports",
        get=CHAIRS_DESK,
        post=CHAIRS_DESK,
        args=lambda world: balance(world) and {"community": "north"},
    ),
    Door("funding:periods", get=ADMINISTRATOR),
    Door("funding:period-add", get=ADMINISTRATOR, post=ADMINISTRATOR),
    Door("funding:period", get=ADMINISTRATOR, args=period),
    Door("funding:period-change", get=ADMINISTRATOR, post=ADMINISTRATOR, args=period),
    Door("funding:period-open", post=ADMINISTRATOR, args=draft_period),
    Door("funding:period-remove", post=ADMINISTRATOR, args=draft_period),
    Door("funding:period-close", get=ADMINISTRATOR, post=ADMINISTRATOR, args=period),
    Door("funding:budgets", get=ADMINISTRATOR, post=ADMINISTRATOR, args=period),
    Door("funding:inherited", get=ADMINISTRATOR, args=period),
    Door("funding:inherited-add", get=ADMINISTRATOR, post=ADMINISTRATOR, args=inherited_in),
]
ELSEWHERE: dict[str, str] = {}
