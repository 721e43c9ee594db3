"""Giving somebody a post by the pages: what is asked, and what is only asked once the rule wants it."""

import pytest

from communities.models import Appointment, Role
from tests.actors import ADMIN, CHAIR, OUTSIDER
from tests.factories.accounts import UserFactory
from tests.factories.communities import SchoolFactory

pytestmark = pytest.mark.django_db
FIRST_DAY = {"starts_on_0": "1", "starts_on_1": "12", "starts_on_2": "2026"}
REASON = "Why do you appoint them all the same?"


@pytest.fixture
def admin(actors):
    return actors[ADMIN].client


def appoint(admin, person, **answers):
    return admin.post(f"/county/people/{person.pk}/appoint/chair/", {**FIRST_DAY, **answers}, follow=True)


def test_no_reason_is_asked_before_the_rule_wants_one(admin, actors):
    page = admin.get(f"/county/people/{actors[OUTSIDER].user.pk}/appoint/chair/").content.decode()

    assert REASON not in page


def test_a_tie_asks_for_the_reason_and_takes_it(admin, actors, world):
    person = actors[OUTSIDER].user

    asked = appoint(admin, person, scope=world.north.pk)
    assert asked.status_code == 422
    assert REASON in asked.content.decode()
    assert "Downs Trust runs Marsh Academy" in asked.content.decode()
    assert appoint(admin, person, scope=world.north.pk, reason="").status_code == 422

    appoint(admin, person, scope=world.north.pk, reason="Nobody else has the time.")
    assert Appointment.objects.get(person=person, role=Role.CHAIR).override_reason == "Nobody else has the time."


def test_what_is_missing_is_named(admin, actors):
    person = actors[OUTSIDER].user
    page = admin.post(f"/county/people/{person.pk}/appoint/chair/", {}).content.decode()

    assert "Choose the community" in page
    assert "Enter the first day, like 27 3 2026" in page


def test_a_second_chair_on_the_same_days_is_mentioned(admin, actors, world):
    page = appoint(admin, UserFactory(), scope=world.north.pk).content.decode()

    assert f"On some of these days North is also chaired by {actors[CHAIR].user.name}" in page


def test_schools_that_share_a_name_show_their_urn(admin, actors, world):
    for urn in (118614, 118617):
        SchoolFactory(urn=urn, name="St Peter’s Primary", slug=f"st-peters-{urn}")
    addresses = (
        f"/county/people/{actors[OUTSIDER].user.pk}/appoint/senco/",
        f"/county/communities/{world.north.slug}/schools/add/",
    )
    for address in addresses:
        page = admin.get(address).content.decode()
        assert "St Peter’s Primary (118614)" in page
        assert "St Peter’s Primary (118617)" in page
        assert f"{world.hartwell.name} (" not in page
