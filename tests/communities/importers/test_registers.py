"""The published registers, line by line: what changes, what closes, what is left alone, what is refused."""

from datetime import date

import pytest
from django.utils import timezone

from communities.models import Area, District, PrimaryCareNetwork, School, SchoolLink, SchoolTrust
from core.imports import services, showing, working
from core.imports.base import IMPORTERS
from core.imports.services import NotLoaded
from core.models import ImportRun
from tests.actors import ADMIN
from tests.core.imports.files import csv_file
from tests.factories.communities import DistrictFactory, SchoolTrustFactory, TrustFactory

SCHOOLS = (
    '"URN","LA (code)","EstablishmentNumber","EstablishmentName","EstablishmentStatus (code)","CloseDate",'
    '"NumberOfPupils","DistrictAdministrative (code)"\r\n'
)
TRUSTS = "URN,Group UID,Group Name,Group Type,Joined date,Closed Date\n"


@pytest.fixture
def admin(actors):
    return actors[ADMIN].user


def read(admin, kind: str, text: str) -> ImportRun:
    run = services.upload(kind=kind, file=csv_file(text), name="list.csv", by=admin, now=timezone.now())
    working.read(run.pk)
    run.refresh_from_db()
    return run


def load(admin, kind: str, text: str) -> ImportRun:
    run = read(admin, kind, text)
    services.confirm(run_id=run.pk, by=admin, now=timezone.now())
    working.apply(run.pk, now=timezone.now())
    run.refresh_from_db()
    assert run.state == "done", run.sentence
    return run


def faults(run: ImportRun) -> list[str]:
    return [fault["sentence"] for row in run.rows.filter(change="faulty") for fault in row.faults]


def test_a_school_closes_when_the_register_says_so_and_keeps_its_address(admin, world):
    run = load(admin, "schools", SCHOOLS + '900101,"999","2000","Hartwell Academy","2","31-08-2026","180",""\r\n')

    school = School.objects.get(urn=900101)
    assert run.counts["closed"] == 1
    assert (school.status, school.closed_on, school.name, school.slug) == (
        "closed",
        date(2026, 8, 31),
        "Hartwell Academy",
        "hartwell-primary",
    )


def test_the_preview_writes_pupils_with_a_comma_and_numbers_of_schools_without(admin, world):
    run = read(admin, "schools", SCHOOLS + '900190,"999","2900","Great School","1","","1335",""\r\n')

    (row,) = showing.rows(run.rows.all(), IMPORTERS["schools"])
    shown = {name: after for name, _, after in row.details}
    assert (shown["Number"], shown["Pupils"]) == ("2900", "1,335")


def test_a_school_that_is_missing_from_the_file_is_left_alone(admin, world):
    before = School.objects.values().get(urn=900102)
    load(admin, "schools", SCHOOLS + '990001,"999","2001","New","1","","10",""\r\n')

    assert School.objects.values().get(urn=900102) == before


def test_schools_of_other_councils_are_passed_over_unless_they_are_here_already(admin, world):
    lines = (
        '100000,"201","3614","Elsewhere","1","","1",""\r\n900101,"201","2000","Hartwell Primary","1","","199",""\r\n'
    )
    run = load(admin, "schools", SCHOOLS + lines)

    assert run.counts["left_out"] == 1
    assert School.objects.get(urn=900101).la_code == "201"
    assert not School.objects.filter(urn=100000).exists()


def test_columns_the_file_has_not_got_are_left_alone(admin, world):
    School.objects.filter(urn=900101).update(street="1 Mill Lane", opened_on=date(1990, 9, 1))
    load(admin, "schools", SCHOOLS + '900101,"999","2000","Hartwell Primary","1","","150",""\r\n')

    school = School.objects.get(urn=900101)
    assert (school.roll, school.street, school.opened_on) == (150, "1 Mill Lane", date(1990, 9, 1))


