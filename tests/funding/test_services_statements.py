"""Closing a meeting freezes the balance once, equal to the ledger to the penny."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import documents as papers
from funding.models import BalanceStatement, FundingPeriod
from funding.queries import figures
from funding.services import awards, ledger, statements
from meetings import closing, sources
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import AgendaItemFactory, MeetingFactory

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(world, actors):
    return make_budget(grant=10_000, contingency=1000, community=world.north, period=FundingPeriodFactory())


@pytest.fixture
def chair(actors):
    return actors["chair"].user


def meeting_on(world, day):
    return MeetingFactory(community=world.north, on=date(2026, 11, day))


def granted(budget, world, by, number=1):
    return awards.grant(
        budget_id=budget.pk,
        school_id=world.hartwell.pk,
        amount=Decimal(1000),
        reference=f"CoS-{number}",
        title="Help",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 7, 20),
        by=by,
        now=NOW,
    )


def amounts(statement):
    return {step["name"]: step["amount"] for step in statement.document.context["steps"]}


def test_a_statement_says_how_the_balance_came_to_be(budget, world, chair):
    granted(budget, world, chair)

    (statement,) = statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW)

    assert amounts(statement) == {
        "Uncommitted before": "£0.00",
        "Allocated or brought forward": "£10,000.00",
        "To or from contingency": "−£1,000.00",
        "Committed": "−£1,000.00",
        "Uncommitted now": "£8,000.00",
    }
    budget.refresh_from_db()
    assert statement.free == budget.free == figures.upto(budget.pk, statement.upto_id).free
    assert papers.is_whole(statement.document)


def test_a_meeting_has_one_statement_however_often_it_is_closed(budget, world, chair):
    meeting = meeting_on(world, 24)
    first = statements.write_all(meeting=meeting, by=chair, now=NOW)
    granted(budget, world, chair)

    assert statements.write_all(meeting=meeting, by=chair, now=NOW) == first


def test_the_next_statement_starts_where_the_last_ended_and_both_stand(budget, world, chair):
    (first,) = statements.write_all(meeting=meeting_on(world, 20), by=chair, now=NOW)
    award = granted(budget, world, chair)
    awards.release_early(award_id=award.pk, reason="Moved", by=chair, now=NOW)

    (second,) = statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW)

    assert (first.free, second.opening_free, second.free) == (Decimal(9000), Decimal(9000), Decimal(9000))
    assert amounts(second)["Given back by schools"] == "£1,000.00"


def test_only_open_budgets_of_the_community_are_stated(budget, world, chair):
    FundingPeriod.objects.update(state="draft")

    assert statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW) == []
    assert statements.write_all(meeting=MeetingFactory(community=None, area=world.weald), by=chair, now=NOW) == []


def test_closing_a_meeting_writes_it(budget, world, chair):
    closing.write_all(meeting_on(world, 24), chair, NOW)

    assert BalanceStatement.objects.count() == 1


def test_the_agenda_asks_for_the_balance_and_knows_the_last_statement(budget, world, chair):
    def proposed():
        return [found for found in sources.proposals(meeting_on(world, 26), NOW) if found.kind == "balance"]

    (live,) = proposed()
    world.north.meetings.all().delete()
    statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW)
    (stated,) = proposed()

    assert live.link == f"/money/north/{budget.period.slug}/"
    assert stated.link == f"/money/statements/{BalanceStatement.objects.get().pk}/"
    assert live.key == stated.key
    assert live.fingerprint != stated.fingerprint


def test_the_minutes_thank_the_school_that_gave_money_back(budget, world, chair, actors):
    award = granted(budget, world, chair)
    awards.release_early(award_id=award.pk, reason="Moved", by=actors["head"].user, now=NOW)
    meeting = meeting_on(world, 24)
    item = AgendaItemFactory(meeting=meeting, kind="balance", source_key=f"funding.balance:{budget.pk}")
    statements.write_all(meeting=meeting, by=chair, now=NOW)

    lines = closing.lines_of(item)

    assert lines == [
        f"The balance of {budget.period.name} was reported: allocated £10,000.00, contingency £1,000.00, committed £0.00, "
        "paid £0.00, uncommitted £9,000.00.",
        "Hartwell Primary gave back £1,000.00 of CoS-1. The community thanked the school.",
    ]


def test_seen_is_marked_once(budget, world, chair):
    (statement,) = statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW)

    for _ in range(2):
        statements.mark_seen(statement_id=statement.pk, by=chair, now=NOW)

    assert statement.seen.count() == 1


def test_a_posting_waits_until_the_statement_is_written(budget, world, chair):
    """The statement locks the budget: what it says is what there is."""
    (statement,) = statements.write_all(meeting=meeting_on(world, 24), by=chair, now=NOW)
    ledger.commit(budget_id=budget.pk, amount=Decimal(1), by=chair, now=NOW)

    assert figures.upto(budget.pk, statement.upto_id).free == statement.free
