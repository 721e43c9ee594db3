"""Several lists in one question: the same objects as when each is listed on its own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Appointment, CommunityMembership, School
from core import together
from core.models import AuditEntry
from core.once import once_a_page, one_page

pytestmark = pytest.mark.django_db


def lists():
    return (
        School.objects.order_by("name"),
        Appointment.objects.select_related("person", "school", "community__area").order_by("pk"),
        CommunityMembership.objects.order_by("pk").values_list("school__name", "starts_on"),
        School.objects.order_by("-name").values_list("name", flat=True)[:2],
        School.objects.filter(pk__in=[]),
        AuditEntry.objects.order_by("pk"),
    )


def test_every_list_is_what_it_would_be_on_its_own(actors):
    alone, at_once = [list(queryset) for queryset in lists()], lists()

    together.fetch(*at_once)

    assert [list(queryset) for queryset in at_once] == alone
    assert [post.person.name for post in at_once[1]] == [post.person.name for post in alone[1]]


def test_one_question_however_many_lists(actors):
    with CaptureQueriesContext(connection) as asked:
        together.fetch(*lists())

    assert len(asked) == 1


def test_values_come_back_as_they_are(actors):
    posts = Appointment.objects.select_related("person").order_by("pk")
    together.fetch(posts)
    alone = Appointment.objects.select_related("person").order_by("pk")

    for found, known in zip(posts, alone, strict=True):
        for one, other in ((found, known), (found.person, known.person)):
            fields = one._meta.concrete_fields
            assert [getattr(one, field.attname) for field in fields] == [
                getattr(other, field.attname) for field in fields
            ]
            assert [type(getattr(one, field.attname)) for field in fields] == [
                type(getattr(other, field.attname)) for field in fields
            ]


def test_nothing_is_asked_of_nothing():
    empty = School.objects.none()
    together.fetch(empty)

    assert list(empty) == []


def test_a_question_is_asked_once_a_page_and_anew_outside():
    asked = []

    @once_a_page
    def question(number, *, on):
        asked.append(number)
        return number

    with one_page():
        assert [question(1, on=date(2026, 9, 1)) for _ in range(3)] == [1, 1, 1]
        assert question(2, on=date(2026, 9, 1)) == 2
    question(1, on=date(2026, 9, 1))
    question(1, on=date(2026, 9, 1))

    assert asked == [1, 2, 1, 1]
