"""Two files of one kind are loaded at the same moment: the second finds the world as the first left it."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from communities.models import District
from core.imports import base, preview, services, working
from core.models import ImportRun
from tests.core.imports.files import Districts, csv_file
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

LINES = "Code,Name\n" + "".join(f"E{number:08},District {number}\n" for number in range(20))


@pytest.fixture
def confirmed(monkeypatch) -> list[int]:
    """Two runs of the same file, confirmed; each loader waits a moment for the other after it has compared."""
    monkeypatch.setitem(base.IMPORTERS, "made-up", Districts())
    by, now, runs = UserFactory(), timezone.now(), []
    for _ in range(2):
        file = csv_file(LINES)
        run = services.upload(kind="made-up", file=file, name="list.csv", by=by, now=now)
        working.read(run.pk)
        services.confirm(run_id=run.pk, by=by, now=now)
        runs.append(run.pk)
    meeting, compare = threading.Barrier(2), preview.compared

    def compare_and_wait(*args, **kwargs):
        found = compare(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=2)
        return found

    monkeypatch.setattr(preview, "compared", compare_and_wait)
    return runs


def load_both(runs: list[int]) -> list[tuple[str, str]]:
    """(state, sentence) of each, sorted."""

    def load(run_id: int) -> None:
        while ImportRun.objects.filter(pk=run_id, state__in=["confirmed", "applying"]).exists():
            with suppress(working.Busy):  # the outbox asks again a little later
                working.apply(run_id, now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=load, args=(run_id,)) for run_id in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(ImportRun.objects.values_list("state", "sentence"))


def test_the_second_file_finds_the_world_as_the_first_left_it(confirmed):
    assert load_both(confirmed) == [("done", ""), ("outdated", working.MOVED)]
    assert District.objects.count() == 20


def test_control_without_the_lock_both_compare_with_the_old_world(confirmed, monkeypatch):
    """Red control: with the lock taken away both are loaded, each from a preview that was true for one of them only."""
    monkeypatch.setattr(working, "hold", lambda: None)

    assert load_both(confirmed) == [("done", ""), ("done", "")]
