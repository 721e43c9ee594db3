"""Step 1: from an empty county with one administrator to communities that can meet and decide."""

from datetime import date

from django.utils import timezone

from accounts import tokens
from accounts.models import User
from accounts.services import invitations
from communities.models import Community
from communities.services.beginnings import begin
from core import outbox
from tests.journeys.hands import File
from tests.journeys.person import Person
from tests.journeys.story import kent, mail
from tests.journeys.story.stage import Stage

SINCE = date(2026, 9, 1)
WHY = "Nobody else has the time; the trust takes no part in decisions."
PRINCIPLES = """We look at the greatest need first, whichever school it is in.

We try the help of specialist services and of each other before we spend.

We are fair across the area and across the county."""


def set_up_the_county(stage: Stage) -> None:
    """Begin, load the registers, let people in, and publish what communities work by."""
    first = begin(county="Kent", la_code="886", email="ada@kent.example", name="Ada Long", now=timezone.now())
    _accept(first.person)
    stage.people["administrator"] = first.person
    admin = stage.person("administrator").go("/county/").sees("Load communities and their schools")
    stage.look(admin, "county-empty")
    _words(stage, admin)
    _registers(stage, admin)
    _communities(stage, admin)
    _people(stage, admin)
    _rules(stage, admin)
    _dates(stage, admin)
    _money(stage, admin)
    admin.go("/county/")
    stage.look(admin, "county-set-up")


def _words(stage: Stage, admin: Person) -> None:
    admin.press("Names and wording").fill("Name of the council", "Kent County Council")
    admin.fill("NHS area (sub-ICB code) (optional)", "91Q")
    stage.look(admin, "wording")
    admin.press("Save wording").sees("Wording saved")


def _registers(stage: Stage, admin: Person) -> None:
    stage.look(admin.go("/county/").press("Load from files").sees("What you can load"), "imports")
    load(stage, admin, "Districts and areas", kent.districts(), "districts")
    load(stage, admin, "Schools", kent.published("kent_schools.csv"), "schools")
    load(stage, admin, "Districts of schools", kent.published("kent_school_district.csv"), "school-districts")
    load(stage, admin, "Links between schools", kent.published("kent_school_links.csv"), "links")
    load(stage, admin, "Trusts and federations", kent.published("kent_group_links_2022.csv"), "trusts")
    load(stage, admin, "Primary care networks", kent.published("ePCN_2025-01.xlsx"), "networks")


def load(stage: Stage, admin: Person, label: str, file: File, name: str) -> None:
    """Upload, see it read, see what it would change, load it."""
    compare(stage, admin, label, file, name)
    stage.look(admin.sees("Check what"), f"import-{name}-preview")
    admin.press(_confirm(admin)).sees("look again")
    stage.worked(admin).sees("was loaded")
    stage.look(admin, "import-loaded")


def compare(stage: Stage, admin: Person, label: str, file: File, name: str) -> None:
    """Upload a file of this kind and wait for what the worker says of it."""
    admin.go("/county/imports/").press(label).sees("Uploading changes nothing yet")
    stage.look(admin, f"import-{name}")
    admin.upload("Choose a file", file).press("Upload and compare").sees("look again")
    stage.look(admin, "import-reading")
    stage.worked(admin)


def _confirm(admin: Person) -> str:
    return admin.page.get_by_role("button", name="Load ").inner_text()


def _communities(stage: Stage, admin: Person) -> None:
    label = "Communities and their schools"
    compare(stage, admin, label, kent.faulty_communities(), "communities-faulty")
    admin.sees("Mend 3 lines of communities-faulty.csv").sees("Starts on is “31-09-2025”, which is not a date.")
    admin.sees("There is no school with URN 999999.")
    stage.look(admin, "import-communities-faults")
    load(stage, admin, label, kent.communities(), "communities")
    admin.press("Take this import back").sees("Take back communities.csv?")
    stage.look(admin, "import-take-back")
    admin.press("Take the import back").sees("communities.csv was taken back")
    stage.look(admin, "import-taken-back")
    assert not Community.objects.exists()
    load(stage, admin, label, kent.communities(), "communities")
    compare(stage, admin, label, kent.communities(), "communities-again")
    stage.look(admin.sees("Everything in communities.csv is held here already"), "import-no-changes")
    stage.look(admin.go("/county/imports/"), "imports-history")
    stage.look(admin.go("/county/communities/").sees(kent.COMMUNITY), "communities")
    community = Community.objects.get(name=kent.COMMUNITY)
    stage.facts |= {"community": community, "area": community.area, "school": kent.SCHOOL}


def _people(stage: Stage, admin: Person) -> None:
    stage.people["head"] = _invite(stage, admin, "Headteacher", "Helen Hurst", place=kent.SCHOOL)
    _refused_as_chair(stage, admin)
    stage.people["chair"] = _invite(stage, admin, "Headteacher", "Charles Cope", place=kent.CHAIRS_SCHOOL)
    _chair_with_a_reason(stage, admin)
    stage.people["senco"] = _invite(stage, admin, "SENCO", "Sarah Selby", place=kent.SCHOOL)
    colleague = _invite(stage, admin, "SENCO", "Colin Crabtree", place=kent.COLLEAGUES_SCHOOL)
    stage.people["colleague"] = colleague
    stage.people["relative"] = _invite(stage, admin, "Headteacher", "Owen Oakley", place=kent.COLLEAGUES_SCHOOL)
    stage.people["third"] = _invite(stage, admin, "SENCO", "Priya Patel", place=kent.THIRD_SCHOOL)
    stage.people["officer"] = _invite(stage, admin, "High Needs Funding officer", "Olive Orchard")
    stage.people["board"] = _invite(stage, admin, "Board member", "Brian Barrow", place="East")
    stage.look(admin.go("/county/people/").sees("Helen Hurst"), "people")
    mail.come_in(stage, "senco")
    for who in ("head", "chair", "colleague", "relative", "third", "officer", "board"):
        _accept(stage.people[who])


