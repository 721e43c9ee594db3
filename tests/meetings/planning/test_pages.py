"""The pages of planning: what they say, and what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Role
from meetings import sharing, sources
from meetings.models import AgendaItem, Invitation
from meetings.services import close, invitations, items, publishing, running
from tests.actors import ADMIN, BOARD, CHAIR, HEAD, PROFESSIONAL, SENCO, sign_in
from tests.factories.communities import AppointmentFactory, CommunityMembershipFactory, SchoolFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AgendaTemplateFactory,
    BulletinFactory,
    EscalationFactory,
    InterestFactory,
    InvitationFactory,
    MeetingDateFactory,
    MeetingFactory,
)
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
AT = "/meetings/north/2026-11-24/"


def words(actors, who, address):
    response = actors[who].client.get(address)
    assert response.status_code == 200, response.content[:300]
    return response.content.decode()


def cost(client, address):
    client.get(address)  # powers of the day are made, the reading mark is set
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- what a page costs: (who, address, how one more row is made) -------------------------------------------------------


def more_items(planned, _world, number):
    AgendaItemFactory(meeting=planned.meeting, title=f"Item {number}", link="/meetings/")


def more_schools(planned, world, number):
    school = SchoolFactory()
    CommunityMembershipFactory(community=world.north, school=school)
    person = AppointmentFactory(role=Role.SENCO, school=school).person
    InvitationFactory(meeting=planned.meeting, person=person, school=school)


def more_actions(_planned, world, number):
    ActionFactory(
        community=world.north, owner_school=world.hartwell, report_to_board=True, report_because="x", reported_at=NOW
    )


def more_bulletins(_planned, world, number):
    BulletinFactory(area=world.weald, published=True)


def more_matters(_planned, world, number):
    EscalationFactory(community=world.north)


def more_meetings(_planned, world, number):
    MeetingFactory(community=world.north, published=True, on=date(2027, 2, 1) + timedelta(days=number))


def more_past(_planned, world, number):
    MeetingFactory(community=world.north, closed=True, on=date(2025, 2, 1) + timedelta(days=number))


def more_dates(_planned, world, number):
    MeetingDateFactory(area=world.weald, on=date(2027, 2, 1) + timedelta(days=number))


def more_versions(planned, _world, number):
    template = AgendaTemplateFactory(version=10 + number)
    MeetingFactory(template=template)


PAGES = [
    (CHAIR, "/meetings/", more_meetings),
    (HEAD, "/meetings/", more_meetings),
    (CHAIR, "/meetings/", more_dates),
    (HEAD, "/meetings/past/", more_past),
    (CHAIR, AT, more_items),
    (HEAD, AT, more_items),
    (HEAD, f"{AT}papers/", more_items),
    (CHAIR, f"{AT}order/", more_items),
    (CHAIR, f"{AT}people/", more_schools),
    (HEAD, f"{AT}people/", more_schools),
    (CHAIR, f"{AT}ready/", more_schools),
    (CHAIR, f"{AT}fill/", more_bulletins),
    (CHAIR, "/meetings/north/plan/", more_dates),
    (SENCO, "/actions/", more_actions),
    (CHAIR, "/actions/?state=all&whose=north", more_actions),
    (BOARD, "/actions/?whose=board", more_actions),
    (SENCO, "/meetings/bulletins/", more_bulletins),
    (CHAIR, "/meetings/bulletins/", more_bulletins),
    (BOARD, "/board/bulletins/", more_bulletins),
    (BOARD, "/board/escalations/", more_matters),
    (ADMIN, "/county/dates/", more_dates),
    (ADMIN, "/county/templates/", more_versions),
]


@pytest.mark.parametrize(
    ("who", "address", "more"), PAGES, ids=[f"{who} {address} {more.__name__}" for who, address, more in PAGES]
)
def test_a_page_costs_at_most_twelve_queries_however_long_it_is(who, address, more, published, world, actors):
    client = actors[who].client
    more(published, world, 0)
    few = cost(client, address)
    for number in range(1, 12):
        more(published, world, number)

    assert (cost(client, address), few <= 12) == (few, True), few


# --- what a page says --------------------------------------------------------------------------------------------------


def test_the_agenda_says_times_reasons_and_when_it_runs_over(published, actors):
    AgendaItem.objects.filter(meeting=published.meeting, kind="request").update(minutes_planned=90)

    page = words(actors, HEAD, AT)

    assert "A standing item of the county agenda." in page
    assert "9:35am" in page
    assert "25 minutes too long" not in page  # a member cannot help it
    assert "25 minutes too long" in words(actors, CHAIR, AT)
    assert "At the end of Tuesday 17 November 2026" in page


def main_buttons(page):
    """The texts of the solid buttons of a page."""
    solid = re.findall(r'class="govuk-button"[^>]*>\s*(.*?)\s*</(?:a|button)>', page.partition("<main")[2], re.DOTALL)
    return [re.sub(r"<.*", "", text, flags=re.DOTALL).strip() for text in solid]


def test_the_agenda_has_one_solid_button_by_state(planned, actors, time_machine):
    assert main_buttons(words(actors, CHAIR, AT)) == ["Check and publish"]
    publishing.publish(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=planned.meeting.starts_at)
    assert main_buttons(words(actors, HEAD, AT)) == ["Say whether you come"]
    time_machine.move_to(planned.meeting.starts_at)
    chair, head = sign_in(actors[CHAIR].user), sign_in(actors[HEAD].user)
    assert main_buttons(chair.get(AT).content.decode()) == ["Start the meeting"]
    running.start(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=planned.meeting.starts_at)
    assert main_buttons(chair.get(AT).content.decode()) == ["Go to the live page"]
    assert main_buttons(head.get(AT).content.decode()) == ["Follow the meeting"]
    close.close(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=planned.meeting.ends_at)
    assert main_buttons(chair.get(AT).content.decode()) == ["Read the minutes"]
    over = head.get(AT).content.decode()
    assert main_buttons(over) == []
    assert "/answer/" not in over


def test_papers_of_a_closed_meeting_link_to_what_the_reader_still_reaches(published, actors, monkeypatch):
    item = AgendaItemFactory(meeting=published.meeting, kind="about_one", title="About one", link="/about/one/")
    monkeypatch.setitem(sources.OPEN_TO, "about_one", lambda person, items: set())
    assert 'href="/about/one/"' in words(actors, HEAD, f"{AT}papers/")
    at = published.meeting.ends_at
    running.start(meeting_id=published.meeting.pk, by=actors[CHAIR].user, now=published.meeting.starts_at)
    close.close(meeting_id=published.meeting.pk, by=actors[CHAIR].user, now=at)

    for address in (f"{AT}papers/", item.get_absolute_url()):
        page = words(actors, HEAD, address)
        assert "About one" in page
        assert 'href="/about/one/"' not in page


def test_a_member_reads_of_a_draft_that_it_is_being_prepared(planned, actors):
    response = actors[HEAD].client.get(AT)

    assert response.status_code == 403
    assert "The chair is still preparing this agenda" in response.content.decode()
    assert "Being prepared" in words(actors, HEAD, "/meetings/")


def test_what_changed_since_i_read_it_is_said_once(published, actors):
    words(actors, HEAD, AT)
    items.add(
        meeting_id=published.meeting.pk, title="Reading at home", why="", minutes=5, presenter="", audience="members",
        by=actors[CHAIR].user, now=NOW,
    )  # fmt: skip

    assert "“Reading at home” was added." in words(actors, HEAD, AT)
    assert "Changed since you read it" not in words(actors, HEAD, AT)
    assert "Changed since you read it" not in words(actors, CHAIR, AT)  # their own doing
    assert "Changed since you read it" not in words(actors, SENCO, AT)  # a first reading has no before


def test_an_item_one_has_an_interest_in_is_named_and_closed(published, actors):
    item = published.meeting.items.get(kind="request")
    InterestFactory(item=item, person=actors[HEAD].user)

    page = words(actors, HEAD, AT)

    assert "Closed to you" in page
    assert f'href="{item.get_absolute_url()}"' not in page
    assert actors[HEAD].client.get(item.get_absolute_url()).status_code == 403
    assert f'href="{item.get_absolute_url()}"' in words(actors, SENCO, AT)


def test_the_papers_of_such_an_item_have_no_link(published, actors):
    item = AgendaItemFactory(meeting=published.meeting, title="A paper", link="/requests/CoS-2041/")
    InterestFactory(item=item, person=actors[HEAD].user)

    assert "/requests/CoS-2041/" not in words(actors, HEAD, f"{AT}papers/")
    assert "/requests/CoS-2041/" in words(actors, SENCO, f"{AT}papers/")


def test_a_professional_reaches_their_item_and_nothing_else(published, actors):
    item = published.meeting.items.get(kind="request")
    invitations.invite_professional(
        item_id=item.pk, person_id=actors[PROFESSIONAL].user.pk, by=actors[CHAIR].user, now=NOW
    )
    client, other = actors[PROFESSIONAL].client, published.meeting.items.first()

    assert client.get(item.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 403
    assert client.get(f"{AT}people/").status_code == 403
    assert "You are invited to another item." in words(actors, PROFESSIONAL, AT)


def test_a_substitute_reads_along(published, world, actors):
    stand_in = AppointmentFactory(role=Role.HEADTEACHER, school=world.hartwell).person
    place = published.meeting.invitations.get(person=actors[HEAD].user)
    invitations.answer(invitation_id=place.pk, answer="no", substitute_id=stand_in.pk, by=actors[HEAD].user, now=NOW)

    page = sign_in(stand_in).get(AT).content.decode()

    assert "You go in place of Head Person" in page
    assert "You hold the place of Hartwell Primary" in page


def test_the_private_note_is_for_the_chair_alone(published, actors):
    item = published.meeting.items.first()
    items.write_note(item_id=item.pk, text="Ask about the bus", by=actors[CHAIR].user, now=NOW)

    assert "Ask about the bus" in words(actors, CHAIR, item.get_absolute_url())
    assert "Ask about the bus" not in words(actors, HEAD, item.get_absolute_url())


def test_reasons_for_apologies_are_for_the_chair(published, actors):
    Invitation.objects.filter(person=actors[HEAD].user).update(
        answer="no", answered_at=NOW, answered_by=actors[HEAD].user, reason="A hospital visit"
    )

    assert "A hospital visit" in words(actors, CHAIR, f"{AT}people/")
    assert "A hospital visit" not in words(actors, SENCO, f"{AT}people/")


def test_nothing_anybody_typed_is_on_a_shared_screen(published, actors):
    typed = AgendaItemFactory(meeting=published.meeting, title="SECRETWORD", why="SECRETWORD", presenter="SECRETWORD")
    items.write_note(item_id=typed.pk, text="SECRETWORD", by=actors[CHAIR].user, now=NOW)
    action = ActionFactory(community=published.meeting.community, title="SECRETWORD", detail="SECRETWORD")
    client = actors[CHAIR].client
    session = client.session
    session[sharing.KEY] = {"meeting": published.meeting.pk}
    session.save()

    for address in (
        AT,
        typed.get_absolute_url(),
        f"{AT}order/",
        f"{AT}papers/",
        "/actions/",
        action.get_absolute_url(),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert "SECRETWORD" not in response.content.decode(), address


def test_what_was_typed_is_never_markup(published, actors):
    nasty = "<script>alert(1)</script>"
    AgendaItemFactory(meeting=published.meeting, title=nasty, why=nasty, presenter=nasty)
    ActionFactory(community=published.meeting.community, title=nasty, detail=nasty)
    BulletinFactory(area=published.meeting.community.area, published=True, title=nasty, text=nasty)

    for address in (AT, f"{AT}order/", "/actions/", "/meetings/bulletins/", f"{AT}fill/"):
        page = words(actors, CHAIR, address)
        assert nasty not in page, address
        assert "&lt;script&gt;" in page, address


def test_typed_numbers_are_kept_when_one_is_wrong(published, actors):
    order = published.meeting.items.order_by("position")
    body = {f"number-{item.pk}": str(item.position) for item in order} | {f"number-{order[0].pk}": "first"}

    response = actors[CHAIR].client.post(f"{AT}order/", body)

    assert response.status_code == 422
    assert "Give every item a whole number." in response.content.decode()
    assert 'value="first"' in response.content.decode()


def test_moving_with_javascript_sends_the_list_back(published, actors):
    item = published.meeting.items.get(position=2)

    response = actors[CHAIR].client.post(
        f"{item.get_absolute_url()}move/", {"where": "top"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert f"“{item.title}” is moved." in response.content.decode()


def test_a_move_to_nowhere_is_not_found(published, actors):
    item = published.meeting.items.get(position=2)

    assert actors[CHAIR].client.post(f"{item.get_absolute_url()}move/", {"where": "sideways"}).status_code == 404


def test_the_calendar_file_is_named_after_the_day(published, actors):
    response = actors[HEAD].client.get(f"{AT}invitation.ics")

    assert response.headers["Content-Disposition"] == 'attachment; filename="meeting-2026-11-24.ics"'
    assert "method=REQUEST" in response.headers["Content-Type"]


def test_apologies_with_a_yes_are_asked_about(published, actors):
    place = published.meeting.invitations.get(person=actors[HEAD].user)

    response = actors[HEAD].client.post(f"{AT}answer/{place.pk}/", {"answer": "yes", "substitute_name": "Sam Field"})

    assert response.status_code == 422
    assert "Choose “No” to send somebody in your place" in response.content.decode()
    assert "Sam Field" in response.content.decode()


def test_a_stale_change_of_an_item_keeps_what_was_typed(published, actors):
    item = AgendaItemFactory(meeting=published.meeting, version=3)
    body = {"title": "My new title", "minutes": "5", "audience": "members", "version": "2"}

    response = actors[CHAIR].client.post(f"{item.get_absolute_url()}change/", body)

    assert response.status_code == 422
    assert "while you were writing" in response.content.decode()
    assert "My new title" in response.content.decode()


def test_the_filters_of_actions_stand_in_the_address(world, actors):
    mine = ActionFactory(community=world.north, owner=actors[SENCO].user, due_on=NOW.date() - timedelta(days=1))
    theirs = ActionFactory(community=world.north)
    done = ActionFactory(community=world.north, state="done", done_at=NOW, done_by=theirs.owner)

    def found(query):
        page = words(actors, SENCO, f"/actions/{query}")
        return {action for action in (mine, theirs, done) if action.title in page}

    assert found("") == {mine, theirs}
    assert found("?whose=mine") == {mine}
    assert found("?state=late") == {mine}
    assert found("?state=done") == {done}
    assert found("?state=all") == {mine, theirs, done}
    assert found("?whose=south") == set()
    assert found("?state=nonsense") == {mine, theirs}


def test_lists_can_be_drawn_inside_a_run_sheet(published, world, actors):
    ActionFactory(community=world.north, title="Ring the library")
    bulletin = BulletinFactory(area=world.weald, published=True)

    for address in ("/actions/?whose=north", bulletin.get_absolute_url()):
        response = actors[CHAIR].client.get(address, headers={"HX-Request": "true"})
        assert "<html" not in response.content.decode()
        assert "HX-Request" in response.headers["Vary"]


def test_a_community_of_the_same_name_as_an_area_is_found_first(world, actors):
    world.weald.slug = "north"
    world.weald.save()
    AppointmentFactory(person=actors[CHAIR].user, role=Role.BOARD_MEMBER, area=world.weald)
    MeetingFactory(community=None, area=world.weald, published=True)
    MeetingFactory(community=world.north, published=True)

    assert "North, Tuesday 24 November 2026" in words(actors, CHAIR, AT)


def test_a_cancelled_meeting_leaves_its_address_to_the_new_one(world, actors):
    MeetingFactory(community=world.north, cancelled=True, published_at=NOW, published_by=actors[CHAIR].user)
    assert "This meeting is cancelled. Snow" in words(actors, HEAD, AT)
    MeetingFactory(community=world.north, published=True)

    assert "This meeting is cancelled" not in words(actors, HEAD, AT)
