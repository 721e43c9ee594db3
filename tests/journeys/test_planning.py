"""Planning a meeting: the county sets agenda and dates, the chair plans and publishes, a head sends somebody instead."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from communities.models import Role
from meetings.models import AgendaItem, Invitation, Meeting
from tests.actors import ADMIN, CHAIR, HEAD, SENCO
from tests.factories.communities import AppointmentFactory
from tests.factories.meetings import ActionFactory, BulletinFactory

pytestmark = pytest.mark.django_db(transaction=True)


def next_tuesday(weeks: int) -> date:
    """A Tuesday some weeks from now, so that the test may run on any day."""
    today = timezone.localdate()
    return today + timedelta(days=(1 - today.weekday()) % 7 + 7 * weeks)


def fill_date(person, prefix, day):
    for number, part in enumerate((day.day, day.month, day.year)):
        person.page.locator(f"#id_{prefix}_{number}").fill(str(part))


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_county_agenda_to_the_answers(world, actors, at_browser, javascript):
    name = "planning" if javascript else "planning-plain"
    stand_in = AppointmentFactory(role=Role.SENCO, school=world.hartwell, person__name="Robin Stand-in").person
    ActionFactory(community=world.north, owner=actors[SENCO].user, due_on=timezone.localdate())
    BulletinFactory(area=world.weald, published=True, title="Attendance plans", due_on=next_tuesday(9))
    day, other_day = next_tuesday(4), next_tuesday(8)

    admin = at_browser(actors[ADMIN].user, javascript=javascript)
    look = (lambda person, page: person.look(f"{name}-{page}")) if javascript else (lambda person, page: None)
    _agenda_of_the_county(admin, look)
    for when in (day, other_day):
        _date(admin, look, when)

    chair = at_browser(actors[CHAIR].user, javascript=javascript)
    meeting = _planned(chair, look, day)
    _ordered(chair, look, meeting)
    _published(chair, look, meeting)

    head = at_browser(actors[HEAD].user, javascript=javascript)
    _answered(head, look, meeting, stand_in)
    _calendar_entry(actors[HEAD], meeting)

    chair.go(f"{meeting.get_absolute_url()}people/")
    chair.sees("Robin Stand-in comes instead")
    look(chair, "people")
    assert Notice.objects.filter(person=stand_in, subject__contains="Hartwell Primary").exists()

    _changed_and_moved(chair, head, look, meeting, other_day)


def _agenda_of_the_county(admin, look):
    admin.go("/county/templates/")
    look(admin, "templates-empty")
    admin.page.get_by_role("button", name="Draft the next version").first.click()
    admin.sees("Agenda version 1")
    look(admin, "template-draft")
    admin.page.get_by_role("link", name="Change Good practice").click()
    admin.fill("Minutes", "15")
    look(admin, "template-line")
    admin.press("Save").sees("15 minutes")
    admin.page.get_by_role("button", name="Up Good practice").click()
    admin.press("Publish this version").sees("Publish version 1")
    look(admin, "template-publish")
    admin.press("Publish version 1").sees("In force from")
    look(admin, "template")


def _date(admin, look, day):
    admin.go("/county/dates/add/")
    admin.page.locator("select[name=area]").select_option(index=2)
    fill_date(admin, "on", day)
    admin.fill("Start time", "9:30am")
    look(admin, "date-add")
    admin.press("Add date").sees("added for Weald")
    look(admin, "dates")


def _planned(chair, look, day):
    chair.go("/meetings/")
    look(chair, "mine-chair")
    chair.page.get_by_role("link", name="Plan").first.click()
    chair.fill("Where is it? (optional)", "Hartwell Primary, the hall")
    look(chair, "plan")
    chair.press("Plan this meeting").sees("Its agenda is a draft")
    meeting = Meeting.objects.get()
    assert meeting.on == day
    chair.sees("1 action is due by this meeting")
    chair.sees("Attendance plans")
    look(chair, "agenda-draft")
    chair.press("Add an item")
    chair.fill("Title", "Reading at home")
    look(chair, "item-add")
    chair.press("Add item").sees("Reading at home")
    chair.press("Fill from what is open").sees("What is open")
    look(chair, "fill")
    chair.sees("Nothing new is open")
    return meeting


def _ordered(chair, look, meeting):
    chair.go(f"{meeting.get_absolute_url()}order/")
    look(chair, "order")
    before = AgendaItem.objects.get(title="Reading at home").position
    chair.page.get_by_role("button", name="Up Reading at home").click()
    chair.page.locator(f".app-agenda li:nth-child({before - 1})").get_by_text("Reading at home").first.wait_for()
    chair.page.get_by_role("button", name="To the top Reading at home").click()
    chair.page.locator(".app-agenda li").first.get_by_text("Reading at home").first.wait_for()
    item = AgendaItem.objects.get(title="Reading at home")
    assert item.position == 1
    chair.page.get_by_label("Number of Reading at home").fill("99")
    chair.press("Save these numbers").sees("Order saved")
    item.refresh_from_db()
    assert item.position == meeting.items.exclude(position=None).count()


def _published(chair, look, meeting):
    chair.go(f"{meeting.get_absolute_url()}ready/")
    look(chair, "ready")
    chair.press("Publish the agenda").sees("Everybody invited has been told")
    look(chair, "agenda-published")
    chair.page.get_by_role("link", name="Discussions and funding requests", exact=True).click()
    look(chair, "item-chair")
    chair.sees("You can shorten it, not remove it")


def _answered(head, look, meeting, stand_in):
    head.go("/meetings/")
    look(head, "mine-member")
    head.press("Say whether you come").sees("Will you come?")
    look(head, "answer")
    head.choose("No, please give my apologies")
    head.fill("Reason for apologies (optional)", "A school trip")
    head.page.locator("select[name=substitute]").select_option(label="Robin Stand-in")
    head.press("Send answer").sees("Robin Stand-in comes instead")
    look(head, "agenda-member")
    place = Invitation.objects.get(meeting=meeting, person__email="head@example.org")
    assert (place.answer, place.substitute) == ("no", stand_in)
    head.press("Propose an item")
    head.fill("What should we talk about?", "Quiet rooms")
    head.fill("Why, and what would help?", "Three schools have asked.")
    look(head, "propose")
    head.press("Send to the chair").sees("Waiting for the chair")
    head.go(f"{meeting.get_absolute_url()}papers/")
    look(head, "papers")


def _calendar_entry(actor, meeting):
    answer = actor.client.get(f"{meeting.get_absolute_url()}invitation.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert b"METHOD:REQUEST" in answer.content


def _changed_and_moved(chair, head, look, meeting, other_day):
    chair.go(meeting.get_absolute_url()).sees("Quiet rooms")
    look(chair, "agenda-proposal")
    chair.press("Quiet rooms")
    chair.choose("Yes")
    look(chair, "proposal")
    chair.press("Send answer").sees("Members do not know yet")
    chair.press("Tell members what changed").sees("Members have been told")
    head.go(meeting.get_absolute_url()).sees("“Quiet rooms” was added.")
    look(head, "agenda-news")
    chair.go(f"{meeting.get_absolute_url()}move/")
    look(chair, "move")
    chair.page.get_by_role("radio").first.check()
    chair.press("Move the meeting").sees("Moved to")
    moved = Meeting.objects.get(pk=meeting.pk)
    assert moved.on == other_day
    assert Invitation.objects.get(meeting=meeting, person__email="head@example.org").answer == "waiting"
    chair.go(f"{moved.get_absolute_url()}cancel/")
    look(chair, "cancel")
    chair.fill("Why is it cancelled?", "Snow is forecast.")
    chair.press("Cancel this meeting").sees("Meeting cancelled")
    chair.go("/meetings/past/").sees("Snow is forecast.")
    look(chair, "past")
