"""In which of their posts somebody with several begins."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import Role
from communities.roles import DUTY_FIRST
from tests.actors import sign_in
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory

pytestmark = pytest.mark.django_db
SENCO, HEAD, CHAIR = "SENCO, Marsh Academy", "Headteacher, Quay Infants", "Chair, North"


@pytest.fixture
def person(world):
    """A SENCO, who became a headteacher, who became a chair."""
    person = UserFactory()
    AppointmentFactory(person=person, role=Role.SENCO, school=world.marsh, starts_on=date(2024, 9, 1))
    AppointmentFactory(person=person, role=Role.HEADTEACHER, school=world.quay, starts_on=date(2025, 1, 1))
    AppointmentFactory(person=person, role=Role.CHAIR, community=world.north, starts_on=date(2026, 1, 1))
    return person


def acting(client) -> str:
    return re.search(r"Acting as <strong>([^<]*)", client.get("/account/").content.decode())[1]


def switch(client, person, role):
    assert client.post("/account/acting/", {"post": person.appointments.get(role=role).pk}).status_code == 302


def end(person, role):
    person.appointments.filter(role=role).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_at_first_a_chair_is_a_chair_however_long_they_held_their_other_posts(person):
    assert acting(sign_in(person)) == CHAIR


def test_without_a_chair_a_school_waits_for_its_headteacher_first(person):
    end(person, Role.CHAIR)

    assert acting(sign_in(person)) == HEAD


def test_of_two_posts_alike_the_longer_held_comes_first(person, world):
    AppointmentFactory(person=person, role=Role.CHAIR, community=world.south, starts_on=date(2026, 2, 1))

    assert acting(sign_in(person)) == CHAIR


def test_a_new_sign_in_begins_with_the_post_last_chosen(person):
    client = sign_in(person)
    switch(client, person, Role.HEADTEACHER)
    switch(client, person, Role.SENCO)

    assert acting(client) == SENCO
    assert acting(sign_in(person)) == SENCO


def test_a_choice_made_elsewhere_leaves_this_session_as_it_chose(person):
    here, elsewhere = sign_in(person), sign_in(person)
    switch(here, person, Role.HEADTEACHER)
    switch(elsewhere, person, Role.SENCO)

    assert acting(here) == HEAD


def test_when_the_post_last_chosen_has_ended_the_one_chosen_before_it_counts(person):
    client = sign_in(person)
    switch(client, person, Role.SENCO)
    switch(client, person, Role.HEADTEACHER)
    end(person, Role.HEADTEACHER)

    assert acting(client) == SENCO
    assert acting(sign_in(person)) == SENCO


def test_when_every_chosen_post_has_ended_the_duty_counts_again(person):
    client = sign_in(person)
    switch(client, person, Role.SENCO)
    end(person, Role.SENCO)

    assert acting(client) == CHAIR
    assert acting(sign_in(person)) == CHAIR


def test_every_role_has_its_place_in_the_order():
    assert sorted(DUTY_FIRST) == sorted(Role)
