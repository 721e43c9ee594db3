"""Figures are added up, compared and hidden."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dashboards.models import Figure, Indicator
from dashboards.queries import figures
from dashboards.services.figures import roll_up
from tests.actors import CHAIR, COLLEAGUE, OUTSIDER
from tests.factories.communities import CommunityMembershipFactory, DistrictFactory, SchoolFactory
from tests.factories.dashboards import FigureFactory, FrozenFigureFactory

TODAY = date(2026, 11, 24)


@pytest.fixture
def plans(world):
    """Two periods of EHC plans in the four schools, one school outside every community, and England."""
    indicator = Indicator.objects.get(slug="ehc-plans")
    for school, before, now in (
        (world.hartwell, 10, 16),
        (world.oakfield, 8, 12),
        (world.marsh, 30, 28),
        (world.quay, 6, 6),
    ):
        FigureFactory(indicator=indicator, school=school, period="2018-19", count=before, out_of=200)
        FigureFactory(indicator=indicator, school=school, period="2023-24", count=now, out_of=200)
    FigureFactory(indicator=indicator, school=None, urn=123456, period="2023-24", count=9, out_of=100)
    FigureFactory(indicator=indicator, level="england", school=None, urn=None, count=400, out_of=10_000)
    roll_up(on=TODAY)
    return indicator


def _of(level, period="2023-24", **place):
    figure = Figure.objects.get(level=level, period=period, **place)
    return figure.count, figure.out_of, figure.schools, figure.missing


def test_schools_add_up_to_community_district_and_county(world, plans):
    assert _of("community", community=world.north) == (28, 400, 2, 0)
    assert _of("district", district=world.district) == (62, 800, 4, 0)
    assert _of("county") == (71, 900, 5, 0), "a school the register does not know still counts for the county"


def test_adding_up_twice_changes_nothing(world, plans):
    before = list(Figure.objects.order_by("level", "period", "count").values_list("level", "period", "count", "out_of"))

    roll_up(on=TODAY)

    after = list(Figure.objects.order_by("level", "period", "count").values_list("level", "period", "count", "out_of"))
    assert after == before


def test_a_school_without_a_figure_is_missing_and_so_is_its_roll(world, plans):
    Figure.objects.filter(level="school", school=world.oakfield, period="2023-24").update(
        count=None, out_of=None, marker="SUPP"
    )

    roll_up(on=TODAY)

    assert _of("community", community=world.north) == (16, 200, 2, 1)


def test_past_periods_are_added_up_over_today_s_schools(world, plans):
    world.north.memberships.filter(school=world.oakfield).update(ends_on=TODAY - timedelta(days=1))

    roll_up(on=TODAY)

    assert _of("community", "2018-19", community=world.north) == (10, 200, 1, 0)


def test_a_place_stands_beside_its_district_the_county_and_england(world, actors, plans):
    place = figures.place_for(actors[CHAIR].user, "community", "north")

    measure = next(one for one in figures.measures_of(place, on=TODAY) if one.indicator == plans)

    assert [(line.place.level, line.latest.share, line.travel) for line in measure.lines] == [
        ("community", Decimal("7.0"), "Up"),
        ("district", Decimal("7.8"), "Up"),
        ("county", Decimal("7.9"), "Up"),
        ("england", Decimal("4.0"), "Not known"),
    ]


def test_small_numbers_are_hidden_in_every_figure(world, plans):
    small = FigureFactory(indicator=plans, school=SchoolFactory(), period="2022-23", count=3, out_of=90)

    shown = figures.show(small)

    assert (shown.words, shown.count, shown.share) == ("Hidden: fewer than 5", None, None)


def test_a_school_s_hidden_number_cannot_be_worked_out_from_its_community_s(world, actors, plans):
    third = SchoolFactory(name="Third School", district=DistrictFactory())
    CommunityMembershipFactory(community=world.north, school=third)
    FigureFactory(indicator=plans, school=third, period="2023-24", count=2, out_of=50)
    place = figures.place_for(actors[CHAIR].user, "community", "north")

    periods, rows = figures.schools_of(place, plans, on=TODAY)

    assert periods == ["2018-19", "2023-24"]
    assert {row.name: row.shown[-1].words for row in rows} == {
        "Hartwell Primary": "8.0%",
        "Oakfield Primary": "Hidden, because it would give another away",
        "Third School": "Hidden: fewer than 5",
    }


def test_the_database_refuses_a_part_greater_than_its_whole(world):
    with pytest.raises(IntegrityError, match="a_part_is_not_more_than_the_whole"):
        FigureFactory(count=201, out_of=200)


def test_the_page_costs_the_same_with_many_schools(world, actors, plans):
    client = actors[COLLEAGUE].client
    address = reverse("dashboards:place", kwargs={"level": "community", "slug": "north"})
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    for _ in range(50):
        school = SchoolFactory(district=world.district)
        CommunityMembershipFactory(community=world.north, school=school)
        FigureFactory(indicator=plans, school=school, period="2023-24")
    roll_up(on=timezone.localdate())

    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200

    assert len(many) == len(few) <= 12, "\n".join(query["sql"][:160] for query in few)


def test_members_of_another_community_do_not_find_the_page(world, actors, plans):
    address = reverse("dashboards:place", kwargs={"level": "community", "slug": "north"})

    assert actors[OUTSIDER].client.get(address).status_code == 404


def test_years_are_written_out_and_the_place_is_marked_in_the_menu(actors, plans):
    page = actors[CHAIR].client.get("/figures/community/north/ehc-plans/").content.decode()

    assert "2023 to 2024" in page
    assert "2023-24" not in page
    assert 'href="/community/" aria-current="true"' in page


def test_a_figure_on_an_agenda_is_drawn_inside_the_run_sheet(actors, world):
    figure = FrozenFigureFactory(community=world.north)
    client = actors[CHAIR].client

    inside = client.get(f"/figures/frozen/{figure.pk}/", headers={"HX-Request": "true"}).content.decode()
    page = client.get(f"/figures/frozen/{figure.pk}/").content.decode()

    assert inside.startswith('<div class="app-fragment">')
    assert "4.1%" in inside
    assert "<h1" not in inside
    assert inside.strip() in page
    assert "/figures/community/north/ehc-plans/" in page
