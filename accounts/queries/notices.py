"""What a person was told."""

from django.db.models import F, QuerySet

from accounts.models import Notice, User


def notices_of(person: User) -> "QuerySet[Notice]":
    """Everything the person was told: unread first, then what was read last; newest first within each."""
    return Notice.objects.filter(person=person).order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


def unread_of(person: User) -> "QuerySet[Notice]":
    """What the person has not read yet, newest first."""
    return Notice.objects.filter(person=person, read_at=None).order_by("-created_at", "-pk")