def _invite(stage: Stage, admin: Person, role: str, name: str, *, place: str = "") -> User:
    admin.go("/county/people/").press("Invite somebody").choose(role)
    stage.look(admin, "invite-role")
    admin.press("Continue")
    email = f"{name.split()[0].lower()}@school.example"
    admin.fill("Full name", name).fill("Work email address", email)
    if place:
        admin.select("Which area?" if place == "East" else "Which school?", place)
    admin.fill_date("First day", SINCE)
    stage.look(admin, f"invite-{role}")
    admin.press("Send invitation").sees(f"{name} is invited as")
    stage.look(admin, "invited")
    return User.objects.get(email=email)


def _give_chair(admin: Person) -> None:
    admin.press("Give a post").choose("Chair").press("Continue")
    admin.select("Which community?", kent.COMMUNITY).fill_date("First day", SINCE)


def _refused_as_chair(stage: Stage, admin: Person) -> None:
    _give_chair(admin)
    stage.look(admin, "appoint-chair")
    admin.press("Give this post").sees("A chair comes from outside the community.")
    stage.look(admin, "appoint-chair-refused")


def _chair_with_a_reason(stage: Stage, admin: Person) -> None:
    _give_chair(admin)
    admin.press("Give this post").sees("You can still appoint them if you give a written reason.")
    stage.look(admin, "appoint-chair-tie")
    admin.fill("Why do you appoint them all the same?", WHY)
    admin.press("Give this post").sees(f"Charles Cope is now Chair, {kent.COMMUNITY}")
    stage.look(admin, "appointed-chair")
    admin.go("/community/").press(kent.COMMUNITY).sees("The county appointed them for this reason")
    stage.look(admin, "community")


def _accept(person: User) -> None:
    """Through the service: one person in the story does it by the pages."""
    outbox.drain(now=timezone.now())
    token = tokens.write(person.account_invitations.get())
    invitations.accept(token=token, password=mail.PASSWORD, now=timezone.now())
    person.refresh_from_db()


def _rules(stage: Stage, admin: Person) -> None:
    stage.look(admin.go("/county/templates/"), "templates")
    admin.press("Draft the next version").sees("Agenda version 1")
    stage.look(admin, "template-draft")
    admin.press("Publish this version").sees("Publish version 1")
    stage.look(admin, "template-publish")
    admin.press("Publish version 1").sees("In force from")
    stage.look(admin.go("/county/principles/"), "principles")
    admin.press("Draft the next version").fill("Title", "Principles of our communities")
    admin.fill_date("In force from", SINCE).fill("The principles", PRINCIPLES)
    stage.look(admin, "principles-draft")
    admin.press("Save draft").sees("Draft saved").press("Publish the saved draft")
    admin.sees("In force from Tuesday 1 September 2026")
    stage.look(admin, "principles-published")


def _dates(stage: Stage, admin: Person) -> None:
    stage.facts |= {"first": date(2027, 2, 9), "second": date(2027, 3, 16), "third": date(2027, 5, 18)}
    east = [("East", stage.facts[which]) for which in ("first", "second", "third")]
    for area, day in (*east, ("West", date(2027, 2, 10))):
        admin.go("/county/dates/").press("Add a date").select("Which area?", area)
        admin.fill_date("Which day?", day).fill("Start time", "9:30am")
        stage.look(admin, "date-add")
        admin.press("Add date").sees(f"added for {area}")
    stage.look(admin, "dates")


def _money(stage: Stage, admin: Person) -> None:
    stage.look(admin.go("/county/periods/"), "periods")
    admin.press("Set up a period").fill("What is the period called?", "2026-27")
    admin.fill_date("First day", SINCE).fill_date("Last day", date(2027, 8, 31))
    days = "1 September 2026\n1 March 2027\n3 May 2027"
    admin.fill("On which days do instalments fall due? (optional)", days)
    admin.fill("How much of each budget is set aside as contingency?", "5")
    stage.look(admin, "period-add")
    admin.press("Set up period").sees("2026-27 set up")
    stage.look(admin, "period-draft")
    admin.press("Open the period").sees("2026-27 is open").press("Give budgets")
    for name, pounds in (("Ashford North", "135,000"), ("Canterbury South", "120,000"), ("Maidstone Green", "90,000")):
        admin.fill("Allocated", pounds, near=name)
    stage.look(admin, "budgets")
    admin.press("Give these budgets").sees("budgets changed").sees("£6,750.00")
    _inherited(stage, admin)
    stage.look(admin.go("/county/periods/2026-27/"), "period")


def _inherited(stage: Stage, admin: Person) -> None:
    admin.press("Inherited commitments").press(kent.COMMUNITY)
    admin.select("Which school is it paid to?", kent.SCHOOL).fill("The council’s reference", "HNF-1234")
    admin.fill("What is it for?", "Speech and language group until Easter")
    admin.fill("How much is still to be paid?", "8,400").fill_date("From when?", SINCE)
    admin.fill_date("Until when?", date(2027, 4, 16))
    stage.look(admin, "inherited-add")
    admin.press("Enter commitment").sees("HNF-1234 entered")
    stage.look(admin, "inherited")
