"""A meeting as it happens: the chair runs it, two people type, a member follows, the next meeting approves and seals."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import AgendaItem, Meeting, Minutes
from meetings.services import inline
from tests import pdf_checks
from tests.actors import CHAIR, COLLEAGUE, HEAD, SENCO
from tests.factories.meetings import AgendaItemFactory, InvitationFactory, MeetingFactory
from tests.meetings.live.conftest import about_hartwell, make_live

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def today(world, actors, monkeypatch):
    """North meets today: published, half an hour into its time."""
    about_hartwell(monkeypatch, world)
    start = timezone.now() - timedelta(minutes=30)
    times = {"on": timezone.localdate(start), "starts_at": start, "ends_at": start + timedelta(hours=3)}
    live = make_live(world, actors, **times)
    live.meeting.invitations.update(answer="yes", answered_at=start, answered_by=actors[CHAIR].user)
    return live


@pytest.fixture
def base(today):
    return today.meeting.get_absolute_url()


def test_a_meeting_from_start_to_seal(today, base, world, actors, at_browser):
    chair = at_browser(actors[CHAIR].user)
    start_and_record_who_is_here(chair, base)
    open_first_items(chair, base)
    type_minutes(chair)
    agree_and_tell(chair, base, today)
    leave_the_room(chair, at_browser(actors[SENCO].user), base)
    close(chair, base)
    send_and_correct(chair, at_browser(actors[COLLEAGUE].user), base)
    approve_next_time(chair, base, today, world, actors)


def start_and_record_who_is_here(chair, base):
    chair.go(f"{base}live/").look("live-start").press("Start the meeting")
    chair.sees("No item is open").look("live-started")
    chair.press("Record who is here").sees("Who is here").look("live-register-empty")
    chair.press("All expected have arrived")
    expect(chair.page.locator("#register")).to_contain_text("4 people are here, from 2 of 2 schools")
    chair.press("Add a guest").look("live-guest")
    chair.fill("Name of the guest", "Dr Wren").press("Add this guest")
    chair.sees("Dr Wren").look("live-register")
    chair.page.get_by_role("link", name="Change times of Dr Wren").click()
    chair.look("live-times").press("Save the times")
    chair.sees("Who is here")


def open_first_items(chair, base):
    chair.go(f"{base}live/")
    next_one(chair, "1. Welcome").sees("Item 1 of 4").look("live-item")
    next_one(chair, "2. District dashboard").sees("Item 2 of 4")


def next_one(person, title):
    person.page.get_by_role("button", name=f"Next item: {title}").click()
    expect(person.page.get_by_role("heading", level=2, name=title.split(". ")[1])).to_be_visible()
    return person


def type_minutes(chair):
    page = chair.page
    notes = page.get_by_label("Minutes of this item")
    notes.fill("Attendance is rising in four schools.")
    expect(page.locator("#notes-form [data-save-status]")).to_have_text(re.compile("^Saved at"))
    assert AgendaItem.objects.get(title="District dashboard").notes == "Attendance is rising in four schools."
    page.get_by_label("How did it end?").select_option("For information")
    page.get_by_label("Outcome in words").fill("Noted.")
    expect(page.locator("#outcome-form [data-save-status]")).to_have_text(re.compile("^Saved at"))
    chair.look("live-typed")


def agree_and_tell(chair, base, today):
    page = chair.page
    page.get_by_text("Agree an action").click()
    page.get_by_label("What will be done?").fill("Share the attendance plan")
    page.locator("#id_owner").select_option(label=str(page.locator("#id_owner option").nth(1).text_content()))
    due = timezone.localdate() + timedelta(days=21)
    for part, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Agree this action").click()
    expect(page.locator("#actions")).to_contain_text("Share the attendance plan")
    chair.look("live-action")
    chair.press("Tell the board").look("live-tell-board")
    chair.choose("A request to the board").fill("In a few words", "More help with attendance")
    chair.fill("What should the board know?", "Four schools ask for the attendance service.").press("Send to the board")
    chair.sees("More help with attendance")
    chair.press("Write a note only the chair sees").look("live-note")
    chair.fill("My private note (optional)", "Ask Oakfield afterwards").press("Save my note")
    chair.sees("Ask Oakfield afterwards")


def leave_the_room(chair, senco, base):
    senco.go(f"{base}follow/").sees("District dashboard").look("follow")
    chair.go(f"{base}live/")
    next_one(chair, "3. CoS-2041: Hartwell Primary").sees("Please leave: Head Person, Senco Person.").look(
        "live-request"
    )
    expect(senco.page.locator("#follow")).to_contain_text("Please leave the room")
    senco.look("follow-recused")
    chair.press("Interests in item 3").sees("Who stays out of this item").look("live-interests")
    chair.page.get_by_role("link", name="Set aside the interest of Head Person").click()
    chair.look("live-set-aside").press("Set this interest aside")
    chair.sees("Enter why this is no interest")
    chair.go(f"{base}live/")
    next_one(chair, "4. Other business").sees("Please return: Head Person, Senco Person.")
    chair.page.get_by_label("How did it end?").select_option("Deferred to the next meeting")
    expect(chair.page.locator("#outcome-form [data-save-status]")).to_have_text(re.compile("^Saved at"))
    chair.press("Suspend").look("live-suspend").fill("Why? (optional)", "Fire alarm").press("Suspend the meeting")
    chair.sees("The meeting stands still").look("live-suspended").press("Resume the meeting")


def close(chair, base):
    chair.press("Close the meeting").sees("Still open").look("live-close")
    chair.page.get_by_role("button", name="Close the meeting").click()
    expect(chair.page.locator(".govuk-error-summary")).to_be_visible()
    chair.look("live-close-error")
    chair.choose("Close all the same")
    chair.page.get_by_role("button", name="Close the meeting").click()
    chair.sees("The meeting is closed").look("minutes-draft")


def send_and_correct(chair, member, base):
    paper = chair.page.request.get(f"{chair.base}{base}minutes.pdf")
    assert paper.status == 200
    assert pdf_checks.problems(paper.body()) == []
    chair.press("Send to members").sees("The minutes are sent to members")
    member.go(f"{base}minutes/").sees("Noted.").look("minutes-member")
    member.page.locator(".app-minutes__line", has_text="Noted.").get_by_role("link").click()
    member.look("minutes-correct").fill("What should it say?", "Noted, with thanks.").press("Send to the chair")
    member.sees("Waiting for the chair")
    chair.go(f"{base}minutes/").page.get_by_role("link", name="Accept or answer").click()
    chair.look("minutes-answer").choose("Accept: the line is changed").press("Send my answer")
    chair.sees("Noted, with thanks.").go(f"{base}after/").look("minutes-after")


def approve_next_time(chair, base, today, world, actors):
    start = timezone.now() - timedelta(minutes=5)
    on = timezone.localdate(start) + timedelta(days=1)
    following = MeetingFactory(
        community=world.north,
        running=True,
        on=on,
        starts_at=start,
        started_at=start,
        ends_at=start + timedelta(hours=3),
    )
    item = AgendaItemFactory(meeting=following, kind="minutes", title="Minutes", link=f"{base}minutes/")
    InvitationFactory(meeting=following, person=actors[CHAIR].user, role="chair")
    chair.go(f"{following.get_absolute_url()}live/")
    next_one(chair, f"{item.position}. Minutes").press("Open the paper of this item")
    chair.press("Approve and seal these minutes").sees("Approved and sealed").look("minutes-sealed")
    chair.press("Write a note about an error").look("minutes-note")
    chair.fill("What was wrong, and what is right?", "Oakfield came at nine.").press("Add this note")
    chair.sees("Oakfield came at nine.")
    assert Minutes.objects.get(state="sealed").approved_in == following


def running(today, actors) -> Meeting:
    from meetings.services import attendance
    from meetings.services import running as services

    now = timezone.now()
    services.start(meeting_id=today.meeting.pk, by=actors[CHAIR].user, now=now)
    attendance.everybody_came(meeting_id=today.meeting.pk, by=actors[CHAIR].user, now=now)
    services.open_item(item_id=today.figures.pk, by=actors[CHAIR].user, now=now)
    return Meeting.objects.get(pk=today.meeting.pk)


def test_two_people_type_in_one_item_and_nothing_is_lost(today, base, actors, at_browser):
    meeting = running(today, actors)
    taker = actors[COLLEAGUE].user
    inline.name_minute_taker(meeting_id=meeting.pk, person_id=taker.pk, by=actors[CHAIR].user, now=timezone.now())
    one, two = at_browser(actors[CHAIR].user).go(f"{base}live/"), at_browser(taker).go(f"{base}live/")

    one.page.get_by_label("Minutes of this item").fill("The chair’s words.")
    expect(one.page.locator("#notes-form [data-save-status]")).to_have_text(re.compile("^Saved at"))
    two.page.get_by_label("Minutes of this item").fill("The minute taker’s words.")
    expect(two.page.locator("#clash-notes")).to_be_visible()
    two.look("live-clash")
    expect(two.page.get_by_label("Minutes of this item")).to_have_value("The minute taker’s words.")
    two.press("Save what I chose").sees("Saved. Both texts stay in the history.")

    kept = AgendaItem.objects.get(pk=today.figures.pk).notes
    assert kept == "The chair’s words.\n\nThe minute taker’s words."
    two.page.get_by_role("link", name="Earlier versions of the minutes of this item").click()
    two.sees("This is what stands now.").look("live-history")


def test_going_on_waits_until_everything_typed_is_saved(today, base, actors, at_browser):
    running(today, actors)
    chair = at_browser(actors[CHAIR].user).go(f"{base}live/")

    chair.page.get_by_label("Minutes of this item").fill("Typed a moment before going on.")
    chair.page.get_by_role("button", name="Next item:").click()

    expect(chair.page.get_by_role("heading", level=2, name="CoS-2041")).to_be_visible()
    assert AgendaItem.objects.get(pk=today.figures.pk).notes == "Typed a moment before going on."


def test_following_moves_neither_focus_nor_caret_nor_scroll(today, base, actors, at_browser):
    running(today, actors)
    from meetings.services import pulse

    chair = at_browser(actors[CHAIR].user).go(f"{base}live/")
    page = chair.page
    notes = page.get_by_label("Minutes of this item")
    notes.fill("\n".join(f"Line {number}" for number in range(60)))
    notes.evaluate(
        "area => { area.focus(); area.setSelectionRange(7, 7); area.scrollTop = 40; window.scrollTo(0, 120); }"
    )
    before = page.evaluate(STANCE)
    for _beat in range(3):
        with page.expect_response(lambda answer: "/live/now/" in answer.url and answer.status == 200):
            pulse.tell(today.meeting.pk)

    assert page.evaluate(STANCE) == before


STANCE = """() => [document.activeElement.id, document.activeElement.selectionStart, document.activeElement.scrollTop,
  window.scrollY]"""


def test_members_may_pause_and_catch_up(today, base, actors, at_browser):
    meeting = running(today, actors)
    member = at_browser(actors[COLLEAGUE].user).go(f"{base}follow/")
    member.press("Pause updates").sees("Updates are paused.").look("follow-paused")
    from meetings.services import running as services

    AgendaItem.objects.filter(pk=today.figures.pk).update(outcome_kind="information", outcome="Noted.")
    services.open_item(item_id=today.other.pk, by=actors[CHAIR].user, now=timezone.now())
    member.page.wait_for_timeout(4_500)
    expect(member.page.locator("#now-title")).to_have_text("District dashboard")
    member.press("Follow again")

    expect(member.page.locator("#now-title")).to_have_text("Other business")
    member.sees("Noted.")
    assert meeting.pk == today.meeting.pk


def test_the_wall_and_a_shared_screen_show_no_typed_word(today, base, actors, at_browser):
    from meetings.services import running as services

    running(today, actors)
    services.open_item(item_id=today.request.pk, by=actors[CHAIR].user, now=timezone.now())
    chair = at_browser(actors[CHAIR].user).go(f"{base}screen/")
    chair.look("screen")
    assert "Hartwell" not in chair.page.content()
    chair.go(base).press("Share my screen").sees("You are sharing your screen").look("sharing-agenda")
    chair.go(f"{base}live/").look("sharing-live")
    assert "Hartwell Primary" not in chair.page.locator("#live-middle").inner_text()
    chair.press("Stop sharing mode").look("sharing-mode").press("Show everything")
    chair.go(f"{base}live/").sees("CoS-2041: Hartwell Primary")


def test_the_whole_meeting_without_javascript(today, base, actors, at_browser):
    chair = at_browser(actors[CHAIR].user, javascript=False)
    chair.go(f"{base}live/").press("Start the meeting")
    chair.press("Record who is here").press("All expected have arrived").sees("4 people are here")
    chair.press("Back to the meeting")
    next_one(chair, "1. Welcome")
    chair.fill("Minutes of this item", "We said hello.").press("Save the minutes").sees("Saved at")
    AgendaItem.objects.filter(pk=today.welcome.pk).update(notes_version=0)
    stale = at_browser(actors[CHAIR].user, javascript=False).go(f"{base}live/")
    AgendaItem.objects.filter(pk=today.welcome.pk).update(notes_version=1)
    stale.fill("Minutes of this item", "We said good morning.").press("Save the minutes")
    stale.sees("Two versions of the notes").look("clash-page")
    stale.choose("Keep mine").press("Save what I chose").sees("Saved. Both texts stay in the history.")
    chair.go(f"{base}close/").choose("Close all the same")
    chair.page.get_by_role("button", name="Close the meeting").click()
    chair.sees("We said good morning.").press("Send to members").sees("The minutes are sent to members")
    member = at_browser(actors[HEAD].user, javascript=False).go(f"{base}minutes/")
    member.sees("We said good morning.")


def test_minutes_are_typed_by_keyboard_alone(today, base, actors, at_browser):
    running(today, actors)
    chair = at_browser(actors[CHAIR].user).go(f"{base}live/")
    keyboard = chair.page.keyboard
    reach(chair, "notes")
    keyboard.type("Typed without a mouse.")
    reach(chair, "save-notes")
    keyboard.press("Enter")
    expect(chair.page.locator("#notes-form [data-save-status]")).to_have_text(re.compile("^Saved at"))
    reach(chair, "outcome-kind")
    keyboard.press("ArrowDown")
    reach(chair, "outcome")
    keyboard.type("Agreed.")
    reach(chair, "do-next")
    keyboard.press("Enter")

    expect(chair.page.get_by_role("heading", level=2, name="CoS-2041")).to_be_visible()
    item = AgendaItem.objects.get(pk=today.figures.pk)
    assert (item.notes, item.outcome, item.outcome_kind) == ("Typed without a mouse.", "Agreed.", "decision")


def reach(person, ident: str) -> None:
    """Press Tab until the element has the focus; a trap or a lost focus fails."""
    for _step in range(120):
        if person.page.evaluate("document.activeElement?.id") == ident:
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{ident} is not reached with Tab")
