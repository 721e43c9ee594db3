"""Actions from agreed to confirmed; a bulletin from the board to the next agenda and back; a matter sent up and answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Acknowledgement, Action, Bulletin, Escalation
from tests.actors import BOARD, CHAIR, SENCO
from tests.factories.meetings import (
    AgendaItemFactory,
    AgendaTemplateFactory,
    EscalationFactory,
    MeetingDateFactory,
    MeetingFactory,
)
from tests.journeys.test_planning import fill_date, next_tuesday

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


def looker(name, scripts):
    return (lambda person, page: person.look(f"{name}-{page}")) if scripts else (lambda _person, _page: None)


def test_an_action_is_agreed_done_and_confirmed(world, actors, at_browser, scripts):
    look = looker("actions", scripts)
    chair = at_browser(actors[CHAIR].user, javascript=scripts)
    look(chair.go("/actions/").sees("No action is open here"), "empty")
    chair.press("New action of North")
    look(chair, "new")
    chair.fill("What is to be done?", "Ring the library about quiet rooms")
    chair.page.locator("select[name=owner]").select_option(label="Senco Person")
    fill_date(chair, "due_on", timezone.localdate() + timedelta(days=14))
    chair.fill("Why should the board hear of it? (optional)", "Every community asks for it")
    chair.press("Agree action").sees("Reported to the board")
    look(chair, "agreed")
    action = Action.objects.get()

    senco = at_browser(actors[SENCO].user, javascript=scripts)
    look(senco.go("/actions/?whose=mine").sees("Ring the library"), "mine")
    senco.press("Ring the library about quiet rooms").sees("Only the chair can change this action.")
    look(senco, "owner")
    senco.press("It is done")
    senco.press("It is done").sees("Say what shows that it is done")
    look(senco, "evidence-missing")
    senco.fill("What shows that it is done?", "The room opens on Monday.")
    senco.press("It is done").sees("The chair has been asked to confirm")

    chair.go("/actions/?state=done")
    chair.press("Ring the library about quiet rooms").sees("The room opens on Monday.")
    look(chair, "to-confirm")
    chair.press("Confirm that it is done").sees("Confirmed as done")
    look(chair, "confirmed")
    chair.press("Open it again").sees("The action is open again")
    chair.press("Change this action").sees("By when?")
    chair.fill("What is to be done?", "Ring both libraries")
    chair.press("Save").sees("Ring both libraries")
    chair.press("Drop this action")
    chair.fill("Why will it not be done?", "Both have closed.")
    look(chair, "drop")
    chair.press("Drop action").sees("Both have closed.")
    action.refresh_from_db()
    assert action.state == "dropped"


def test_a_bulletin_reaches_the_agenda_and_its_acknowledgement_the_board(world, actors, at_browser, scripts):
    look = looker("bulletins", scripts)
    AgendaTemplateFactory()
    MeetingDateFactory(area=world.weald, on=next_tuesday(3))
    held = MeetingFactory(community=world.north, closed=True)
    board = at_browser(actors[BOARD].user, javascript=scripts)
    look(board.go("/board/bulletins/").sees("No bulletin has been written yet"), "empty")
    board.press("Write a bulletin")
    board.fill("Title", "Attendance plans")
    board.fill("What should communities know or do?", "Please look at attendance plans before the spring.")
    board.choose("Every community in Weald")
    fill_date(board, "due_on", next_tuesday(5))
    look(board, "write")
    board.press("Keep draft").sees("Nobody sees it until you publish it")
    look(board, "draft")
    board.press("Publish bulletin").sees("The chairs have been told")
    look(board, "out")
    bulletin = Bulletin.objects.get()

    chair = at_browser(actors[CHAIR].user, javascript=scripts)
    chair.go("/meetings/north/plan/")
    chair.page.get_by_role("radio").first.check()
    chair.press("Plan this meeting").sees("Attendance plans")
    chair.go("/meetings/bulletins/").sees("Acknowledge “Attendance plans” for North")
    look(chair, "to-acknowledge")
    chair.press("Acknowledge “Attendance plans” for North").sees("Have members heard of it")
    look(chair, "acknowledge")
    chair.page.get_by_role("radio").nth(1).check()
    chair.press("Acknowledge").sees("Acknowledged for North")
    assert Acknowledgement.objects.get(bulletin=bulletin).told_at_meeting == held

    look(at_browser(actors[SENCO].user, javascript=scripts).go(bulletin.get_absolute_url()), "member")
    look(board.go(bulletin.get_absolute_url()).sees("Chair Person"), "acknowledged")
    board.press("Withdraw this bulletin")
    board.fill("Why is it withdrawn?", "A newer one is coming.")
    board.press("Withdraw bulletin").sees("It left every agenda not yet run")
    look(board, "withdrawn")


def test_what_a_community_sends_up_is_answered(world, actors, at_browser):
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.north, closed=True))
    matter = EscalationFactory(community=world.north, item=item, raised_by=actors[CHAIR].user)
    board = at_browser(actors[BOARD].user)
    board.go("/board/escalations/").sees("More hearing support").look("escalations-list")
    board.press("More hearing support").sees("What does the board answer?").look("escalations-answer")
    board.press("Send answer").sees("Write an answer or choose a bulletin").look("escalations-error")
    board.fill("What does the board answer?", "A second audiologist begins in January.")
    board.press("Send answer").sees("Answer sent to the chair")

    chair = at_browser(actors[CHAIR].user)
    chair.go(matter.get_absolute_url()).sees("A second audiologist begins in January.").look("escalations-answered")
    assert Escalation.objects.get().state == "answered"
