"""The task list and its pages, as the SENCO and the headteacher meet them."""

import pytest
from django.urls import reverse

from communities.models import Role
from tests.actors import HEAD, SENCO, sign_in
from tests.doors.funding_requests import ASK
from tests.factories.communities import AppointmentFactory
from tests.funding import made


def get(actors, who, name, request):
    return actors[who].client.get(reverse(f"funding:{name}", args=[request.reference])).content.decode()


def started(actors, world, kind="individual"):
    answer = actors[SENCO].client.post(reverse("funding:start"), {"school": world.hartwell.pk, "kind": kind})
    return answer.url


def test_what_is_missing_leads_to_the_page_where_it_is_written(world, actors):
    address = started(actors, world)

    tasks = actors[SENCO].client.get(address).content.decode()
    shown = actors[SENCO].client.get(f"{address}check/").content.decode()

    assert "Cannot start yet" in tasks
    for page, sentence in [("need", "Describe the need."), ("ask-for", "Add at least one cost.")]:
        assert f'href="{address}{page}/">{sentence}</a>' in shown
    assert shown.count("Not said yet") == 4
    assert "Add the pupils first" not in shown


def test_pupils_of_a_discussion_are_optional_until_there_is_one(world, actors):
    address = started(actors, world, kind="discussion")

    tasks = actors[SENCO].client.get(address).content.decode()

    assert "0 of 3 parts are done." in tasks
    assert "Completed" not in tasks
    assert tasks.count("Optional") == 2  # pupils and documents


def test_autosave_answers_with_what_the_costs_come_to(world, actors):
    request = made.drafted(world, actors)
    address = reverse("funding:ask", args=[request.reference])
    body = {**ASK, "version": request.sections.get(name="ask").version}

    answer = actors[SENCO].client.post(address, body, headers={"HX-Request": "true"}).content.decode()

    assert "Costs as saved: <strong>£100.00</strong> in all." in answer
    assert 'id="sum" hx-swap-oob="true"' in answer
    page = get(actors, SENCO, "ask", request)
    assert "What we ask for and cost</h1>" in page
    assert "(optional)" not in page


def test_a_page_saved_meanwhile_says_by_whom(world, actors):
    request = made.drafted(world, actors)
    address = reverse("funding:need", args=[request.reference])
    late = {"title": "Help in lessons", "need": "Other words.", "version": "0", "tab": "left open"}
    colleague = AppointmentFactory(role=Role.SENCO, school=world.hartwell).person

    to_colleague = sign_in(colleague).post(address, late)
    to_writer = actors[SENCO].client.post(address, late)

    assert (to_colleague.status_code, to_writer.status_code) == (409, 409)
    assert "Senco Person saved this page while you were writing</h2>" in to_colleague.content.decode()
    assert "You saved this page in another window</h2>" in to_writer.content.decode()


def test_words_with_a_zero_byte_are_kept_without_it(world, actors):
    request = made.drafted(world, actors)
    section = request.sections.get(name="need")
    typed = {"title": "", "need": "Pasted\0 words.", "partners": ["\0", "1"]}
    body = typed | {"version": section.version, "tab": "pasted\0"}

    answer = actors[SENCO].client.post(reverse("funding:need", args=[request.reference]), body)

    assert answer.status_code == 422
    section.refresh_from_db()
    assert (section.typed["need"], section.typed["partners"]) == ("Pasted words.", ["", "1"])
    assert ">Pasted words.</textarea>" in get(actors, SENCO, "need", request)


@pytest.mark.parametrize("number", ["²", "9" * 5_000])
def test_what_is_no_number_is_none_wherever_one_is_sent(world, actors, number):
    request, client = made.drafted(world, actors), actors[SENCO].client
    version = request.sections.get(name="ask").version
    many = ASK | {"version": version, "lines-TOTAL_FORMS": number, f"lines-{number}-what": "x", "remove": "0"}
    asked = [
        ("ask", many),
        ("ask", ASK | {"version": number}),
        ("ask", ASK | {"remove": number}),
        ("pupil-add", {"seed": number}),
        ("tried-attach", {"entries": number}),
    ]

    for name, body in asked:
        assert client.post(reverse(f"funding:{name}", args=[request.reference]), body).status_code < 500
    assert client.get(reverse("funding:ask", args=[request.reference])).status_code == 200


def test_the_headteacher_signs_a_button_that_names_amount_and_school(world, actors):
    request = made.with_head(world, actors)

    assert f"Sign off and submit £3,200 for {world.hartwell.name}" in get(actors, HEAD, "sign-off", request)


def test_withdrawing_says_who_notices(world, actors):
    draft = made.drafted(world, actors)
    sent = made.submitted(world, actors)

    assert "Nobody outside your school has seen it." in get(actors, SENCO, "withdraw", draft)
    shown = get(actors, SENCO, "withdraw", sent)
    assert "It is taken off the agenda and the chair is told." in shown
    assert f"Withdraw {sent.reference}\n" in shown or f"Withdraw {sent.reference}<" in shown
