"""Pages of money say what they cannot do before anybody tries, and lead nowhere the reader may not go."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from funding.models import FundingPeriod
from funding.services import awards, payments, reports, statements
from tests.actors import ADMIN, BUSINESS, CHAIR, COLLEAGUE, HEAD, OFFICER, SENCO
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import MeetingFactory

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SOMEBODY = (SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, OFFICER, ADMIN)
STARTS = ("/money/", "/county/periods/")


@pytest.fixture
def budget(world):
    return make_budget(grant=10_000, contingency=500, community=world.north, period=FundingPeriodFactory())


def grant(world, actors, budget, number=1):
    return awards.grant(
        budget_id=budget.pk, school_id=world.hartwell.pk, amount=Decimal(1000), reference=f"HNF-{number}", title="Help",
        starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 20), by=actors[CHAIR].user, now=NOW, origin="inherited",
    )  # fmt: skip


def history(world, actors, budget):
    """A bit of everything that links somewhere."""
    grant(world, actors, budget)
    by = actors[CHAIR].user
    meeting = MeetingFactory(
        community=world.north, on=date(2026, 11, 3), closed=True, started_at=NOW, closed_at=NOW, closed_by=by
    )
    statements.write(meeting=meeting, budget_id=budget.pk, by=actors[CHAIR].user, now=NOW)
    report = reports.draft(budget_id=budget.pk, covers="since", meeting_id=None, by=actors[CHAIR].user, now=NOW)
    reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=actors[CHAIR].user, now=NOW)
    reports.ask(key=uuid4(), report_id=report.pk, line_id=None, question="Why?", by=actors[OFFICER].user, now=NOW)
    payments.export(key=uuid4(), due_by=date(2026, 12, 1), by=actors[OFFICER].user, now=NOW)
    return report


def links(html):
    main = html.partition("<main")[2].partition("</main>")[0]
    return {href.partition("#")[0].replace("&amp;", "&") for href in re.findall(r'<a[^>]+href="(/[^"]*)"', main)}


@pytest.mark.parametrize("who", SOMEBODY)
def test_no_link_on_a_page_of_money_leads_to_a_closed_door(who, world, actors, budget):
    history(world, actors, budget)
    client, seen, todo = actors[who].client, set(), [start for start in STARTS if who == ADMIN or start == "/money/"]

    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 302), f"{path} answered {answer.status_code}"
        if path.startswith(STARTS) and "html" in answer["Content-Type"]:
            todo += links(answer.content.decode())

    assert len(seen) > 2


def test_a_period_that_has_to_hand_money_on_says_first_that_nothing_is_there_to_take_it(world, actors, budget):
    address = reverse("funding:period-close", args=[budget.period.slug])

    shown = actors[ADMIN].client.get(address).content.decode()

    assert "no other period is open. Set up and open the next one first." in shown
    assert "I have checked the figures above" not in shown
    FundingPeriodFactory()
    assert "I have checked the figures above" in actors[ADMIN].client.get(address).content.decode()


def test_the_officer_reads_how_much_is_due_and_whose_report_the_button_accepts(world, actors, budget):
    report = history(world, actors, budget)
    grant(world, actors, budget, number=2)

    desk = actors[OFFICER].client.get("/money/").content.decode()
    shown = actors[OFFICER].client.get(reverse("funding:report", args=[report.pk])).content.decode()

    assert "1 instalment is due: £1,000.00 together." in desk
    assert f"Accept £1,000.00 for {world.north.name}" in shown
    assert "A question is still open. Wait for the answer." in shown


def test_the_balance_says_of_when_it_is_and_that_its_parts_make_the_whole(world, actors, budget):
    shown = actors[CHAIR].client.get(reverse("funding:budget", args=[world.north.slug, budget.period.slug]))

    assert re.search(r"Balance as of \w+day \d+ \w+ \d{4} at ", shown.content.decode())
    assert "the other four together" in shown.content.decode()


def test_a_limit_for_each_community_is_asked_for_with_the_choice_it_belongs_to(actors):
    address = reverse("funding:period-add")

    page = actors[ADMIN].client.get(address).content.decode()
    answer = actors[ADMIN].client.post(address, {"name": "2028-29", "carry_forward": "cap"})

    assert "Limit for each community</label>" in re.sub(r"\s+", " ", page).replace(" </label>", "</label>")
    assert answer.status_code == 422
    assert "Enter the limit for each community" in answer.content.decode()


def test_the_business_manager_reads_a_refusal_once_and_whole(actors):
    assert "stands under Money.</p>" in actors[BUSINESS].client.get("/requests/").content.decode()


def test_contingency_is_a_plain_number_with_its_unit_beside_it(world, actors, budget):
    FundingPeriod.objects.update(contingency_percent=5)

    page = actors[ADMIN].client.get(reverse("funding:period-change", args=[budget.period.slug])).content.decode()

    assert 'value="5"' in page
    assert ">%</div>" in page


def test_who_cannot_start_a_request_reads_that_after_the_list(world, actors):
    page = actors[CHAIR].client.get("/requests/").content.decode()

    assert page.index("govuk-tabs" if "govuk-tabs" in page else "Open (") < page.index("Start a request")
