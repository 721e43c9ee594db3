"""A process that dies anywhere leaves either the change and its promise, or neither; a lost wake-up loses nothing."""

import random
import subprocess
import sys

import pytest
from django.utils import timezone

from accounts.models import Delivery, Notice
from core import outbox
from core.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.faults.workers import ROOT, environment

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
LIVES = 200


def test_what_was_committed_was_promised_and_what_was_not_was_not(record_figures):
    UserFactory()
    seed = random.randrange(10**6)

    words = [sys.executable, "-m", "tests.faults.dying", str(seed), str(LIVES)]
    lives = subprocess.run(words, env=environment(), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    died_at = dict(line.split("\t") for line in lives.splitlines())

    committed = {key for key, point in died_at.items() if point in ("between commit and publish", "after publish")}
    record_figures(seed=seed, lives=len(died_at), committed=len(committed), rolled_back=LIVES - len(committed))
    assert set(Notice.objects.values_list("key", flat=True)) == committed
    promised = set(OutboxMessage.objects.values_list("payload__id", flat=True))
    assert promised == set(Delivery.objects.values_list("pk", flat=True))
    assert len(promised) == len(committed)

    assert outbox.drain(now=timezone.now()) == len(committed)  # beat looks every minute, called or not
    assert Delivery.objects.filter(state="sent").count() == len(committed)
