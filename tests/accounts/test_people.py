"""What an administrator does about somebody's account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import Notice, User
from accounts.services import people
from tests.actors import sign_in
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def by():
    return UserFactory(name="Ada Administrator")


def signed_in(person: User) -> Client:
    client = sign_in(person)
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key=client.session.session_key, user_agent="x")
    return client


def test_a_new_address_is_the_one_to_sign_in_with(by):
    person = UserFactory(email="old@example.org")
    EmailAddress.objects.create(user=person, email="old@example.org", verified=True, primary=True)

    people.change(person_id=person.pk, name=" New Name ", email="New@Example.org ", by=by, now=NOW)

    person.refresh_from_db()
    assert (person.name, person.email) == ("New Name", "new@example.org")
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]


def test_an_address_belongs_to_one_person(by):
    UserFactory(email="taken@example.org")

    with pytest.raises(people.AddressTaken):
        people.change(person_id=UserFactory().pk, name="X", email="TAKEN@example.org", by=by, now=NOW)


def test_closing_signs_out_everywhere_and_withdraws_the_invitation(by):
    person = UserFactory()
    client, invitation = signed_in(person), InvitationFactory(person=person)

    people.close(person_id=person.pk, by=by, now=NOW)

    invitation.refresh_from_db()
    assert client.get("/account/").status_code == 302
    assert (invitation.ending, UserSession.objects.count()) == ("withdrawn", 0)

    people.reopen(person_id=person.pk, by=by, now=NOW)
    person.refresh_from_db()
    assert person.is_active


def test_nobody_closes_their_own_account(by):
    with pytest.raises(people.NotYourself):
        people.close(person_id=by.pk, by=by, now=NOW)


def test_taking_the_second_step_away_ends_every_session_and_is_told(by):
    person = UserFactory()
    client = signed_in(person)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    people.reset_second_factor(person_id=person.pk, by=by, now=NOW)

    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/account/").status_code == 302
    assert Notice.objects.get(person=person).subject == "Your second step was taken away"
