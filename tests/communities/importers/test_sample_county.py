"""Wealdshire is loaded through the real importers, whole and without a fault."""

import pytest
from django.utils import timezone

from communities.models import Area, Community, CommunityMembership, Practice, PrimaryCareNetwork, Role, School, Trust
from core.imports import services
from core.models import ImportRun
from sample_county import COUNTY, FILES, FOLDER, make
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory, CountyFactory


@pytest.fixture
def runs(db) -> list[ImportRun]:
    admin = AppointmentFactory(person=UserFactory(), role=Role.ADMINISTRATOR, county=CountyFactory(**COUNTY)).person
    return [
        services.run_to_end(kind=kind, path=FOLDER / name, by=admin, now=timezone.now())
        for _ in range(2)
        for kind, name in FILES
    ]


def test_wealdshire_is_loaded_and_a_second_time_there_is_no_change(runs):
    assert [run.state for run in runs] == ["done"] * len(FILES) + ["ready"] * len(FILES)
    assert (Area.objects.count(), Community.objects.count(), Trust.objects.count()) == (2, 6, 4)
    assert dict.fromkeys(School.objects.values_list("status", flat=True)).keys() == {
        "open",
        "closing",
        "closed",
        "proposed",
    }
    assert School.objects.filter(status__in=["open", "closing"]).count() == 60
    assert (PrimaryCareNetwork.objects.count(), Practice.objects.count()) == (7, 21)
    assert School.objects.get(urn=990008).name == "Brontë Road Primary School"


def test_one_school_moved_and_every_open_school_is_a_member_of_one_community(runs):
    now = CommunityMembership.objects.live_on(timezone.datetime(2026, 11, 24).date())

    assert now.count() == now.values("school").distinct().count() == 60
    assert CommunityMembership.objects.exclude(ends_on=None).get().community.name == "Aldermoor South"


def test_the_files_are_those_that_are_made(tmp_path, monkeypatch):
    from random import Random

    monkeypatch.setattr(make, "FOLDER", tmp_path)
    monkeypatch.setattr(make, "MADE", Random(999))
    make.main()

    for made in tmp_path.glob("*.csv"):
        assert made.read_bytes() == (FOLDER / made.name).read_bytes()
