"""The community's own page, and the school's: where one goes from there."""

import pytest

from tests.actors import ADMIN, BOARD, BUSINESS, CHAIR, HEAD, OFFICER

FIGURES, MONEY = 'href="/figures/community/north/"', 'href="/money/north/"'


def _page(actors, who: str, path: str) -> str:
    return actors[who].client.get(path).content.decode()


@pytest.mark.parametrize(
    ("who", "sees_money"),
    [(CHAIR, True), (HEAD, True), (BOARD, True), (OFFICER, True), (ADMIN, True), (BUSINESS, False)],
)
def test_the_page_leads_to_figures_and_to_money_for_those_who_may_see_it(who, sees_money, actors):
    page = _page(actors, who, "/community/north/")

    assert FIGURES in page
    assert (MONEY in page) is sees_money
    assert actors[who].client.get("/money/north/", follow=True).status_code == (200 if sees_money else 404)


def test_whoever_sees_several_communities_finds_the_way_back(actors):
    assert '<a href="/community/" class="govuk-back-link">' in _page(actors, ADMIN, "/community/north/")
    assert "govuk-back-link" not in _page(actors, HEAD, "/community/north/")


def test_the_administrator_goes_on_from_a_school_to_its_people_and_community(actors, world):
    path = f"/county/schools/{world.hartwell.urn}/"

    assert f'href="/county/people/{actors[HEAD].user.pk}/"' in _page(actors, ADMIN, path)
    assert 'href="/county/communities/north/"' in _page(actors, ADMIN, path)
    assert 'href="/county/' not in _page(actors, HEAD, path).partition("<main")[2]
