"""The county administrator loads the list of communities: a fault, the mended file, the preview, loading, taking back."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from communities.models import Community, CommunityMembership
from core import outbox
from tests.actors import ADMIN
from tests.factories.communities import PrimaryCareNetworkFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Community,Area,School,Kind,Starts on,Ends on,PCN codes\r\n"
GOOD = HEADER + (
    "Hartwell Valley,Weald,999/4001,full,01-09-2026,,U99001\r\n"
    "Hartwell Valley,Weald,990012,full,01-09-2026,,U99001 U99002\r\n"
    "Hartwell Valley,Weald,990013,associate,01-09-2026,31-08-2027,\r\n"
    "North,Weald,900101,full,01-09-2020,,\r\n"
)
FAULTY = GOOD.replace("990013", "990031").replace("01-09-2026,,U99001 U99002", "31-09-2026,,U99001 U99002")


@pytest.fixture
def admin(actors):
    SchoolFactory(urn=990011, establishment_number="4001", name="Mill Lane Primary", slug="mill-lane")
    SchoolFactory(urn=990012, name="St. Anne’s Infants", slug="st-annes")
    SchoolFactory(urn=990013, name="Barnfield Special", slug="barnfield")
    for number in (1, 2):
        PrimaryCareNetworkFactory(code=f"U9900{number}", name=f"VALLEY PCN {number}")
    return actors[ADMIN].user


def upload(person, text: str, name: str) -> None:
    person.page.get_by_label("Choose a file").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": text.encode()}]
    )
    person.press("Upload and compare")


def worker(person) -> None:
    """What the worker does within moments, once the page says that it waits for it."""
    person.sees("This page moves on by itself.")
    outbox.drain(now=timezone.now())


def test_a_list_of_communities_is_mended_loaded_and_taken_back(admin, at_browser):
    person = at_browser(admin).go("/county/imports/").look("imports-list")
    person.press("Communities and their schools").sees("What the file must hold").look("imports-upload")
    person.press("Upload and compare").sees("Choose a file to upload").look("imports-upload-nothing")

    upload(person, FAULTY, "communities.csv")
    person.sees("Reading communities.csv").look("imports-reading")
    worker(person)
    person.sees("Mend 2 lines of communities.csv")
    person.sees("Starts on is “31-09-2026”, which is not a date.")
    person.sees("There is no school with URN 990031.").look("imports-faults")

    person.press("Upload the mended file")
    upload(person, GOOD, "communities-mended.csv")
    worker(person)
    person.sees("Check what communities-mended.csv would change").look("imports-preview")
    person.press("The same (2)").sees("Hartwell Primary in North").look("imports-preview-same")
    assert not Community.objects.filter(name="Hartwell Valley").exists()

    person.press("Load 6 changes").sees("Loading communities-mended.csv").look("imports-loading")
    worker(person)
    person.sees("communities-mended.csv was loaded").look("imports-done")
    assert CommunityMembership.objects.filter(community__name="Hartwell Valley").count() == 3

    person.press("Take this import back").sees("Take back communities-mended.csv?").look("imports-take-back")
    person.press("Take the import back").sees("communities-mended.csv was taken back").look("imports-taken-back")
    assert not Community.objects.filter(name="Hartwell Valley").exists()
    person.go("/county/imports/").look("imports-history")


def test_the_same_without_javascript(admin, at_browser):
    person = at_browser(admin, javascript=False).go("/county/imports/communities/")

    upload(person, GOOD, "communities.csv")
    person.sees("Reading communities.csv")
    worker(person)
    person.press("look again").sees("Check what communities.csv would change")
    person.press("Load 6 changes")
    worker(person)
    person.press("look again").sees("communities.csv was loaded")
    person.go("/county/imports/communities/")
    upload(person, GOOD, "communities.csv")
    worker(person)
    person.press("look again").sees("No changes")


def test_the_same_file_again_holds_no_changes(admin, at_browser):
    person = at_browser(admin).go("/county/imports/communities/")

    upload(person, HEADER + "North,Weald,900101,full,01-09-2020,,\n", "communities.csv")
    worker(person)

    person.sees("Everything in communities.csv is held here already").look("imports-no-changes")


def test_a_file_that_is_no_csv_is_refused_in_words(admin, at_browser):
    person = at_browser(admin).go("/county/imports/communities/")

    upload(person, "Community;Area\r\nNorth;Weald\r\n", "communities.csv")
    worker(person)
    person.sees("The file has no columns School and Starts on. Columns found: Community, Area.").look("imports-refused")
    person.press("Upload another file")
    upload(person, "%PDF-1.7 not a list", "list.csv")

    expect(person.page.locator(".govuk-error-summary")).to_contain_text("This is not a CSV file but a PDF.")
    person.look("imports-upload-refused")


def test_a_preview_that_is_out_of_date_says_so(admin, at_browser):
    person = at_browser(admin).go("/county/imports/communities/")
    upload(person, GOOD, "communities.csv")
    worker(person)
    person.sees("Check what communities.csv would change")

    Community.objects.filter(name="North").update(area=Community.objects.get(name="South").area)
    person.press("Load 6 changes")
    worker(person)
    person.sees("What is held here has changed since").look("imports-out-of-date")
    person.press("Compare the file again")
    worker(person)

    person.press("To change (1)").sees("Area: from Coast to Weald").look("imports-compared-again")