def test_a_known_district_is_taken_over_and_an_unknown_one_left_alone(admin, world):
    DistrictFactory(code="E07000105", name="Ashford")
    line = '90010{},"999","200{}","School {}","03","","1","{}"\r\n'
    load(admin, "schools", SCHOOLS + line.format(1, 1, 1, "E07000105") + line.format(2, 2, 2, "E09000006"))

    assert School.objects.get(urn=900101).district.name == "Ashford"
    assert School.objects.get(urn=900102).district == world.district
    assert School.objects.get(urn=900101).status == "closing"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('x,"999","2001","A","1","","",""', "URN is “x”. Write a whole number up to 2,147,483,647, in figures only."),
        ('990001,"999","2001","","1","","",""', "EstablishmentName is empty. Fill it in."),
        ('990001,"999","20011","A","1","","",""', "EstablishmentNumber is “20011”. Write up to four figures."),
        ('990001,"999","2001","A","9","","",""', "EstablishmentStatus (code) is “9”. It must be one of: 1, 01, 2, 02, 3, 03, 4, 04."),
        ('990001,"999","2001","A","2","31-02-2020","",""', "CloseDate is “31-02-2020”, which is not a date. Write it like 24-11-2026."),
    ],
)  # fmt: skip
def test_a_school_that_cannot_be_understood_is_a_fault(admin, line, sentence):
    assert faults(read(admin, "schools", SCHOOLS + line + "\r\n")) == [sentence]


def test_a_school_twice_in_the_file_is_a_fault(admin):
    lines = '990001,"999","2001","A","1","","",""\r\n' * 2

    assert faults(read(admin, "schools", SCHOOLS + lines)) == [
        "A (990001): line 2 says so already. Each may stand in the file once."
    ]


def test_without_a_council_nothing_is_read(admin, world):
    world.county.la_code = ""
    world.county.save()

    assert read(admin, "schools", SCHOOLS).sentence == (
        "Say which council this is first: its name and LA code are set under County, Names and wording."
    )


def test_areas_are_added_with_their_districts_and_districts_move(admin, world):
    code = world.district.code
    run = load(
        admin, "districts", f"District code,District name,Area\n{code},Mid Weald,Coast\nE07000105,Ashford,East\n"
    )

    assert (run.counts["added"], run.counts["changed"], run.counts["same"]) == (2, 1, 1)
    assert District.objects.get(code=code).area == world.coast
    assert Area.objects.get(name="East").slug == "east"


def test_areas_that_look_alike_are_a_fault(admin, world):
    found = faults(read(admin, "districts", "District code,District name,Area\nE07000105,Ashford,weald\n"))

    assert found == ["weald is too much like Weald. Write it the same way everywhere."]


def test_a_code_that_is_none_of_a_district_is_a_fault(admin, world):
    found = faults(read(admin, "districts", "District code,District name,Area\nXX,Ashford,Weald\n"))

    assert found == ["“XX” is no code of a district. Codes look like E07000105."]


def test_districts_without_a_column_for_areas_keep_theirs(admin, world):
    load(admin, "districts", f"LAD24CD,LAD24NM\n{world.district.code},Middle Weald\n")

    world.district.refresh_from_db()
    assert (world.district.name, world.district.area) == ("Middle Weald", world.weald)


def test_the_district_of_a_school_is_set(admin, world):
    DistrictFactory(code="E07000105", name="Ashford")
    lines = "URN,District code\n900101,E07000105\n900102,E09000006\n"
    run = load(admin, "school-districts", lines)

    assert (run.counts["changed"], run.counts["left_out"]) == (1, 1)
    assert faults(read(admin, "school-districts", "URN,District code\n111111,E07000105\n900101,Ashford\n")) == [
        "There is no school with URN 111111. Load the schools first.",
        "“Ashford” is no code of a district. Codes look like E07000105.",
    ]


def test_links_of_schools_that_are_not_here_are_passed_over(admin, world):
    lines = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n900101,900001,Old,Predecessor,31-08-2010\n1,2,X,Successor,\n"
    run = load(admin, "school-links", lines)

    assert run.counts["left_out"] == 1
    assert str(SchoolLink.objects.get().established_on) == "2010-08-31"


