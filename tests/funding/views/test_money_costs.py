"""Pages of money cost the same however long they are, and never more than twelve queries."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from funding.models import Budget
from funding.services import awards, ledger, payments, reports, statements
from tests.factories.communities import CommunityFactory
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import MeetingFactory

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def grants(world, actors, rows):
    for number in range(rows):
        awards.grant(
            budget_id=Budget.objects.get(community=world.north).pk, school_id=world.hartwell.pk, amount=Decimal(10),
            reference=f"CoS-{number}", title="Help", starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 20),
            by=actors["chair"].user, now=NOW, origin="inherited" if number % 2 else "decision",
        )  # fmt: skip


def movements(world, actors, rows):
    budget = Budget.objects.get(community=world.north)
    for _ in range(rows):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(1), by=actors["administrator"].user, now=NOW)
    for number in range(min(rows, 5)):
        meeting = MeetingFactory(community=world.north, on=date(2026, 10, number + 1))
        statements.write(meeting=meeting, budget_id=budget.pk, by=actors["chair"].user, now=NOW)


def communities(world, actors, rows):
    period = Budget.objects.get(community=world.north).period
    for _ in range(rows):
        make_budget(grant=10, community=CommunityFactory(area=world.weald), period=period)


def periods(world, actors, rows):
    for number in range(rows):
        FundingPeriodFactory(starts_on=date(2027 + number, 9, 1), ends_on=date(2028 + number, 8, 31))


def sent_reports(world, actors, rows):
    budget, chair = Budget.objects.get(community=world.north), actors["chair"].user
    for _ in range(rows):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(1), by=chair, now=NOW)
        report = reports.draft(budget_id=budget.pk, covers="since", meeting_id=None, by=chair, now=NOW)
        reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=chair, now=NOW)


def one_report(world, actors, rows):
    """Number 1 exists with as many lines, versions and questions as there are rows."""
    budget, chair = Budget.objects.get(community=world.north), actors["chair"].user
    report = reports.draft(budget_id=budget.pk, covers="period", meeting_id=None, by=chair, now=NOW)
    grants(world, actors, rows)
    for number in range(min(rows, 4)):
        reports.submit(key=uuid4(), report_id=report.pk, note="", reason=f"Again {number}", by=chair, now=NOW)
        reports.ask(key=uuid4(), report_id=report.pk, line_id=None, question="Why?", by=actors["officer"].user, now=NOW)
    return f"/money/reports/{report.pk}/"


def schedules(world, actors, rows):
    for number in range(rows):
        grants_one(world, actors, number)
        payments.export(key=uuid4(), due_by=date(2026, 12, 1), by=actors["officer"].user, now=NOW)


def grants_one(world, actors, number):
    awards.grant(
        budget_id=Budget.objects.get(community=world.north).pk, school_id=world.hartwell.pk, amount=Decimal(10),
        reference=f"CoS-{number}", title="Help", starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 20),
        by=actors["chair"].user, now=NOW,
    )  # fmt: skip


def one_schedule(world, actors, rows):
    grants(world, actors, rows)
    made = payments.export(key=uuid4(), due_by=date(2026, 12, 1), by=actors["officer"].user, now=NOW)
    return f"/money/payments/{made.reference}/"


PAGES = [
    ("officer", "/money/", communities),
    ("chair", "/money/", grants),
    ("business_manager", "/money/", grants),
    ("chair", "/money/north/2026-27/", movements),
    ("officer", "/money/north/2026-27/", movements),
    ("senco", "/money/awards/", grants),
    ("officer", "/money/reports/", sent_reports),
    ("chair", "/money/north/reports/", sent_reports),
    ("officer", "", one_report),
    ("chair", "", one_report),
    ("officer", "/money/payments/", schedules),
    ("officer", "", one_schedule),
    ("administrator", "/county/periods/", periods),
    ("administrator", "/county/periods/2026-27/", communities),
    ("administrator", "/county/periods/2026-27/budgets/", communities),
    ("administrator", "/county/periods/2026-27/close/", communities),
    ("administrator", "/county/periods/2026-27/inherited/", grants),
]


@pytest.mark.parametrize(
    ("who", "path", "fill"), PAGES, ids=[f"{who} {path or fill.__name__}" for who, path, fill in PAGES]
)
def test_a_page_costs_the_same_however_long_it_is(who, path, fill, world, actors):
    bills = [bill(who, path, fill, world, actors, rows) for rows in (2, 40)]

    assert bills[0] == bills[1]
    assert bills[1] <= 12


def bill(who, path, fill, world, actors, rows):
    """Queries of the page with so many rows, in a county of its own that is rolled back."""
    with transaction.atomic():
        make_budget(grant=100_000, community=world.north, period=FundingPeriodFactory(name="2026-27", slug="2026-27"))
        address = fill(world, actors, rows) or path
        actors[who].client.get(address)  # powers are read once a day
        with CaptureQueriesContext(connection) as queries:
            response = actors[who].client.get(address)
        assert response.status_code == 200
        transaction.set_rollback(True)
    return len(queries)
