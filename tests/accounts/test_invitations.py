"""People come in by a link that works once, for fourteen days, and only the newest one."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import tokens
from accounts.models import Delivery, Invitation, Notice, User
from accounts.queries.invitations import open_by_token
from accounts.services import invitations
from core import outbox
from core.models import AuditEntry
from tests.factories.accounts import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PASSWORD = "kettle orbit marmalade"


@pytest.fixture
def by():
    return UserFactory(name="Ada Administrator")


def invite(by, **changes) -> Invitation:
    words = {"email": "New.Person@Example.org", "name": "New Person", "by": by, "now": NOW}
    return invitations.invite(**(words | changes))


def accept(invitation: Invitation, now=NOW) -> User:
    return invitations.accept(token=tokens.write(invitation), password=PASSWORD, now=now)


def test_an_invited_person_stands_on_the_register_but_cannot_sign_in(by):
    person = invite(by).person

    assert (person.email, person.name, person.is_active) == ("new.person@example.org", "New Person", True)
    assert not person.has_usable_password()
    assert AuditEntry.objects.get(action="account.invited").by == by


def test_the_email_carries_a_link_that_leads_in(by):
    invitation = invite(by)

    outbox.drain(now=timezone.now())

    (sent,) = django_mail.outbox
    assert sent.to == ["new.person@example.org"]
    link = next(line for line in sent.body.splitlines() if "/invitation/" in line)
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    assert invitation.deliveries.get().state == "sent"


def test_accepting_sets_the_password_and_proves_the_address(by):
    person = accept(invite(by))

    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.filter(user=person, email=person.email, verified=True, primary=True).exists()
    assert list(AuditEntry.objects.filter(action="account.invitation_accepted").values_list("by", flat=True)) == [
        person.pk
    ]


def test_a_link_works_once(by):
    invitation = invite(by)
    accept(invitation)

    with pytest.raises(invitations.NoLongerOpen):
        accept(invitation)


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsMV0:forged", Signer(salt="else").sign_object([1, 1])])
def test_a_link_we_did_not_write_opens_nothing(token):
    with pytest.raises(invitations.NoLongerOpen):
        invitations.accept(token=token, password=PASSWORD, now=NOW)
    assert open_by_token(token, now=NOW) is None


def test_a_link_runs_out_after_fourteen_days(by):
    invitation = invite(by)

    assert open_by_token(tokens.write(invitation), now=NOW + timedelta(days=13, hours=23)) == invitation
    with pytest.raises(invitations.NoLongerOpen):
        accept(invitation, now=NOW + timedelta(days=14))


def test_only_the_newest_link_works(by):
    old = tokens.write(invite(by))
    newest = invitations.resend(invitation_id=Invitation.objects.get().pk, by=by, now=NOW + timedelta(days=3))

    assert open_by_token(old, now=NOW) is None
    assert accept(newest, now=NOW + timedelta(days=16)).check_password(PASSWORD)
    assert Delivery.objects.filter(invitation=newest).count() == 2


def test_an_email_of_an_older_round_is_not_sent_any_more(by):
    invitation = invite(by)
    invitations.resend(invitation_id=invitation.pk, by=by, now=NOW)

    outbox.drain(now=timezone.now())

    assert set(invitation.deliveries.values_list("round", "state")) == {(1, "withheld"), (2, "sent")}
    assert len(django_mail.outbox) == 1


def test_a_withdrawn_invitation_is_over(by):
    invitation = invite(by)
    invitations.withdraw(invitation_id=invitation.pk, by=by, now=NOW)

    for act in (lambda: accept(invitation), lambda: invitations.resend(invitation_id=invitation.pk, by=by, now=NOW)):
        with pytest.raises(invitations.NoLongerOpen):
            act()


def test_whoever_it_reached_by_mistake_stops_it(by):
    invitation = invite(by)

    invitations.disown(token=tokens.write(invitation), now=NOW)

    invitation.refresh_from_db()
    assert (invitation.ending, invitation.ended_by, invitation.person.is_active) == ("disowned", None, False)
    assert Notice.objects.get(person=by).subject == "An invitation reached the wrong person"
    with pytest.raises(invitations.NoLongerOpen):
        accept(invitation)


def test_somebody_who_signs_in_already_is_not_invited(by):
    accept(invite(by))

    with pytest.raises(invitations.AlreadyHere, match="already signs in"):
        invite(by, email="new.person@example.org")


def test_an_open_invitation_is_sent_again_instead_of_doubled(by):
    invite(by)

    with pytest.raises(invitations.AlreadyHere, match="invited already"):
        invite(by)


def test_after_a_mistake_the_same_address_can_be_invited_again(by):
    invitations.disown(token=tokens.write(invite(by)), now=NOW)

    person = invite(by, name="Right Person").person

    assert (person.name, person.is_active, person.account_invitations.count()) == ("Right Person", True, 2)


def test_the_secret_key_may_be_changed_while_links_are_out(by, settings):
    token = tokens.write(invite(by))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-one-" * 6

    assert open_by_token(token, now=NOW) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert open_by_token(token, now=NOW) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        {"ending": "accepted"},
        {"ended_at": NOW},
        {"ending": "withdrawn", "ended_at": NOW},
        {"expires_at": NOW - timedelta(days=1)},
    ],
)
def test_the_database_refuses_half_an_ending(nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(invited_at=NOW, **nonsense)


def test_a_person_has_one_open_invitation_at_most():
    first = InvitationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(person=first.person)


# --- the page ---------------------------------------------------------------------------------------------------------


def page(invitation: Invitation) -> str:
    return f"/invitation/{tokens.write(invitation)}/"


def test_opening_the_link_changes_nothing(by, client):
    invitation = invite(by)

    for _ in range(3):
        assert client.get(page(invitation)).status_code == 200

    invitation.refresh_from_db()
    assert invitation.ended_at is None


def test_a_weak_password_is_refused_beside_the_field(by, client):
    answer = client.post(page(invite(by)), {"password": "password"})

    assert answer.status_code == 422
    assert "at least 12 characters" in answer.content.decode()


def test_coming_in_leads_to_the_second_step(by, client, world):
    from communities.models import Role
    from tests.factories.communities import AppointmentFactory

    invitation = invite(by)
    AppointmentFactory(person=invitation.person, role=Role.SENCO, school=world.hartwell)

    answer = client.post(page(invitation), {"password": PASSWORD}, follow=True)

    assert answer.redirect_chain[-1][0] == "/account/second-factor/"
    assert "Set up your second step" in answer.content.decode()


def test_a_dead_link_says_what_to_do(by, client):
    invitation = invite(by)
    invitations.withdraw(invitation_id=invitation.pk, by=by, now=NOW)

    for answer in (
        client.get(page(invitation)),
        client.post(page(invitation), {"password": PASSWORD}),
        client.post(page(invitation) + "not-me/"),
    ):
        assert answer.status_code == 410
        assert "ask for a new invitation" in answer.content.decode()


def test_this_is_not_me_thanks(by, client):
    answer = client.post(page(invite(by)) + "not-me/")

    assert "Thank you for telling us" in answer.content.decode()
