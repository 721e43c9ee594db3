"""The first page says what needs this person now."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from communities.models import CommunityMembership, Role, School
from dashboards.queries import counts, setup
from tests.actors import ADMIN, BOARD, BUSINESS, CHAIR, DATA_PROTECTION, HEAD, OFFICER, PROFESSIONAL, SENCO, STRANGER
from tests.factories.communities import AppointmentFactory, CommunityMembershipFactory
from tests.factories.dashboards import BoardDigestFactory
from tests.factories.funding_money import AwardFactory, InstalmentFactory
from tests.factories.funding_requests import FundingRequestFactory
from tests.factories.meetings import (
    ActionFactory,
    BulletinFactory,
    EscalationFactory,
    InvitationFactory,
    MeetingFactory,
)

NO_BUDGET = [CHAIR, SENCO, HEAD]  # their third figure is the balance, and the small county has none
EVERY_ROLE = [SENCO, HEAD, BUSINESS, CHAIR, PROFESSIONAL, BOARD, OFFICER, ADMIN, DATA_PROTECTION]


@pytest.mark.parametrize("who", EVERY_ROLE)
def test_every_home_stays_under_twelve_queries_and_the_same_with_much_to_do(who, actors, world):
    client = actors[who].client
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        assert client.get("/").status_code == 200
    ActionFactory.create_batch(20, community=world.north, owner=actors[who].user, due_on=timezone.localdate())

    with CaptureQueriesContext(connection) as many:
        answer = client.get("/")

    assert "Finish the action" in answer.content.decode() or who == DATA_PROTECTION
    assert len(few) == len(many) <= 12, "\n".join(query["sql"][:140] for query in many)


def test_somebody_without_a_post_is_told_who_gives_one(actors):
    assert "You hold no post today" in actors[STRANGER].client.get("/").content.decode()


def test_a_chair_without_a_meeting_is_asked_to_plan_one(actors):
    assert "Plan the next meeting" in actors[CHAIR].client.get("/").content.decode()


def test_the_county_sees_what_is_missing(actors):
    page = actors[ADMIN].client.get("/county/").content.decode()

    assert "Publish an agenda template" in page
    assert "Set meeting dates" in page


def test_every_line_and_figure_of_every_home_leads_somewhere(actors, world):
    _give_everybody_something_to_do(world, actors)

    for who in EVERY_ROLE:
        client = actors[who].client
        page = client.get("/").content.decode()
        links = set(re.findall(r'href="(/[^"#]*)"', page.partition("<main")[2].partition("</main>")[0]))
        assert {link: client.get(link, follow=True).status_code for link in links} == dict.fromkeys(links, 200), who
        assert page.count('class="app-stat"') == (2 if who in NO_BUDGET else 3)


def _give_everybody_something_to_do(world, actors):
    meeting = MeetingFactory(community=world.north, published=True)
    InvitationFactory(meeting=meeting, person=actors[SENCO].user)
    FundingRequestFactory(school=world.hartwell)
    BulletinFactory(area=world.weald, published=True)
    EscalationFactory(community=world.north, area=world.weald)
    BoardDigestFactory(area=world.weald)
    ActionFactory(community=world.north, state="done", done_at=timezone.now(), done_by=actors[SENCO].user)


def test_a_digest_needs_the_board_until_it_is_opened(actors, world):
    digest = BoardDigestFactory(area=world.weald)
    client = actors[BOARD].client
    assert "Read the digest of the week of 16 November" in client.get("/").content.decode()

    client.get(f"/board/weald/digests/{digest.week_starts_on}/")

    assert "Read the digest" not in client.get("/").content.decode()


def test_a_county_wide_bulletin_waits_for_the_chair(actors, world):
    BulletinFactory(area=None, title="New forms", published=True)

    assert "Acknowledge “New forms”" in actors[CHAIR].client.get("/").content.decode()


def test_a_person_with_nothing_to_do_is_pointed_to_their_other_post(actors):
    page = actors[CHAIR].client
    page.post("/account/acting/", {"post": actors[CHAIR].user.appointments.get(role="headteacher").pk})

    assert "to see what waits in your other post." in page.get("/").content.decode()


def test_schools_without_a_senco_are_missing_until_they_close_or_have_one(world):
    def without():
        return next((gap.why for gap in setup.gaps(on=timezone.localdate()) if gap.text == "Invite SENCOs"), "")

    CommunityMembership.objects.all().delete()
    school = CommunityMembershipFactory(community=world.north, school__name="Aldergate").school
    assert "Aldergate" in without()

    post = AppointmentFactory(role=Role.SENCO, school=school)
    assert "Aldergate" not in without()

    post.delete()
    School.objects.filter(pk=school.pk).update(status="closed", closed_on=date(2026, 8, 31))
    assert "Aldergate" not in without()


def test_a_list_without_end_is_counted_up_to_a_number(actors, monkeypatch):
    people = User.objects.order_by("pk")
    assert counts.up_to_most(people) == people.count() > 2

    monkeypatch.setattr(counts, "MOST", 2)

    assert counts.up_to_most(people) == "more than 2"


def test_a_business_manager_reads_what_is_still_to_be_paid_whatever_the_year(actors, world):
    award = AwardFactory(school=world.hartwell)
    InstalmentFactory(award=award, amount="333.34", due_on=date(2026, 12, 31))
    InstalmentFactory(award=award, amount="666.66", due_on=date(2027, 4, 12))

    page = actors[BUSINESS].client.get("/").content.decode()

    assert "£1,000" in page
    assert "Still to be paid to the school" in page
