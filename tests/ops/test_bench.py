"""The bench: its sums, its bounds, its list of pages, and the county it makes a hundred times as large."""

from itertools import count, islice

import pytest
from django.db import connection

from communities.models import Community, School
from funding.models import Budget, LedgerLeg
from scripts.benching import enlarge
from scripts.benching.bounds import misses, misses_of
from scripts.benching.measure import in_turn
from scripts.benching.pages import PAGES
from scripts.benching.turns import figures_of, ratio_of
from tests.factories.funding_money import make_budget

ASKED_FOR = [
    "home: chair", "home: SENCO", "home: headteacher", "home: business manager", "home: PRG professional",
    "home: board member", "home: HNF officer", "home: county administrator", "home: data protection officer", "agenda",
    "live meeting", "member poll", "request", "decide", "requests list", "ledger", "report queue", "board",
    "district dashboard",
]  # fmt: skip


def sizes(*, small=(0.5, 8), large=(0.5, 8)):
    """A page's figures, each as (ratio, queries)."""
    return {
        size: {"ratio": ratio, "queries": queries, "ms": 1.0}
        for size, (ratio, queries) in {"small": small, "large": large}.items()
    }


def test_every_page_that_must_be_fast_is_measured():
    assert set(ASKED_FOR) - PAGES.keys() == set()


def test_only_the_district_may_be_slower():
    assert {name: page.least for name, page in PAGES.items() if page.least != 0.35} == {"district dashboard": 0.25}


def test_a_ratio_compares_medians_so_that_one_slow_round_does_not_count():
    assert ratio_of([(4.0, 1.0), (4.0, 2.0), (90.0, 2.0)]) == 0.5


def test_the_figures_of_a_county_come_from_all_its_turns():
    turns = [
        ("small", {"pairs": [(4.0, 1.0)], "queries": 8}), ("large", {"pairs": [(5.0, 1.0)], "queries": 8}),
        ("large", {"pairs": [(3.0, 1.0)], "queries": 9}), ("small", {"pairs": [(4.0, 3.0)], "queries": 8}),
    ]  # fmt: skip

    assert figures_of(turns) == {
        "small": {"ratio": 0.5, "queries": 8, "ms": 4000.0},
        "large": {"ratio": 0.25, "queries": 9, "ms": 4000.0},
    }


def test_page_and_empty_page_take_turns_at_going_first():
    clock, asked = count(), []

    def asks(name):
        return lambda: (asked.append(name), next(clock))[1]

    pairs = list(islice(in_turn(asks("page"), asks("empty")), 3))

    assert asked == ["page", "empty", "empty", "page", "page", "empty"]
    assert pairs == [(0, 1), (3, 2), (4, 5)]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (sizes(), []),
        (sizes(small=(0.35, 12), large=(0.28, 12)), []),
        (sizes(small=(0.34, 8), large=(0.34, 8)), ["ratio 0.34 in the small county, at least 0.35 is asked for"]),
        (
            sizes(small=(0.5, 8), large=(0.39, 8)),
            ["ratio falls from 0.5 to 0.39 in a county a hundred times as large"],
        ),
        (sizes(small=(0.5, 13), large=(0.5, 13)), ["13 queries, at most 12 are allowed"]),
        (sizes(large=(0.5, 9)), ["8 queries in the small county and 9 in the large one"]),
    ],
)
def test_every_broken_bound_is_said_in_words(figures, said):
    assert misses_of(figures, 0.35) == said


def test_a_miss_names_its_page():
    slow = sizes(small=(0.2, 8), large=(0.2, 8))

    assert misses({"board": slow, "ledger": sizes()}) == [
        "board: ratio 0.2 in the small county, at least 0.35 is asked for"
    ]


def test_the_copies_hold_together_as_the_county_does(world):
    make_budget(community=world.north)
    before = [model.objects.count() for model in (Community, School, Budget, LedgerLeg)]

    enlarge.copy_all(2)

    assert [model.objects.count() for model in (Community, School, Budget, LedgerLeg)] == [3 * each for each in before]
    assert enlarge.faults() == []


def test_a_copy_that_does_not_hold_together_is_found(world):
    budget = make_budget(community=world.north)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was promised before is asked now
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE funding_budget SET free = free - 1, paid = paid + 1 WHERE id = %s", [budget.pk])
        cursor.execute("DELETE FROM communities_community WHERE id = %s", [world.north.pk])

    found = enlarge.faults()

    assert f"The ledger of budget {budget.pk} and account free is not its total" in found
    assert "1 rows of funding_budget have a community_id that leads nowhere" in found
