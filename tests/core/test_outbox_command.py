"""What a person on duty sees of promises that were given up."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def parked():
    moment = timezone.now() - timedelta(hours=1)
    return OutboxMessage.objects.create(
        topic="funding.approved", key="7", attempts=8, error="Gone()", parked_at=moment, due_at=moment
    )


def test_it_lists_what_was_given_up(parked, capsys):
    call_command("outbox")

    assert capsys.readouterr().out == f"Due now: 0. Parked: 1.\n{parked.pk}  funding.approved  7  8 tries  Gone()\n"


@pytest.mark.parametrize("by", ["number", "all"])
def test_it_gives_a_fresh_start(parked, capsys, by):
    call_command("outbox", *(["--retry", str(parked.pk)] if by == "number" else ["--retry-all"]))

    parked.refresh_from_db()
    assert (parked.parked_at, parked.attempts) == (None, 0)
    assert capsys.readouterr().out == f"{parked.pk}: will be tried again\nDue now: 1. Parked: 0.\n"


def test_it_says_when_there_was_nothing_to_retry(capsys):
    call_command("outbox", "--retry", "99")

    assert capsys.readouterr().out == "99: was not parked\nDue now: 0. Parked: 0.\n"
