"""The components and our own JavaScript in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.urls("tests.journeys.playground"), pytest.mark.django_db(transaction=True)]


def test_the_style_guide_is_accessible(at_browser):
    at_browser(None).go("/styleguide/").look("styleguide")


def test_a_form_with_errors_takes_the_reader_to_them(at_browser):
    person = at_browser(None).go("/styleguide/")

    person.press("Save and continue")

    page = person.page
    expect(page).to_have_title(re.compile("^Error: Style guide"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the start date, like 27 3 2026").click()
    expect(page.get_by_label("Day")).to_be_focused()
    person.look("styleguide-errors")


def test_a_choice_reveals_its_field_and_stays_valid(at_browser):
    person = at_browser(None).go("/styleguide/")

    expect(person.page.get_by_label("Say what it is")).to_be_hidden()
    person.choose("Something else")

    expect(person.page.get_by_label("Say what it is")).to_be_visible()
    person.look("styleguide-revealed")


def test_the_style_guide_works_without_javascript(at_browser):
    person = at_browser(None, javascript=False).go("/styleguide/")

    expect(person.page.get_by_label("Say what it is")).to_be_visible()
    person.page.locator("form.app-measure button[type=submit]").click()

    expect(person.page.locator(".govuk-error-summary")).to_be_visible()


def test_the_browser_runs_htmx_in_its_strict_dress(at_browser):
    person = at_browser(None).go("/playground/")

    settings = person.page.evaluate("htmx.config")
    wanted = {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "historyRestoreAsHxRequest": False,
        "selfRequestsOnly": True,
    }
    assert {key: settings[key] for key in wanted} == wanted


def test_a_swap_keeps_the_keyboard_speaks_and_runs_no_script(at_browser):
    person = at_browser(None).go("/playground/")

    person.page.get_by_role("button", name="Tick").focus()
    person.page.keyboard.press("Enter")

    expect(person.page.get_by_role("button", name="Untick")).to_be_focused()
    expect(person.page.locator("#status")).to_have_text("One of two ticked")
    expect(person.page).to_have_title(re.compile("^Playground"))


def test_a_poll_never_replaces_what_somebody_types_into(at_browser):
    page = at_browser(None).go("/playground/").page

    page.get_by_label("Note").focus()
    page.wait_for_timeout(200)
    page.get_by_label("Note").press_sequentially("half a sentence", delay=60)

    expect(page.get_by_label("Note")).to_have_value("half a sentence")
    expect(page.get_by_label("Note")).to_be_focused()
    page.get_by_label("Minutes").focus()
    expect(page.get_by_text("Feed 1")).to_be_visible()


def test_autosave_says_when_it_saved(at_browser):
    page = at_browser(None).go("/playground/").page

    page.get_by_label("Minutes").press_sequentially("Agreed.")

    expect(page.locator("[data-save-status]")).to_have_text("Saved at 9:41pm")
    expect(page.locator("form[data-dirty]")).to_have_count(0)


def test_autosave_says_when_it_did_not(at_browser):
    page = at_browser(None).go("/playground/").page

    page.get_by_label("Minutes").press_sequentially("refuse this")

    expect(page.locator("[data-save-status]")).to_have_text(re.compile("^Not saved"))
    expect(page.locator("form[data-dirty]")).to_have_count(1)


def test_leaving_with_something_unsaved_asks_first(at_browser):
    page = at_browser(None).go("/playground/").page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("Minutes").press_sequentially("refuse this")
    page.goto("about:blank")

    assert asked == ["beforeunload"]


def test_a_long_list_can_be_shortened_by_typing(at_browser):
    page = at_browser(None).go("/playground/").page

    page.get_by_label("Type a part of the name").fill("school 3")

    assert page.get_by_label("School", exact=True).locator("option").count() == 13
    expect(page.locator("#status")).to_have_text("12 names in the list")
    page.get_by_label("School", exact=True).select_option("35")


def test_the_session_warns_before_it_ends_and_can_be_kept(at_browser, settings):
    settings.SESSION_IDLE_MINUTES = 2
    person = at_browser(UserFactory()).go("/playground/")

    person.sees("You will be signed out in 2 minutes")
    person.look("idle-warning")
    with person.page.expect_response("**/stay/") as answer:
        person.press("Stay signed in")

    assert answer.value.status == 200
    expect(person.page.locator("#status")).to_have_text("You stay signed in")


def test_polls_say_that_they_are_polls(at_browser):
    page = at_browser(None).go("/playground/").page

    with page.expect_request("**/feed/") as poll:
        page.wait_for_timeout(400)

    assert poll.value.headers["x-poll"] == "1"


def test_on_a_phone_a_row_is_a_block_and_still_a_row(at_browser):
    page = at_browser(None, width=320).go("/playground/").page

    expect(page.get_by_role("cell", name="Primary")).to_have_css("display", "block")
    expect(page.get_by_role("rowheader", name="Hartwell")).to_be_visible()
    assert page.locator("td[data-label]").get_attribute("data-label") == "Phase"
