"""Our own list of communities: every fault has its sentence, and moving a school is two lines."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import Community, CommunityMembership, CommunityPCN, Role
from communities.services import appointments
from core.imports import services, working
from core.models import AuditEntry, ImportRun
from tests.actors import ADMIN, COLLEAGUE
from tests.core.imports.files import csv_file
from tests.factories.communities import PrimaryCareNetworkFactory, SchoolFactory, SchoolLinkFactory

KINDS = "full, associate, provider, full member, associate member, provider of support"
CLASH = (
    "Hartwell Primary is already full member of North from 1 September 2020 until further notice. "
    "Give the other membership a last day, or begin this one later."
)
NO_SCHOOL = "There is no school with URN 990999. Check the number, or load the schools first."
HEADER = "Community,Area,School,Kind,Starts on,Ends on,PCN codes\n"


@pytest.fixture
def admin(actors) -> User:
    PrimaryCareNetworkFactory(code="U99001", name="VALLEY PCN")
    return actors[ADMIN].user


def read(admin, *lines: str) -> ImportRun:
    text = HEADER + "\n".join(lines) + "\n"
    run = services.upload(kind="communities", file=csv_file(text), name="list.csv", by=admin, now=timezone.now())
    working.read(run.pk)
    run.refresh_from_db()
    return run


def load(admin, *lines: str) -> ImportRun:
    run = read(admin, *lines)
    services.confirm(run_id=run.pk, by=admin, now=timezone.now())
    working.apply(run.pk, now=timezone.now())
    run.refresh_from_db()
    assert run.state == "done", run.sentence
    return run


def faults(run: ImportRun) -> list[tuple[int, str, str]]:
    assert not run.sentence
    return [
        (row.line, fault["column"], fault["sentence"])
        for row in run.rows.filter(change="faulty")
        for fault in row.faults
    ]


def test_a_new_community_opens_on_its_first_day_with_its_networks(admin):
    SchoolFactory(urn=990011, establishment_number="4001", name="Mill Lane")
    SchoolFactory(urn=990012, name="Barn Field")
    load(
        admin,
        "New Valley,Weald,999/4001,,01-09-2026,,U99001",
        "New Valley,Weald,990012,associate,01-10-2026,31-08-2027,u99001",
    )

    community = Community.objects.get(name="New Valley")
    assert (community.slug, community.opened_on, community.area.name) == ("new-valley", date(2026, 9, 1), "Weald")
    assert [(m.school.name, m.kind, m.ends_on) for m in community.memberships.order_by("starts_on")] == [
        ("Mill Lane", "full", None),
        ("Barn Field", "associate", date(2027, 8, 31)),
    ]
    assert CommunityPCN.objects.get(community=community).starts_on == date(2026, 9, 1)


def test_every_membership_is_an_act_in_the_audit(admin, world):
    load(admin, "South,Coast,900102,associate,01-09-2026,,")

    entry = AuditEntry.objects.get(action="communities.school_joined")
    assert (entry.by, entry.details["source"], entry.details["key"]) == (admin, "import", "South|900102|2026-09-01")


def test_moving_a_school_ends_one_membership_and_begins_another(admin, world):
    run = load(admin, "North,Weald,900102,full,01-09-2020,31-12-2026,", "South,Coast,900102,full,01-01-2027,,")

    assert (run.counts["closed"], run.counts["added"]) == (1, 1)
    assert list(
        CommunityMembership.objects.filter(school=world.oakfield)
        .order_by("starts_on")
        .values_list("community__name", "ends_on")
    ) == [("North", date(2026, 12, 31)), ("South", None)]


def test_people_of_a_school_that_joins_have_their_powers_on_the_next_request(admin, actors, world):
    colleague = actors[COLLEAGUE].user
    assert not powers.holds(colleague, "view_community", world.south)

    load(admin, "South,Coast,900102,associate,01-09-2020,,")

    assert powers.holds(User.objects.get(pk=colleague.pk), "view_community", world.south)


def test_taking_back_takes_powers_away_again(admin, actors, world):
    run = load(admin, "South,Coast,900102,associate,01-09-2020,,")
    services.undo(run_id=run.pk, by=admin, now=timezone.now())

    assert not powers.holds(User.objects.get(pk=actors[COLLEAGUE].user.pk), "view_community", world.south)


def test_what_is_here_already_is_the_same(admin, world):
    run = read(admin, "North,Weald,900101,full,01-09-2020,,")

    assert (run.counts["same"], run.counts["added"]) == (2, 0)


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        ("North,Wealdd,900101,full,01-09-2020,,", "Area", "There is no area Wealdd. Areas are: Coast, Weald."),
        ("north,Weald,900101,full,01-09-2020,,", "Community", "north is too much like North. Write the name the same way everywhere."),
        ("???,Weald,900101,full,01-09-2020,,", "Community", "??? has no letters that an address could be made of."),
        ("N|rth,Weald,900101,full,01-09-2020,,", "Community", "Community holds the sign “|”. Leave it out."),
        (",Weald,900101,full,01-09-2020,,", "Community", "Community is empty. Fill it in."),
        ("North,Weald,990999,full,01-09-2020,,", "School", NO_SCHOOL),
        ("North,Weald,999/0001,full,01-09-2020,,", "School", "There is no school with DfE number 999/0001."),
        ("North,Weald,Hartwell,full,01-09-2020,,", "School", "“Hartwell” is neither a URN (six figures) nor a DfE number (as 886/2001)."),
        ("North,Weald,900101,half,01-09-2020,,", "Kind", f"Kind is “half”. It must be one of: {KINDS}."),
        ("North,Weald,900101,full,,,", "Starts on", "Starts on is empty. Fill it in."),
        ("North,Weald,900101,full,01-09-2020,31-08-2020,", "Ends on", "Ends on is before Starts on."),
        ("North,Weald,900101,full,01-09-2020,,U00000", "PCN codes", "There is no primary care network U00000. Load the networks first."),
        ("South,Coast,900101,full,01-09-2026,,", "Starts on", CLASH),
        ("North,Weald,900101,associate,01-09-2026,,", "Starts on", CLASH),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(admin, line, column, sentence):
    assert faults(read(admin, line)) == [(2, column, sentence)]


def test_two_lines_that_clash_name_each_other(admin):
    SchoolFactory(urn=990011, name="Mill Lane")

    found = faults(read(admin, "North,Weald,990011,full,01-09-2026,,", "South,Coast,990011,full,01-01-2027,,"))

    assert found == [
        (
            3,
            "Starts on",
            "Mill Lane is already full member of North from 1 September 2026 until further notice (line 2). "
            "Give the other membership a last day, or begin this one later.",
        )
    ]


def test_a_community_in_two_areas_is_a_fault(admin):
    SchoolFactory(urn=990011)
    SchoolFactory(urn=990012)

    found = faults(read(admin, "New,Weald,990011,full,01-09-2026,,", "New,Coast,990012,full,01-09-2026,,"))

    assert found == [(3, "Area", "New: line 2 says something else about it. Each may stand in the file once.")]


def test_the_same_line_twice_is_a_fault(admin):
    SchoolFactory(urn=990011, name="Mill Lane")

    found = faults(read(admin, *["New,Weald,990011,full,01-09-2026,,"] * 2))

    assert found[0] == (3, "School", "Mill Lane in New: line 2 says so already. Each may stand in the file once.")


def test_a_closed_school_is_no_member_and_its_successor_is_named(admin):
    old = SchoolFactory(urn=990011, name="Old Lane", status="closed", closed_on=date(2024, 8, 31))
    SchoolLinkFactory(school=old, linked_urn=990012, linked_name="New Lane Academy", kind="Successor")

    found = faults(read(admin, "North,Weald,990011,full,01-09-2020,,"))

    assert found == [
        (
            2,
            "School",
            "Old Lane closed on 31 August 2024. Give the line a last day, or leave it out. "
            "Its successor is New Lane Academy (990012).",
        )
    ]
    assert faults(read(admin, "North,Weald,990011,full,01-09-2020,31-08-2024,")) == []


def test_a_number_that_a_school_shares_with_its_predecessor_means_the_open_one(admin):
    SchoolFactory(urn=990011, establishment_number="4001", name="Old Lane", status="closed")
    SchoolFactory(urn=990012, establishment_number="4001", name="New Lane")

    load(admin, "North,Weald,9994001,full,01-09-2026,,")

    assert CommunityMembership.objects.get(starts_on=date(2026, 9, 1)).school.name == "New Lane"


def test_a_number_of_two_open_schools_asks_for_the_urn(admin):
    SchoolFactory(urn=990011, establishment_number="4001", name="Infants")
    SchoolFactory(urn=990012, establishment_number="4001", name="Juniors")

    found = faults(read(admin, "North,Weald,999/4001,full,01-09-2026,,"))

    assert found[0][2] == "999/4001 is the number of Infants (990011) and Juniors (990012). Give the URN instead."


def test_no_school_joins_a_community_whose_chair_works_there(admin, world):
    found = faults(read(admin, "North,Weald,900104,associate,01-09-2026,,"))

    assert found[0][:2] == (2, "School")
    assert found[0][2].startswith("Chair Person chairs North and holds a post at Quay Infants.")


def test_no_school_joins_a_community_that_closed(admin, world):
    Community.objects.filter(name="North").update(closed_on=date(2026, 7, 31))

    found = faults(read(admin, "North,Weald,900101,full,01-09-2026,,"))

    assert (2, "Community", "North closed on 31 July 2026. No school can join it.") in found


def test_a_chair_who_came_since_the_preview_stops_the_file(admin, world):
    SchoolFactory(urn=990011, name="Mill Lane")
    run = read(admin, "New,Weald,990011,full,01-09-2026,,")
    services.confirm(run_id=run.pk, by=admin, now=timezone.now())
    Community.objects.create(name="Neu", slug="new", area=world.weald, opened_on=date(2026, 9, 1))

    working.apply(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert run.state == "outdated"
    assert not Community.objects.filter(name="New").exists()


def test_a_community_in_use_cannot_be_taken_back(admin, world):
    SchoolFactory(urn=990011, name="Mill Lane")
    run = load(admin, "New,Weald,990011,full,01-09-2026,,")
    community = Community.objects.get(name="New")
    post = appointments.Post(role=Role.CHAIR, scope_id=community.pk, starts_on=date(2026, 9, 1))
    appointments.appoint(person_id=admin.pk, post=post, by=admin, now=timezone.now())

    with pytest.raises(services.base.CannotUndo, match=r"New is in use by now \(appointment\)"):
        services.undo(run_id=run.pk, by=admin, now=timezone.now())

    assert community.memberships.count() == 1


def test_a_membership_that_was_ended_since_cannot_be_taken_back(admin):
    SchoolFactory(urn=990011, name="Mill Lane")
    run = load(admin, "North,Weald,990011,full,01-09-2026,,")
    CommunityMembership.objects.filter(school__urn=990011).update(ends_on=date(2026, 12, 31))

    with pytest.raises(services.base.CannotUndo, match="Mill Lane in North was changed after this import"):
        services.undo(run_id=run.pk, by=admin, now=timezone.now())
