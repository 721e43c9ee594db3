"""Telling people things: once, on one line, by a link of our own."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import tokens
from accounts.models import Delivery, Notice
from accounts.services import invitations
from accounts.services.notices import notify
from core.models import OutboxMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def tell(*people, **changes):
    words = {
        "subject": "Agenda published for North",
        "text": "The meeting is on Tuesday.",
        "link": "/meetings/north/2026-11-24/",
        "key": "meetings.published:1",
        "now": timezone.now(),
    }
    notify(people, **(words | changes))


def test_each_person_gets_one_notice_and_one_promised_email():
    ada, ben = UserFactory(), UserFactory()

    tell(ada, ben)

    assert set(Notice.objects.values_list("person_id", "subject", "read_at")) == {
        (ada.pk, "Agenda published for North", None),
        (ben.pk, "Agenda published for North", None),
    }
    promised = OutboxMessage.objects.filter(topic="accounts.deliver")
    assert {message.payload["id"] for message in promised} == set(
        Delivery.objects.filter(state="waiting").values_list("pk", flat=True)
    )
    assert promised.count() == 2


def test_the_same_key_tells_a_person_once_and_a_newcomer_too():
    ada, ben = UserFactory(), UserFactory()

    tell(ada)
    tell(ada, ada, ben, subject="Said again")

    assert list(Notice.objects.order_by("pk").values_list("person_id", "subject")) == [
        (ada.pk, "Agenda published for North"),
        (ben.pk, "Said again"),
    ]
    assert Delivery.objects.count() == OutboxMessage.objects.count() == 2


def test_who_is_still_invited_gets_no_email_beside_the_invitation():
    invited = invitations.invite(email="new@example.org", name="New", by=UserFactory(), now=timezone.now())

    tell(invited.person)

    assert Notice.objects.filter(person=invited.person).count() == 1
    assert not Delivery.objects.exclude(invitation=invited).exists()

    invitations.accept(token=tokens.write(invited), password="correct horse battery", now=timezone.now())
    tell(invited.person, key="meetings.published:2")

    assert Delivery.objects.get(invitation=None).notice.key == "meetings.published:2"


def test_people_who_have_left_are_not_told():
    tell(UserFactory(is_active=False))

    assert not Notice.objects.exists()


@pytest.mark.parametrize("size", [1, 30])
def test_telling_many_costs_the_same_as_telling_one(size, django_assert_max_num_queries):
    people = UserFactory.create_batch(size)

    with django_assert_max_num_queries(8):
        tell(*people)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Hello\r\nBcc: everybody@example.org"},
        {"subject": "Hello\nthere"},
        {"subject": ""},
        {"link": "https://example.org/"},
        {"link": "//example.org/"},
        {"link": "/\\example.org"},
        {"link": "/meetings/\n"},
        {"key": ""},
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"A (subject|link|notice)"):
        tell(UserFactory(), **wrong)


@pytest.mark.parametrize("wrong", [{"subject": "two\nlines"}, {"link": "//elsewhere"}, {"link": "/a\nb"}])
def test_the_database_refuses_nonsense_too(wrong):
    words = {
        "subject": "One line",
        "link": "/",
        "key": "k",
        "created_at": timezone.now(),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=UserFactory(), **(words | wrong))
