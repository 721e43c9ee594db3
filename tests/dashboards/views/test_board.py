"""The board's page: communities, the week, what waits, and who has taken note."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.actors import ADMIN, BOARD, CHAIR, HEAD, OFFICER
from tests.factories.communities import CommunityFactory
from tests.factories.dashboards import BoardDigestFactory
from tests.factories.meetings import AcknowledgementFactory, BulletinFactory, EscalationFactory


@pytest.fixture
def west(world):
    """A second community of the Weald."""
    return CommunityFactory(name="West", slug="west", area=world.weald)


def _page(actors, who: str, path: str = "/board/weald/") -> str:
    return actors[who].client.get(path, follow=True).content.decode()


def test_the_board_sees_who_has_not_acknowledged(actors, world, west):
    bulletin = BulletinFactory(area=world.weald, title="Attendance plans", published=True)
    AcknowledgementFactory(bulletin=bulletin, community=world.north)

    page = _page(actors, BOARD)

    assert "1 of 2" in page
    assert "<td>West</td>" in page


def test_a_bulletin_for_another_community_is_not_counted(actors, world, west):
    named = BulletinFactory(area=world.weald, title="For the West only", to_all=False, published=True)
    named.communities.add(west)
    BulletinFactory(area=world.coast, title="For the Coast", published=True)
    BulletinFactory(area=world.weald, title="A draft")

    page = _page(actors, BOARD)

    assert "0 of 1" in page
    assert "For the Coast" not in page
    assert "A draft" not in page


def test_a_county_wide_bulletin_counts_the_communities_of_the_area(actors, world, west):
    BulletinFactory(area=None, title="New forms", published=True)

    page = _page(actors, BOARD)

    assert "0 of 2" in page
    assert "From the county" in page


def test_what_waits_stands_on_the_page_and_members_open_it(actors, world):
    matter = EscalationFactory(community=world.north, title="More hearing support")

    assert f'href="{matter.get_absolute_url()}"' in _page(actors, BOARD)
    assert f'href="{matter.get_absolute_url()}"' not in _page(actors, ADMIN)
    assert "More hearing support" in _page(actors, ADMIN)


def test_who_does_not_sit_there_reads_why_they_cannot_write(actors, world):
    sentence = "Only members of the board of Weald answer matters and write bulletins"

    assert sentence in _page(actors, OFFICER)
    assert sentence not in _page(actors, BOARD)


def test_earlier_digests_are_kept(actors, world):
    for week in ("2026-11-09", "2026-11-16"):
        BoardDigestFactory(area=world.weald, week_starts_on=week)

    page = _page(actors, BOARD)

    assert "Monday 16 November 2026 to Sunday 22 November 2026" in page
    assert "9 November 2026 to 15 November 2026" in page


def test_a_chair_reads_what_became_of_what_they_sent_up(actors, world):
    EscalationFactory(community=world.north, title="More hearing support")
    EscalationFactory(community=world.south, title="Somebody else's")
    BulletinFactory(area=world.weald, title="Attendance plans", published=True)

    page = _page(actors, CHAIR, "/board/")

    assert "Waiting for the board" in page
    assert "Acknowledge “Attendance plans” for North" in page
    assert "Somebody else" not in page


def test_a_head_reads_bulletins_and_is_not_asked_to_send_anything_up(actors, world):
    BulletinFactory(area=world.weald, title="Attendance plans", published=True)

    page = _page(actors, HEAD, "/board/")

    assert "Attendance plans" in page
    assert "What you sent up" not in page


def test_the_page_costs_the_same_however_much_there_is(actors, world):
    client = actors[BOARD].client
    client.get("/board/weald/")
    _something(world.weald, world.north)
    with CaptureQueriesContext(connection) as few:
        client.get("/board/weald/")
    for number in range(4):
        _something(world.weald, CommunityFactory(area=world.weald, slug=f"more-{number}"))

    with CaptureQueriesContext(connection) as many:
        client.get("/board/weald/")

    assert len(few) == len(many) <= 12, "\n".join(query["sql"][:140] for query in many)


def _something(area, community):
    BulletinFactory(area=area, published=True)
    EscalationFactory(community=community)


def test_amounts_of_a_digest_are_written_out(actors, world):
    decisions = {"approved": 1, "declined": 0, "deferred": 0, "departures": 0, "amount": "3200.00"}
    community = {"name": "North", "slug": "north", "decisions": decisions, "balance": {"free": "109285.00"}}
    facts = {"communities": [community], "actions": [], "escalations": [], "missed": []}
    digest = BoardDigestFactory(area=world.weald, facts=facts)

    page = _page(actors, BOARD, f"/board/weald/digests/{digest.week_starts_on}/")

    assert "£3,200.00" in page
    assert "£109,285.00" in page
