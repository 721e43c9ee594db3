"""Each page of the running meeting once, through its own address."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import IssuedDocument
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.queries import sealing
from meetings.services import running as running_service
from tests import pdf_checks
from tests.actors import BOARD, CHAIR, COLLEAGUE, HEAD, SENCO, sign_in
from tests.factories.meetings import InterestFactory, MeetingFactory

pytestmark = pytest.mark.django_db
BASE = "/meetings/north/2026-11-24/"


@pytest.fixture
def chair(actors):
    return actors[CHAIR].client


@pytest.fixture(autouse=True)
def _on_the_day(time_machine, later):
    time_machine.move_to(later(20))


def see(client, path, status=200, **headers) -> str:
    response = client.get(BASE + path, headers=headers)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response.content.decode()


def do(client, path, status=302, /, **body):
    response = client.post(BASE + path, body)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response


def test_the_chair_starts_and_goes_from_item_to_item(live, chair):
    assert "Start the meeting" in see(chair, "live/")
    do(chair, "live/start/")
    assert "No item is open" in see(chair, "live/")
    do(chair, f"live/items/{live.figures.pk}/open/")

    page = see(chair, "live/")

    assert "Item 2 of 4" in page
    assert "Minutes of this item" in page
    assert '<span aria-hidden="true">← </span>1. Welcome' in page


def test_notes_are_saved_and_a_second_editor_is_shown_both_texts(running, chair):
    do(chair, f"live/items/{running.figures.pk}/open/")
    save = f"live/items/{running.figures.pk}/notes/"
    do(chair, save, text="Mine first", version=0)

    answer = chair.post(BASE + save, {"text": "Another", "version": 0})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Two versions of the notes" in page
    assert "<mark>Another</mark>" in page
    assert AgendaItem.objects.get(pk=running.figures.pk).notes == "Mine first"


def test_saving_by_htmx_answers_with_the_new_version_only(running, chair):
    answer = chair.post(
        f"{BASE}live/items/{running.figures.pk}/notes/",
        {"text": "One\r\ntwo", "version": 0},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert 'value="1"' in answer.content.decode()
    assert answer.headers["X-Saved-At"] == "9:50am"
    assert AgendaItem.objects.get(pk=running.figures.pk).notes == "One\ntwo"


@pytest.mark.parametrize(("choice", "kept"), [("both", "Theirs\n\nMine"), ("mine", "Mine"), ("theirs", "Theirs")])
def test_settling_keeps_what_was_chosen(running, chair, choice, kept):
    item = running.figures
    do(chair, f"live/items/{item.pk}/notes/", text="Theirs", version=0)
    do(chair, f"live/items/{item.pk}/notes/", 409, text="Mine", version=0)
    assert "My words, not saved" in see(chair, f"live/items/{item.pk}/notes/both/")
    do(chair, f"live/items/{item.pk}/notes/both/", choice=choice, seen=1, mine="Mine", mine_kind="")

    assert AgendaItem.objects.get(pk=item.pk).notes == kept
    assert item.note_drafts.count() == 0


def test_history_brings_an_earlier_text_back(running, chair):
    item = running.figures
    for version, text in enumerate(["First", "Second"]):
        do(chair, f"live/items/{item.pk}/notes/", text=text, version=version)
    assert "Bring back version 1" in see(chair, f"live/items/{item.pk}/notes/history/")
    do(chair, f"live/items/{item.pk}/notes/history/1/restore/")

    assert AgendaItem.objects.get(pk=item.pk).notes == "First"
    assert list(item.note_versions.values_list("version", flat=True)) == [3, 2, 1]


def test_my_unsaved_words_are_there_when_i_come_back(running, chair):
    item = running.figures
    do(chair, f"live/items/{item.pk}/notes/", text="Theirs", version=0)
    do(chair, f"live/items/{item.pk}/notes/", 409, text="Mine alone", version=0)

    assert "are not part of the notes yet" in see(chair, f"live/items/{item.pk}/")
    assert "\nMine alone</textarea>" in see(chair, f"live/items/{item.pk}/?mine=notes")


def test_attendance_is_one_tap_each(running, chair):
    place = running.places[COLLEAGUE]
    do(chair, f"live/people/{place.pk}/arrived/")
    row = running.meeting.attendances.get()
    assert "9:50am to now" in see(chair, "live/people/")
    do(chair, f"live/people/{row.pk}/times/", version=1, arrived="9:35am", left="9:45am")
    assert "9:35am to 9:45am" in see(chair, "live/people/")
    do(chair, "live/people/everybody/")
    do(chair, "live/people/guest/", key="6f9619ff-8b86-d011-b42d-00cf4fc964ff", name="Dr Guest", how="remote", item="")

    assert "Dr Guest" in see(chair, "live/people/")


def test_times_that_cannot_be_are_refused_with_a_sentence(running, chair):
    do(chair, f"live/people/{running.places[COLLEAGUE].pk}/arrived/")
    row = running.meeting.attendances.get()

    answer = do(chair, f"live/people/{row.pk}/times/", 422, version=1, arrived="11:35am", left="")

    assert "It is 9:50am now" in answer.content.decode()


def test_an_interest_is_declared_and_set_aside_by_a_second_person(running, chair, actors, world):
    item = running.request
    page = see(chair, f"items/{item.pk}/interests/")
    assert "It is about their school" in page
    aside = f"items/{item.pk}/interests/{actors[SENCO].user.pk}/own_school/set-aside/"
    do(chair, aside, because="Left Hartwell in the summer")
    assert "Left Hartwell in the summer" in see(chair, f"items/{item.pk}/interests/")
    do(actors[COLLEAGUE].client, f"items/{item.pk}/interests/", note="My sister works there")

    page = see(actors[COLLEAGUE].client, f"items/{item.pk}/interests/")

    assert "You are recused: you declared an interest." in page


def test_members_follow_and_are_told_nothing_twice(running, chair, actors):
    do(chair, f"live/items/{running.request.pk}/open/")
    member = actors[COLLEAGUE].client
    page = see(member, "follow/")
    assert "CoS-2041: Hartwell Primary" in page
    first = member.get(f"{BASE}follow/", headers={"HX-Request": "true"})
    again = member.get(f"{BASE}follow/", headers={"HX-Request": "true", "If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert "You are recused" in see(actors[HEAD].client, "follow/")


def test_whoever_followed_is_led_to_what_came_of_the_meeting(running, chair, actors):
    member = actors[COLLEAGUE].client
    do(chair, "close/", sure="on")

    polled = member.get(f"{BASE}follow/", headers={"HX-Request": "true"})

    assert (polled.status_code, polled.headers["HX-Redirect"]) == (204, f"{BASE}after/")
    assert member.get(f"{BASE}follow/").url == f"{BASE}after/"
    assert "What came of each item" in see(member, "after/")


def test_the_wall_shows_no_typed_word_and_can_be_blanked(running, chair):
    do(chair, f"live/items/{running.request.pk}/open/")
    assert "Hartwell" not in see(chair, "screen/")
    do(chair, "live/shutter/", shut="yes")

    assert "The screen is blank for now" in see(chair, "screen/")


def test_an_action_is_agreed_on_the_spot(running, chair, actors):
    key = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    form = {"key": key, "title": "Ask the service", "owner": actors[COLLEAGUE].user.pk}
    form |= {"due_on_0": "8", "due_on_1": "12", "due_on_2": "2026"}
    see(chair, f"live/items/{running.figures.pk}/action/")
    for _twice in range(2):
        do(chair, f"live/items/{running.figures.pk}/action/", **form)

    assert running.meeting.actions.get().title == "Ask the service"


def test_the_board_is_told(running, chair):
    see(chair, f"live/items/{running.figures.pk}/tell-the-board/")
    body = {
        "key": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
        "kind": "ask",
        "title": "More help",
        "text": "Two schools wait.",
    }
    do(chair, f"live/items/{running.figures.pk}/tell-the-board/", **body)

    assert "More help" in see(chair, f"live/items/{running.figures.pk}/")


def test_a_minute_taker_types_and_does_not_steer(running, chair, actors):
    taker = actors[COLLEAGUE].client
    see(taker, "live/", 403)
    see(chair, "live/minute-takers/")
    do(chair, "live/minute-takers/", person=actors[COLLEAGUE].user.pk)
    see(taker, f"live/items/{running.figures.pk}/")
    do(taker, f"live/items/{running.figures.pk}/notes/", text="Typed for you", version=0)
    do(taker, f"live/items/{running.figures.pk}/open/", 403)
    do(chair, f"live/minute-takers/{actors[COLLEAGUE].user.pk}/end/")

    see(taker, "live/", 403)


def test_closing_asks_about_what_is_open_and_writes_the_minutes(running, chair, actors):
    do(chair, f"live/items/{running.figures.pk}/open/")
    page = see(chair, "close/")
    assert "How did this item end?" in page
    assert "2. District dashboard" in page
    assert "these items were not reached" in page
    do(chair, "close/", 422)
    do(chair, "close/", sure="on")

    assert Meeting.objects.get(pk=running.meeting.pk).state == "closed"
    assert "Send to members" in see(chair, "minutes/")
    page = see(actors[COLLEAGUE].client, "minutes/")
    assert "The chair is still reading through these minutes." in page
    see(actors[COLLEAGUE].client, "minutes.pdf", 403)
    see(actors[BOARD].client, "minutes/", 403)
    do(chair, "minutes/send/")
    assert "Minutes of North" in see(actors[COLLEAGUE].client, "minutes/")


def test_outcomes_left_open_are_given_on_the_page_that_closes(running, chair, world, actors):
    do(chair, f"live/items/{running.figures.pk}/open/")
    do(chair, f"live/items/{running.figures.pk}/notes/", text="Attendance is rising", version=0)
    field = f"ended-{running.figures.pk}"

    do(chair, "close/outcomes/", **{field: "information", f"ended-{running.other.pk}": "decision"})

    running.figures.refresh_from_db()
    assert (running.figures.outcome_kind, running.figures.outcome_version) == ("information", 1)
    assert running.figures.notes == "Attendance is rising"
    assert AgendaItem.objects.get(pk=running.other.pk).outcome_kind == ""  # not discussed: not asked here
    assert field not in see(chair, "close/")


def test_the_pages_that_put_something_right_lead_back_to_closing(running, chair, actors):
    do(chair, f"live/items/{running.figures.pk}/open/")
    page = see(chair, "close/")
    assert f'href="{BASE}live/people/?from=close"' in page
    assert f'href="{BASE}live/items/{running.figures.pk}/?from=close"' in page

    for address in ("live/people/?from=close", f"live/items/{running.figures.pk}/?from=close"):
        assert "Back to closing the meeting" in see(chair, address)
    assert "Back to closing" not in see(chair, f"live/items/{running.figures.pk}/?from=https://elsewhere.example/")


def test_a_chair_is_not_asked_how_an_item_closed_to_them_ended(running, chair, actors):
    do(chair, f"live/items/{running.figures.pk}/open/")
    InterestFactory(item=running.figures, person=actors[CHAIR].user)

    assert "closed to you" in see(chair, "close/")
    do(chair, "close/outcomes/", **{f"ended-{running.figures.pk}": "information"})

    running.figures.refresh_from_db()
    assert running.figures.outcome_kind == ""


def test_minutes_are_corrected_approved_by_the_next_meeting_and_sealed(
    running, chair, actors, later, time_machine, world
):
    do(chair, "live/people/everybody/")
    do(chair, f"live/people/{running.places[COLLEAGUE].pk}/arrived/")
    do(chair, f"live/items/{running.figures.pk}/outcome/", version=0, kind="information", text="Noted the figures")
    do(chair, "close/", sure="on")
    do(chair, "minutes/send/")
    member = actors[COLLEAGUE].client
    key = f"item:{running.figures.pk}:outcome"
    assert "Noted the figures" in see(member, "minutes/")
    do(member, f"minutes/lines/{key}/", suggestion="Noted the new figures", reason="They are new")
    correction = running.meeting.minutes.get().corrections.get()
    do(chair, f"minutes/corrections/{correction.pk}/", decision="accept", answer="")
    assert "Noted the new figures" in see(member, "minutes/")
    following = MeetingFactory(community=world.north, published=True, on=date(2027, 1, 12))
    time_machine.move_to(following.starts_at)
    chair, member = sign_in(actors[CHAIR].user), sign_in(actors[COLLEAGUE].user)  # the old sessions have ended
    do(chair, "minutes/approve/", 403)
    running_service.start(meeting_id=following.pk, by=actors[CHAIR].user, now=following.starts_at)
    do(chair, "minutes/approve/")

    sealed = Minutes.objects.get(state="sealed")
    assert (sealed.version, sealed.previous_hash, len(sealed.hash)) == (3, "", 64)
    assert "and sealed" in see(member, "minutes/")
    do(chair, "minutes/note/", text="Oakfield came at nine.")
    assert "Oakfield came at nine." in see(member, "minutes/")
    call_command("verify_minutes")
    paper = sealing.papers_of(sealed)[0]
    with connection.cursor() as cursor:  # somebody who may switch the triggers off changes a word
        cursor.execute("SET LOCAL session_replication_role = replica")
        IssuedDocument.objects.filter(pk=paper.pk).update(html=paper.html.replace("figures", "sums"))
    with pytest.raises(CommandError, match="not as they were sealed: North on"):
        call_command("verify_minutes")


def test_the_pdf_is_the_same_paper(running, chair):
    do(chair, "close/", sure="on")

    answer = chair.get(f"{BASE}minutes.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert pdf_checks.problems(answer.content) == []


def test_sharing_comes_back_by_itself(running, chair, later, time_machine):
    do(chair, "share-my-screen/")
    assert "You are sharing your screen" in see(chair, "live/")
    assert chair.post("/meetings/sharing/stop/").status_code == 302
    assert "You are sharing your screen" not in see(chair, "live/")
    time_machine.move_to(later(31))

    assert "You are sharing your screen" in see(chair, "live/")
