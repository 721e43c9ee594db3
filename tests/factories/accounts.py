"""Made-up people, and what they are told."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts.models import Delivery, Invitation, Notice, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Made-up Person {n}")


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    person = factory.SubFactory(UserFactory)
    subject = factory.Sequence(lambda n: f"Agenda {n} published for North")
    text = "The meeting is on Tuesday."
    link = "/help/"
    key = factory.Sequence(lambda n: f"tests.notice:{n}")
    created_at = factory.LazyFunction(timezone.now)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    person = factory.SubFactory(UserFactory)
    invited_by = factory.SubFactory(UserFactory)
    invited_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda made: made.invited_at + timedelta(days=14))


class DeliveryFactory(factory.django.DjangoModelFactory):
    """Waiting, unless told otherwise; one that left us has its moments."""

    class Meta:
        model = Delivery

    class Params:
        uncertain = factory.Trait(
            state="uncertain",
            attempts=1,
            claimed_at=factory.LazyFunction(timezone.now),
            error="The worker stopped while it was sending this.",
        )

    notice = factory.SubFactory(NoticeFactory)