def test_sponsors_are_passed_over_and_closed_trusts_end(admin, world):
    lines = (
        "900102,99001,Valley Trust,Multi-academy trust,2017-09-01,\n"
        "900102,99002,Rich Sponsor,School sponsor,2017-09-01,\n"
        "900104,99003,Old Trust,Single-academy trust,2010-09-01,2015-08-31\n"
    )
    run = load(admin, "trusts", TRUSTS + lines)

    assert (run.counts["added"], run.counts["left_out"]) == (4, 1)
    assert SchoolTrust.objects.get(trust__uid="99003").ends_on == date(2015, 8, 31)


def test_an_academy_that_joins_another_trust_leaves_the_former_the_day_before(admin, world):
    old = TrustFactory(uid="88001", name="Old Trust", kind="Multi-academy trust")
    federation = TrustFactory(uid="88002", name="Two Valleys", kind="Federation")
    for trust in (old, federation):
        SchoolTrustFactory(school=world.oakfield, trust=trust, starts_on=date(2015, 9, 1))

    run = load(admin, "trusts", TRUSTS + "900102,99001,New Trust,Multi-academy trust,2026-09-01,\n")

    links = SchoolTrust.objects.filter(school=world.oakfield).order_by("pk")
    assert [(link.trust.name, link.ends_on) for link in links] == [
        ("Old Trust", date(2026, 8, 31)),
        ("Two Valleys", None),
        ("New Trust", None),
    ]
    assert run.counts["closed"] == 1
    services.undo(run_id=run.pk, by=admin, now=timezone.now())
    assert SchoolTrust.objects.filter(school=world.oakfield, ends_on=None).count() == 2


def test_the_name_of_a_trust_must_be_the_same_on_all_its_lines(admin, world):
    line = "90010{},99001,{},Multi-academy trust,2017-09-01,\n"

    found = faults(read(admin, "trusts", TRUSTS + line.format(1, "Valley") + line.format(2, "Vale")))

    assert found == ["Vale: line 2 says something else about it. Each may stand in the file once."]


def test_networks_want_a_workbook(admin):
    with pytest.raises(services.UploadRefused, match="Upload an Excel workbook"):
        read(admin, "networks", "PCN Code\n")


def test_networks_want_the_nhs_area_of_the_council(admin, data):
    with pytest.raises(NotLoaded, match="Say which NHS area"):
        services.run_to_end(kind="networks", path=data / "ePCN_2025-01.xlsx", by=admin, now=timezone.now())

    assert not PrimaryCareNetwork.objects.exists()


def test_only_administrators_load_registers(actors, world):
    from core.verdicts import Refused

    with pytest.raises(Refused, match="Only a county administrator can do this"):
        read(actors["chair"].user, "schools", SCHOOLS)


def test_a_school_in_use_is_not_taken_back(admin, world):
    run = load(admin, "schools", SCHOOLS + '990001,"999","2001","New","1","","10",""\r\n')
    SchoolTrustFactory(school=School.objects.get(urn=990001), trust=TrustFactory())

    with pytest.raises(services.base.CannotUndo, match=r"New \(990001\) is in use by now \(school trust\)"):
        services.undo(run_id=run.pk, by=admin, now=timezone.now())

    assert School.objects.filter(urn=990001).exists()


def test_what_is_gone_cannot_be_taken_back(admin, world):
    run = load(admin, "schools", SCHOOLS + '990001,"999","2001","New","1","","10",""\r\n')
    School.objects.filter(urn=990001).delete()

    with pytest.raises(services.base.CannotUndo, match="is no longer there"):
        services.undo(run_id=run.pk, by=admin, now=timezone.now())


def test_school_names_that_repeat_get_addresses_of_their_own(admin, world):
    line = '99000{},"999","","St. Anne","{}","","",""\r\n'
    load(admin, "schools", SCHOOLS + line.format(1, 2) + line.format(2, 1) + line.format(3, 1))

    slugs = dict(School.objects.filter(name="St. Anne").values_list("urn", "slug"))
    assert slugs == {990001: "st-anne-990001", 990002: "st-anne", 990003: "st-anne-990003"}
    assert School.objects.get(urn=990002).dfe_number == ""


@pytest.fixture
def data():
    from pathlib import Path

    return Path(__file__).parents[2] / "data"
