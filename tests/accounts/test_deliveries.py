"""An email is claimed, handed over and noted; what nobody can know is shown to a person and never sent again unasked."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from accounts import audiences
from accounts.models import Delivery, User
from accounts.services import deliveries
from accounts.services.notices import notify
from core import mail, outbox
from core.models import AuditEntry, OutboxMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def waiting(person=None, **changes) -> Delivery:
    words = {"subject": "Agenda published for North", "text": "Secret text", "link": "/meetings/north/", "key": "k:1"}
    notify([person or UserFactory()], now=NOW, **(words | changes))
    return Delivery.objects.latest("pk")


def deliver(delivery: Delivery, now=NOW) -> Delivery:
    deliveries.deliver(delivery_id=delivery.pk, now=now)
    delivery.refresh_from_db()
    return delivery


@pytest.fixture
def server(monkeypatch):
    """What the mail server does: set `server.answer` to an exception of core.mail."""

    class Server:
        answer: Exception | None = None
        taken = 0

        def hand_over(self, message):
            if self.answer:
                raise self.answer
            self.taken += 1

    fake = Server()
    monkeypatch.setattr(mail, "hand_over", fake.hand_over)
    return fake


def test_the_email_holds_the_subject_and_the_link_only(settings):
    settings.BASE_URL = "https://schools.example.org"

    delivery = deliver(waiting(UserFactory(email="ada@example.org")))

    (sent,) = django_mail.outbox
    html = sent.alternatives[0][0]
    assert (sent.to, sent.subject) == (["ada@example.org"], "Agenda published for North")
    assert sent.body.splitlines()[:3] == [
        "Agenda published for North",
        "",
        "https://schools.example.org/meetings/north/",
    ]
    assert "Secret text" not in sent.body + html
    assert '<a href="https://schools.example.org/meetings/north/">' in html
    assert sent.extra_headers["Message-ID"] == f"<{delivery.reference}@{settings.EMAIL_DOMAIN}>"
    assert (delivery.state, delivery.sent_at, delivery.claimed_at) == ("sent", NOW, NOW)


def test_delivering_twice_sends_once():
    delivery = waiting()

    deliver(delivery)
    deliver(delivery)

    assert len(django_mail.outbox) == 1


def test_the_outbox_carries_it(django_capture_on_commit_callbacks):
    waiting()

    assert outbox.drain(now=timezone.now()) == 1

    assert len(django_mail.outbox) == 1
    assert OutboxMessage.objects.exclude(done_at=None).count() == 1


def test_a_claim_left_by_a_dead_worker_is_uncertain_and_never_sent_again():
    delivery = waiting()
    deliveries._claim(delivery.pk, now=NOW)

    deliver(delivery)
    deliver(delivery)

    assert (delivery.state, delivery.error) == ("uncertain", "The worker stopped while it was sending this.")
    assert django_mail.outbox == []


def test_a_slow_worker_may_still_say_that_it_was_sent(server):
    delivery = waiting()
    slow = deliveries._claim(delivery.pk, now=NOW)
    deliver(delivery)

    deliveries._note(slow, state="sent", sent_at=NOW, error="")

    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_a_slow_worker_is_ignored_once_a_person_has_decided(server):
    delivery, chair = waiting(), UserFactory()
    slow = deliveries._claim(delivery.pk, now=NOW)
    deliver(delivery)
    deliveries.send_again(delivery_id=delivery.pk, by=chair, now=NOW)

    deliveries._note(slow, state="sent", sent_at=NOW, error="")

    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_a_server_that_is_away_is_asked_again_for_a_day(server):
    server.answer = mail.Away("ConnectionRefusedError")
    delivery = waiting()

    with pytest.raises(outbox.NotYet):
        deliver(delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)

    deliver(delivery, now=NOW + timedelta(days=1, minutes=1))
    assert delivery.state == "failed"
    assert "for a day" in delivery.error


@pytest.mark.parametrize(
    ("answer", "state"), [(mail.Refused("550"), "failed"), (mail.Uncertain("Timeout"), "uncertain")]
)
def test_what_the_server_says_is_kept(server, answer, state):
    server.answer = answer

    delivery = deliver(waiting())

    assert (delivery.state, delivery.sent_at) == (state, None)
    assert str(answer) in delivery.error


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"is_active": False}, "The person's account has been closed."),
        (
            {"email_volume": User.EmailVolume.NEEDED},
            "The person asked for email only where something is needed from them.",
        ),
    ],
)
def test_recipients_are_looked_at_again_when_it_goes_out(change, sentence):
    person = UserFactory()
    delivery = waiting(person, for_information=True)
    User.objects.filter(pk=person.pk).update(**change)

    deliver(delivery)

    assert (delivery.state, delivery.error, django_mail.outbox) == ("withheld", sentence, [])


def test_what_needs_somebody_cannot_be_muted():
    assert deliver(waiting(UserFactory(email_volume=User.EmailVolume.NEEDED))).state == "sent"


def test_nobody_who_left_the_audience_is_written_to(monkeypatch):
    monkeypatch.setattr(audiences, "QUESTIONS", {})
    members = {1, 2}
    audiences.audience("tests.members")(lambda person, argument: int(argument) in members)
    staying, leaving = (waiting(key=f"k:{n}", audience=f"tests.members:{n}") for n in (1, 2))
    members.discard(2)

    assert (deliver(staying).state, deliver(leaving).state) == ("sent", "withheld")
    with pytest.raises(ValueError, match="already"):
        audiences.audience("tests.members")(lambda *_: True)


def left_uncertain() -> Delivery:
    delivery = waiting()
    deliveries._claim(delivery.pk, now=NOW)
    return deliver(delivery)


def test_a_person_has_it_sent_again():
    delivery, by = left_uncertain(), UserFactory()

    deliveries.send_again(delivery_id=delivery.pk, by=by, now=NOW)
    outbox.drain(now=timezone.now())

    delivery.refresh_from_db()
    assert (delivery.state, delivery.settled_by, delivery.attempts) == ("sent", by, 2)
    assert len(django_mail.outbox) == 1
    assert AuditEntry.objects.get(action="delivery.sent_again").by == by


@pytest.mark.parametrize(
    ("decide", "state", "action"),
    [
        (deliveries.it_arrived, "sent", "delivery.arrived"),
        (deliveries.leave_it, "withheld", "delivery.left"),
    ],
)
def test_a_person_settles_it(decide, state, action):
    delivery, by = left_uncertain(), UserFactory()

    decide(delivery_id=delivery.pk, by=by, now=NOW)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.settled_by, delivery.settled_at) == (state, by, NOW)
    assert AuditEntry.objects.filter(action=action, by=by).exists()


@pytest.mark.parametrize("decide", [deliveries.send_again, deliveries.it_arrived, deliveries.leave_it])
def test_what_is_settled_is_not_settled_again(decide):
    delivery, by = left_uncertain(), UserFactory()
    deliveries.it_arrived(delivery_id=delivery.pk, by=by, now=NOW)

    with pytest.raises(deliveries.AlreadySettled, match="dealt with already"):
        decide(delivery_id=delivery.pk, by=by, now=NOW)


class Refusing:
    """A mail backend that answers with the exception it is given, at the step it is given."""

    def __init__(self, *, at_open=None, at_send=None) -> None:
        self.at_open, self.at_send = at_open, at_send

    def open(self):
        if self.at_open:
            raise self.at_open

    def send_messages(self, _messages):
        if self.at_send:
            raise self.at_send

    def close(self):
        raise ConnectionResetError


@pytest.mark.parametrize(
    ("backend", "outcome", "words"),
    [
        (Refusing(at_open=ConnectionRefusedError()), mail.Away, "ConnectionRefusedError"),
        (Refusing(at_open=smtplib.SMTPAuthenticationError(535, b"x")), mail.Away, "SMTPAuthenticationError 535"),
        (Refusing(at_send=smtplib.SMTPDataError(451, b"later")), mail.Away, "SMTPDataError 451"),
        (Refusing(at_send=smtplib.SMTPDataError(554, b"no")), mail.Refused, "SMTPDataError 554"),
        (
            Refusing(at_send=smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no such ada")})),
            mail.Refused,
            "SMTPRecipientsRefused 550",
        ),
        (
            Refusing(at_send=smtplib.SMTPRecipientsRefused({"ada@example.org": (450, b"busy")})),
            mail.Away,
            "SMTPRecipientsRefused 450",
        ),
        (Refusing(at_send=ValueError("bad address")), mail.Refused, "ValueError"),
        (Refusing(at_send=smtplib.SMTPServerDisconnected()), mail.Uncertain, "SMTPServerDisconnected"),
        (Refusing(at_send=TimeoutError()), mail.Uncertain, "TimeoutError"),
        (Refusing(at_send=RuntimeError()), mail.Uncertain, "RuntimeError"),
    ],
)
def test_only_a_clear_answer_counts_as_one(monkeypatch, backend, outcome, words):
    monkeypatch.setattr(mail, "get_connection", lambda: backend)

    with pytest.raises(outcome) as caught:
        mail.hand_over(django_mail.EmailMessage(subject="x", to=["ada@example.org"]))

    assert str(caught.value) == words


@pytest.mark.parametrize("brk", ["\r\n", "\n", "\r", "\r\n\r\n"])
@pytest.mark.parametrize("header", ["Bcc: a@example.org", "Content-Type: text/html", "Subject: other", "X-Y: z"])
def test_no_header_can_be_smuggled_into_a_subject(brk, header):
    with pytest.raises(ValueError, match="one line"):
        waiting(subject=f"Agenda{brk}{header}")
