"""The files as they are published: Kent's schools, links, trusts and networks, whole."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from communities.models import (
    Area,
    Community,
    CommunityMembership,
    CommunityPCN,
    District,
    Practice,
    PracticeLink,
    PrimaryCareNetwork,
    Role,
    School,
    SchoolLink,
    SchoolTrust,
    Trust,
)
from core.imports import services
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory, CountyFactory

DATA = Path(__file__).parents[2] / "data"
TABLES = (Area, District, School, SchoolLink, Trust, SchoolTrust, PrimaryCareNetwork, Practice, PracticeLink, Community,
          CommunityMembership, CommunityPCN)  # fmt: skip


def tables_hash() -> tuple[str, ...]:
    """One hash of the rows of each register, made where they are kept."""
    with connection.cursor() as cursor:
        return tuple(_hash(cursor, model._meta.db_table) for model in TABLES)


def _hash(cursor, table: str) -> str:
    cursor.execute(f"SELECT md5(string_agg(whole::text, ';' ORDER BY id)) FROM {table} AS whole")
    return str(cursor.fetchone()[0])


@pytest.fixture
def admin(db):
    county = CountyFactory(name="Kent", la_code="886", sub_icb_code="91Q")
    return AppointmentFactory(person=UserFactory(), role=Role.ADMINISTRATOR, county=county).person


def load(kind: str, name: str, admin):
    return services.run_to_end(kind=kind, path=DATA / name, by=admin, now=timezone.now())


ORDER = {
    "districts": "kent_districts.csv",
    "schools": "kent_schools.csv",
    "school-districts": "kent_school_district.csv",
    "school-links": "kent_school_links.csv",
    "trusts": "kent_group_links_2022.csv",
    "networks": "ePCN_2025-01.xlsx",
}


def load_before(kind: str, admin) -> None:
    """Everything a new county would have loaded before this file."""
    for earlier in list(ORDER)[: list(ORDER).index(kind)]:
        load(earlier, ORDER[earlier], admin)


def test_every_district_of_the_county_is_loaded_and_its_neighbour_is_passed_over(admin):
    run = load("districts", ORDER["districts"], admin)

    assert (District.objects.count(), run.counts["left_out"]) == (12, 1)


def test_every_school_of_the_file_is_loaded(admin):
    run = load("schools", ORDER["schools"], admin)

    assert run.counts["added"] == School.objects.count() == 1335
    assert School.objects.filter(status="open").count() == 706
    assert School.objects.filter(status="closed").count() == 629
    assert School.objects.get(urn=118229).roll == 91
    assert School.objects.filter(name="St. Clement’s CE Primary School").exists()
    assert School.objects.values("slug").distinct().count() == 1335


def test_of_two_schools_with_one_name_the_open_one_has_the_short_address(admin):
    load("schools", ORDER["schools"], admin)

    closed = School.objects.filter(status="closed")
    assert all(school.slug.endswith(f"-{school.urn}") for school in closed)
    assert School.objects.filter(status="open", slug__endswith="-1").count() == 0


def test_schools_find_their_districts(admin):
    load_before("school-links", admin)

    assert School.objects.filter(status="open").exclude(district=None).count() == 705


def test_links_trusts_and_networks_equal_the_files(admin):
    load_before("networks", admin)
    load("networks", ORDER["networks"], admin)

    assert SchoolLink.objects.count() == 849
    assert (SchoolTrust.objects.count(), SchoolTrust.objects.filter(ends_on=None).count()) == (350, 348)
    ours = PrimaryCareNetwork.objects.filter(sub_icb_code="91Q")
    assert (ours.count(), ours.filter(closed_on=None).count()) == (46, 43)
    assert (PracticeLink.objects.count(), PracticeLink.objects.filter(ends_on=None).count()) == (239, 176)


@pytest.mark.parametrize("kind", ORDER)
def test_a_second_time_there_are_no_changes_and_taking_back_restores_every_table(kind, admin):
    load_before(kind, admin)
    before = tables_hash()

    run = load(kind, ORDER[kind], admin)
    after = tables_hash()
    again = load(kind, ORDER[kind], admin)
    services.undo(run_id=run.pk, by=admin, now=timezone.now())

    assert after != before
    assert (again.state, again.counts["same"]) == (
        "ready",
        sum(run.counts[key] for key in ("added", "changed", "closed")),
    )
    assert tables_hash() == before


def test_the_full_column_set_of_the_national_file_is_understood(admin):
    type(admin.appointments.get().county).objects.update(la_code="202")

    run = load("schools", "gias_sample.csv", admin)

    assert (run.counts["added"], run.counts["left_out"]) == (37, 4)
    assert School.objects.exclude(opened_on=None).count() == 3
