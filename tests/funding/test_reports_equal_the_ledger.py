"""T09: what is printed, shown, and kept as a file is what the ledger says, to the penny, for 200 made-up communities."""

import csv
import io
import random
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import User
from communities.models import Role
from core import documents as papers
from core.formats import exact_pounds
from core.pdf import print_html
from funding.models import Budget, LedgerLeg
from funding.services import awards, ledger, payments, reports, statements
from tests.actors import sign_in
from tests.factories.communities import AppointmentFactory, CommunityFactory, CommunityMembershipFactory
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import MeetingFactory

NOW = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)
TERMS = [date(2026, 9, 1), date(2027, 1, 4), date(2027, 4, 12)]


@pytest.fixture
def period(world):
    return FundingPeriodFactory(payment_days=TERMS)


def spend(budget, school, by, officer, chance):
    """A plausible half year: awards, some ended early, some paid, some paid wrongly and corrected, contingency drawn."""
    for number in range(chance.randint(1, 6)):
        amount = Decimal(chance.randint(1, 900_000)).scaleb(-2)
        try:
            award = awards.grant(
                budget_id=budget.pk, school_id=school.pk, amount=amount, reference=f"B{budget.pk}-{number}", title="Help",
                starts_on=TERMS[0], ends_on=date(2027, 7, 20), by=by, now=NOW,
            )  # fmt: skip
        except ledger.NotEnough:
            continue
        if chance.random() < 0.3:
            awards.release_early(award_id=award.pk, reason="Moved", by=by, now=NOW)
    if chance.random() < 0.4:
        less = Budget.objects.get(pk=budget.pk).contingency - Decimal("10.01")
        ledger.set_contingency(budget_id=budget.pk, amount=less, by=by, now=NOW)
    if chance.random() < 0.5:
        pay(budget, officer, chance)


def pay(budget, officer, chance):
    try:
        schedule = payments.export(key=uuid4(), due_by=TERMS[1], by=officer, now=NOW)
    except payments.NothingDue:
        return
    lines = list(schedule.lines.all())
    payments.mark_paid(
        marks=[payments.Mark(line.reference, line.amount, TERMS[1]) for line in lines], by=officer, now=NOW
    )
    if chance.random() < 0.5:
        payments.unmark_paid(references=[lines[0].reference], why="Wrong", by=officer, now=NOW)


def sums_from_the_ledger(budget):
    """Net effect on committed by promises and on paid, straight from the legs."""
    legs = LedgerLeg.objects.filter(transaction__budget=budget)

    def total(**how):
        return legs.filter(**how).aggregate(pounds=Sum("amount"))["pounds"] or Decimal("0.00")

    paid = total(account="paid")
    promises = total(account="committed", transaction__instalment=None)
    return {"net_agreed": promises, "paid": paid, "free": total(account="free")}


def money_in(text):
    return {Decimal(found.replace(",", "")) for found in re.findall(r"£([\d,]+\.\d\d)", text)}


@pytest.mark.slow
@pytest.mark.parametrize("quarter", range(4))
def test_two_hundred_communities(quarter, world, actors, period):
    """Fifty in each of four tests, so that no core waits for another."""
    chance, officer = random.Random(20261124 + quarter), actors["officer"].user
    clients = {"officer": sign_in(officer)}
    for number in range(50):
        community = CommunityFactory(area=world.weald)
        by = User.objects.create(email=f"chair{number}@example.org", name="A Chair")
        AppointmentFactory(person=by, role=Role.CHAIR, community=community)
        budget = make_budget(grant=chance.randint(1_000, 20_000), contingency=100, community=community, period=period)
        spend(budget, world.hartwell, by, officer, chance)
        check(budget, by, clients["officer"])


def test_one_community(world, actors, period):
    """The same for one, in every run."""
    budget = make_budget(grant=10_000, contingency=100, community=world.north, period=period)
    by = actors["chair"].user
    spend(budget, world.hartwell, by, actors["officer"].user, random.Random(3))
    check(budget, by, actors["officer"].client)


def check(budget, by, client):
    report = reports.draft(budget_id=budget.pk, covers="period", meeting_id=None, by=by, now=NOW)
    version = reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=by, now=NOW)
    truth = sums_from_the_ledger(budget)
    budget.refresh_from_db()

    assert version.agreed - version.given_back == truth["net_agreed"]
    assert (version.paid, version.uncommitted) == (truth["paid"], truth["free"]) == (budget.paid, budget.free)
    files = [client.get(reverse("funding:report-file", args=[report.pk, 1, kind])).content for kind in ("csv", "xlsx")]
    wanted = [version.agreed, version.given_back, version.paid]
    assert last_row(files[0], files[1]) == (wanted, wanted)
    page = client.get(reverse("funding:report-version", args=[report.pk, 1])).content.decode()
    pdf = "\n".join(part.extract_text() for part in PdfReader(io.BytesIO(print_html(version.document.html))).pages)
    shown = {abs(amount) for amount in (*wanted, budget.free, budget.committed, budget.grant) if amount}
    assert shown <= money_in(page)
    assert shown <= money_in(pdf)
    assert papers.is_whole(version.document)

    statement = statements.write(
        meeting=MeetingFactory(community=budget.community), budget_id=budget.pk, by=by, now=NOW
    )
    assert exact_pounds(budget.free) == statement.document.context["closing"]
    assert (statement.free, statement.paid) == (truth["free"], truth["paid"])


def last_row(as_csv, as_xlsx):
    """Sums of the columns of the lines, which must be what the last row says, from both files."""
    lines = list(csv.reader(io.StringIO(as_csv.decode("utf-8-sig"))))
    by_csv = [sum((Decimal(row[place]) for row in lines[1:-1] if row[place]), Decimal(0)) for place in (6, 7, 8)]
    assert by_csv == [Decimal(lines[-1][place]) for place in (6, 7, 8)]
    rows = list(load_workbook(io.BytesIO(as_xlsx)).active.iter_rows(values_only=True))
    cents = [sum(round(row[place] * 100) for row in rows[1:-1] if row[place]) for place in (6, 7, 8)]
    return by_csv, [Decimal(pennies).scaleb(-2) for pennies in cents]


def test_a_file_opens_as_words_and_never_as_formulas(world, actors, period):
    world.hartwell.name = '=HYPERLINK("http://evil.example","Click")'
    world.hartwell.save()
    budget = make_budget(grant=10_000, contingency=100, community=world.north, period=period)
    by = actors["chair"].user
    spend(budget, world.hartwell, by, actors["officer"].user, random.Random(1))
    report = reports.draft(budget_id=budget.pk, covers="period", meeting_id=None, by=by, now=NOW)
    reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=by, now=NOW)
    CommunityMembershipFactory(community=CommunityFactory(), school=world.marsh, kind="provider")

    client = actors["officer"].client
    as_csv = client.get(reverse("funding:report-file", args=[report.pk, 1, "csv"])).content.decode()
    book = load_workbook(io.BytesIO(client.get(reverse("funding:report-file", args=[report.pk, 1, "xlsx"])).content))

    assert "'=HYPERLINK" in as_csv
    cells = [cell for row in book.active.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
