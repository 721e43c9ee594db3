"""Where one balance stands for a community it is the same budget for everybody, and the page names its period."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dashboards.queries.digest import facts_of
from dashboards.services import digests
from funding.queries.balances import current_budgets_for, current_budgets_of
from tests.actors import BOARD, CHAIR, OFFICER, SENCO
from tests.factories.funding import FundingPeriodFactory, make_budget

TODAY = date(2026, 11, 23)
MONDAY = date(2026, 11, 16)


@pytest.fixture
def now(time_machine):
    time_machine.move_to("2026-11-23T09:00Z")


@pytest.fixture
def periods(world, now):
    """A school year and a financial year, both running. The one that began last is older in the books."""
    for name, first, last, grant in (
        ("September year", date(2026, 9, 1), date(2027, 8, 31), "2000"),
        ("April year", date(2026, 4, 1), date(2027, 3, 31), "1000"),
    ):
        period = FundingPeriodFactory(name=name, slug=name[:5].lower(), starts_on=first, ends_on=last)
        make_budget(community=world.north, period=period, grant=grant)


def _page(actors, who: str, path: str) -> str:
    return actors[who].client.get(path).content.decode()


@pytest.mark.parametrize("who", [CHAIR, SENCO])
def test_homes_show_the_period_that_began_last(actors, periods, who):
    shown = _page(actors, who, "/")

    assert "of £2,000 in September year" in shown
    assert "April year" not in shown


def test_the_board_shows_the_same_and_leads_to_it(actors, periods):
    shown = _page(actors, BOARD, "/board/weald/")

    assert "£2,000.00</a><br>" in shown
    assert "September year" in shown
    assert "April year" not in shown
    answer = actors[BOARD].client.get(reverse("funding:community-money", args=["north"]))
    assert answer.url == reverse("funding:budget", args=["north", "septe"])


def test_the_digest_keeps_the_same_with_its_period(actors, world, periods):
    digests.make(area_id=world.weald.pk, week_starts_on=MONDAY, now=timezone.now())

    shown = _page(actors, BOARD, f"/board/weald/digests/{MONDAY}/")

    assert facts_of(world.weald, MONDAY)["communities"][0]["balance"]["period"] == "September year"
    assert "£2,000.00<br>" in shown
    assert "September year" in shown


def test_the_list_of_money_shows_the_same(actors, world, periods):
    listed = list(current_budgets_for(actors[OFFICER].user, on=TODAY))

    assert listed == list(current_budgets_of((world.north.pk, world.south.pk), TODAY))
    assert [budget.period.name for budget in listed] == ["September year"]


def test_with_no_period_running_it_is_the_latest_and_a_draft_never(world, now):
    for name, year, state in (("Old", 2023, "open"), ("Last", 2024, "open"), ("Draft", 2026, "draft")):
        period = FundingPeriodFactory(
            name=name, slug=name.lower(), starts_on=date(year, 9, 1), ends_on=date(year + 1, 8, 31)
        )
        make_budget(community=world.north, period=period)
        period.state = state
        period.save()

    assert [budget.period.name for budget in current_budgets_of((world.north.pk,), TODAY)] == ["Last"]


def test_of_no_communities_there_are_no_budgets(world):
    assert list(current_budgets_of((), TODAY)) == []
