"""What the administrator settles: uncertain emails, given-up work, invitations, accounts, and the demonstration."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Delivery, User
from communities.models import Role
from communities.services import operations
from core import outbox
from core.models import AuditEntry, OutboxMessage
from tests.actors import ADMIN, CHAIR, OFFICER, SENCO
from tests.factories.accounts import DeliveryFactory, InvitationFactory, UserFactory
from tests.factories.communities import AppointmentFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def admin(actors) -> Client:
    return actors[ADMIN].client


def parked(key: str = "1") -> OutboxMessage:
    return OutboxMessage.objects.create(
        topic="tests.parked", key=key, attempts=8, parked_at=NOW, error="RuntimeError('no paper')"
    )


def cost(client: Client, path: str) -> int:
    client.get(path)  # powers and words are made once, then kept
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


MANY = {
    "/county/deliveries/": lambda: DeliveryFactory(uncertain=True),
    "/county/outbox/": lambda: parked(key=str(OutboxMessage.objects.count())),
    "/county/people/invitations/": InvitationFactory,
}


@pytest.mark.parametrize("path", MANY)
def test_a_page_costs_the_same_however_long_it_is(admin, path):
    MANY[path]()
    few = cost(admin, path)
    for _ in range(60):
        MANY[path]()

    assert cost(admin, path) == few <= 12


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/county/deliveries/", "Nothing waits for you"),
        ("/county/outbox/", "Nothing was given up"),
        ("/county/people/invitations/", "Nobody has been invited yet"),
    ],
)
def test_nothing_to_do_is_a_sentence(admin, path, words):
    assert words in admin.get(path).content.decode()


def test_an_uncertain_email_is_listed_with_its_reason(admin):
    delivery = DeliveryFactory(uncertain=True)
    DeliveryFactory(attempts=1, error="The mail server cannot be reached (ConnectionRefusedError).")

    page = admin.get("/county/deliveries/").content.decode()

    for words in (
        delivery.person.email,
        "The worker stopped while it was sending this.",
        "It arrived",
        "ConnectionRefused",
    ):
        assert words in page


def test_it_is_sent_again_when_a_person_says_so(admin):
    delivery = DeliveryFactory(uncertain=True)

    admin.post(f"/county/deliveries/{delivery.pk}/again/")
    outbox.drain(now=timezone.now())

    delivery.refresh_from_db()
    assert (delivery.state, len(django_mail.outbox)) == ("sent", 1)


def test_two_administrators_settle_it_once(admin):
    delivery = DeliveryFactory(uncertain=True)
    admin.post(f"/county/deliveries/{delivery.pk}/arrived/")

    page = admin.post(f"/county/deliveries/{delivery.pk}/again/", follow=True).content.decode()

    assert "dealt with already" in page
    assert Delivery.objects.get().state == "sent"


def test_there_are_three_answers_only(admin):
    assert admin.post(f"/county/deliveries/{DeliveryFactory(uncertain=True).pk}/burn/").status_code == 404


def test_given_up_work_is_tried_again(admin):
    message = parked()
    assert "no paper" in admin.get("/county/outbox/").content.decode()

    admin.post(f"/county/outbox/{message.pk}/try-again/")

    message.refresh_from_db()
    assert (message.parked_at, message.attempts) == (None, 0)
    assert AuditEntry.objects.get(action="outbox.tried_again").details == {"topic": "tests.parked"}


def test_everything_given_up_is_tried_again(admin):
    parked("1"), parked("2")

    page = admin.post("/county/outbox/try-again/", follow=True).content.decode()

    assert "2 are being tried again" in page
    assert not outbox.parked().exists()


def test_work_taken_up_meanwhile_is_not_reset(actors):
    message = parked()
    outbox.unpark(message.pk, now=NOW)

    with pytest.raises(operations.NotGivenUp):
        operations.try_again(message_id=message.pk, by=actors[ADMIN].user, now=NOW)


# --- invitations and accounts -----------------------------------------------------------------------------------------


def test_an_invitation_is_sent_again_and_withdrawn(admin):
    invitation = InvitationFactory()

    admin.post(f"/county/people/invitations/{invitation.pk}/send-again/")
    outbox.drain(now=timezone.now())
    assert "Sent 2 times" in admin.get("/county/people/invitations/").content.decode()
    assert len(django_mail.outbox) == 1

    admin.post(f"/county/people/invitations/{invitation.pk}/withdraw/")
    page = admin.post(f"/county/people/invitations/{invitation.pk}/withdraw/", follow=True).content.decode()
    assert "This invitation no longer works." in page
    invitation.refresh_from_db()
    assert invitation.ending == "withdrawn"


def test_each_state_of_an_invitation_has_its_word(admin):
    InvitationFactory()
    InvitationFactory(invited_at=NOW - timedelta(days=20))
    InvitationFactory(ending="disowned", ended_at=NOW)

    page = admin.get("/county/people/invitations/").content.decode()

    for word in ("Waiting", "Run out", "Wrong person"):
        assert word in page


def test_somebody_without_a_way_in_is_invited_from_their_page(admin):
    person = UserFactory()
    assert "Invite to sign in" in admin.get(f"/county/people/{person.pk}/").content.decode()

    admin.post(f"/county/people/{person.pk}/invite/")

    assert person.account_invitations.count() == 1
    page = admin.post(f"/county/people/{person.pk}/invite/", follow=True).content.decode()
    assert "was invited already" in page


def test_a_name_and_an_address_are_corrected(admin):
    person = UserFactory(email="wrong@example.org")

    admin.post(f"/county/people/{person.pk}/change/", {"name": "Right Name", "email": "right@example.org"})

    assert User.objects.filter(pk=person.pk, name="Right Name", email="right@example.org").exists()


def test_a_taken_address_is_refused_beside_the_field(admin):
    UserFactory(email="taken@example.org")

    answer = admin.post(f"/county/people/{UserFactory().pk}/change/", {"name": "X", "email": "taken@example.org"})

    assert answer.status_code == 422
    assert "Somebody else already signs in" in answer.content.decode()


def test_an_account_is_closed_and_opened_again(admin):
    person = UserFactory()

    admin.post(f"/county/people/{person.pk}/close/")
    person.refresh_from_db()
    assert person.is_active is False

    admin.post(f"/county/people/{person.pk}/reopen/")
    person.refresh_from_db()
    assert person.is_active is True


def test_administrators_do_not_lock_themselves_out(actors, admin):
    answer = admin.post(f"/county/people/{actors[ADMIN].user.pk}/close/")

    assert answer.status_code == 422
    assert "You cannot close your own account" in answer.content.decode()


def test_a_second_step_is_taken_away_only_when_it_is_really_them(admin):
    person = UserFactory()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})

    assert admin.post(f"/county/people/{person.pk}/second-step/").status_code == 422
    assert Authenticator.objects.exists()

    admin.post(f"/county/people/{person.pk}/second-step/", {"sure": "on"})
    assert not Authenticator.objects.exists()


# --- acting as --------------------------------------------------------------------------------------------------------


def test_the_chosen_post_is_shown_and_written_into_the_audit(actors):
    person, client = actors[CHAIR].user, actors[CHAIR].client
    head = person.appointments.get(role=Role.HEADTEACHER)

    answer = client.post("/account/acting/", {"post": head.pk, "next": "/community/"})
    client.post("/account/preferences/", {"volume": "needed"})

    assert answer.url == "/community/"
    assert "Acting as <strong>Headteacher, Quay Infants</strong>" in client.get("/account/").content.decode()
    assert AuditEntry.objects.get(action="account.email_volume_chosen").acting_as == "Headteacher, Quay Infants"
    assert AuditEntry.objects.get(action="account.acting_as").details == {"title": "Headteacher, Quay Infants"}


def test_nobody_acts_in_somebody_elses_post(actors):
    theirs = actors[OFFICER].user.appointments.get()

    answer = actors[CHAIR].client.post("/account/acting/", {"post": theirs.pk})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_switching_never_leads_elsewhere(actors, elsewhere):
    post = actors[CHAIR].user.appointments.first()

    assert actors[CHAIR].client.post("/account/acting/", {"post": post.pk, "next": elsewhere}).url == "/"


# --- the demonstration ------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    return Client()


def test_one_press_signs_in_without_a_second_step(demo, actors):
    assert "Senco Person" in demo.get("/demo/").content.decode()

    answer = demo.post(f"/demo/{actors[SENCO].user.pk}/")

    assert answer.url == "/"
    assert demo.get("/account/").status_code == 200


def test_one_becomes_somebody_else_as_often_as_one_likes(demo, actors):
    demo.post(f"/demo/{actors[SENCO].user.pk}/")
    demo.post(f"/demo/{actors[CHAIR].user.pk}/")

    assert "chair@example.org" in demo.get("/account/").content.decode()


def test_one_acts_in_the_post_one_pressed(demo, actors):
    chair = actors[CHAIR].user
    headship = chair.appointments.get(role=Role.HEADTEACHER)

    demo.post(f"/demo/{chair.pk}/", {"post": headship.pk})

    assert f"Acting as <strong>{headship.title}</strong>" in demo.get("/").content.decode()
    assert "Be somebody else" in demo.get("/").content.decode()


def test_a_search_finds_the_others(demo, world):
    for number in range(9):
        AppointmentFactory(role=Role.SENCO, school=world.hartwell, person=UserFactory(name=f"Aaron {number}"))
    AppointmentFactory(role=Role.SENCO, school=world.marsh, person=UserFactory(name="Zoe Last"))

    assert "Zoe Last" not in demo.get("/demo/").content.decode()
    assert "Zoe Last" in demo.get("/demo/?q=marsh").content.decode()
    assert "Nobody found for “xyz”" in demo.get("/demo/?q=xyz").content.decode()


def test_outside_the_demonstration_there_is_no_such_page(actors):
    client = Client()

    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{actors[SENCO].user.pk}/").status_code == 404


def test_a_demonstration_answers_on_the_machine_itself_only(demo, actors, settings):
    settings.ALLOWED_HOSTS = ["*"]

    for away in ({"headers": {"host": "demo.example.org"}}, {"REMOTE_ADDR": "192.0.2.7"}):
        assert demo.get("/demo/", **away).status_code == 404
        assert demo.post(f"/demo/{actors[SENCO].user.pk}/", **away).status_code == 404


def test_a_demonstration_session_is_worth_nothing_outside(demo, actors, settings):
    demo.post(f"/demo/{actors[SENCO].user.pk}/")
    settings.DEMO = False

    assert demo.get("/account/").url == "/account/second-factor/"
