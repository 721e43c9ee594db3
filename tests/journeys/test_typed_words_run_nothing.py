"""110 payloads typed into minutes and requests, and met on the page of two versions: nothing runs, nothing leaves."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from funding.models import FundingRequest
from meetings.models import AgendaItem, Meeting
from meetings.services import attendance, close, inline
from meetings.services import running as services
from tests import xss
from tests.actors import CHAIR, COLLEAGUE, SENCO
from tests.factories.funding_requests import FundingRequestFactory
from tests.funding import made
from tests.journeys.test_live_meeting import base, today

__all__ = ["base", "today"]
pytestmark = pytest.mark.django_db(transaction=True)
ALL = "\n".join(xss.PAYLOADS)
MISSING = """payloads => {
  const bare = text => text.replace(/[\\s\\p{C}]/gu, "");
  const typed = [...document.querySelectorAll("textarea, input")].map(field => field.value).join(" ");
  const here = bare(document.body.textContent + " " + typed);
  return payloads.filter(payload => !here.includes(bare(payload)));
}"""


def watched(person):
    """The person, with somebody who sees whatever runs or leaves."""
    return person, xss.Watch(person.page)


def quiet(person, watch, payloads=None) -> None:
    """These payloads stand on the page as words, and nothing of them ran."""
    assert person.page.evaluate(MISSING, payloads or []) == []
    assert watch.all_quiet() == []
    assert person.faults == []


def test_there_are_110():
    assert len(set(xss.PAYLOADS)) == 110


def test_in_minutes_and_where_two_versions_meet(today, base, actors, at_browser):
    now, by = timezone.now(), actors[CHAIR].user
    services.start(meeting_id=today.meeting.pk, by=by, now=now)
    attendance.everybody_came(meeting_id=today.meeting.pk, by=by, now=now)
    services.open_item(item_id=today.figures.pk, by=by, now=now)
    inline.name_minute_taker(meeting_id=today.meeting.pk, person_id=actors[COLLEAGUE].user.pk, by=by, now=now)
    one, watch_one = watched(at_browser(by))
    two, watch_two = watched(at_browser(actors[COLLEAGUE].user))
    one.go(f"{base}live/")
    two.go(f"{base}live/")

    one.page.get_by_label("Minutes of this item").fill(ALL)
    expect(one.page.locator("#notes-form [data-save-status]")).to_contain_text("Saved at")
    two.page.get_by_label("Minutes of this item").fill(f"Mine\n{ALL}")
    expect(two.page.locator("#clash-notes")).to_be_visible()
    quiet(two, watch_two, xss.PAYLOADS)
    quiet(two.go(f"{base}live/items/{today.figures.pk}/notes/both/"), watch_two, xss.PAYLOADS)
    two.press("Save what I chose").sees("Saved. Both texts stay in the history.")

    kept = "".join(AgendaItem.objects.get(pk=today.figures.pk).notes.split())
    assert kept.count("xss-canary") >= 2 * ALL.count("xss-canary")
    for page in ("live/", f"live/items/{today.figures.pk}/notes/history/"):
        quiet(one.go(base + page), watch_one, xss.PAYLOADS)
    AgendaItem.objects.filter(pk=today.figures.pk).update(outcome=ALL, why=ALL[:300])
    quiet(two.go(f"{base}follow/"), watch_two, xss.PAYLOADS)
    close.close(meeting_id=today.meeting.pk, by=by, now=timezone.now())
    for page in ("minutes/", "after/"):
        quiet(one.go(base + page), watch_one, xss.PAYLOADS)
    assert Meeting.objects.get(pk=today.meeting.pk).state == "closed"


def test_in_requests(world, actors, at_browser):
    senco, watch = watched(at_browser(actors[SENCO].user))
    for batch in xss.batches(22):
        draft = made.drafted(world, actors, kind="project")
        payloads = [one for one in xss.PAYLOADS if one in batch]
        senco.go(f"{draft.get_absolute_url()}need/")
        senco.page.get_by_label("What is the need?").fill(batch)
        with senco.page.expect_navigation():  # at once, before it was saved by itself: nobody is asked whether to leave
            senco.page.locator("main form button.govuk-button").first.click()
        quiet(senco.go(f"{draft.get_absolute_url()}need/"), watch, payloads)
        for page in ("", "check/"):
            quiet(senco.go(draft.get_absolute_url() + page), watch)


def test_in_requests_as_others_read_them(world, actors, at_browser):
    chair, watch = watched(at_browser(actors[CHAIR].user))
    request = made.submitted(world, actors)
    made.on_agenda(request)
    for batch in xss.batches(22):
        FundingRequest.objects.filter(pk=request.pk).update(need=batch, ask=batch[:2000], title=batch[:100])
        payloads = [one for one in xss.PAYLOADS if one in batch]
        quiet(chair.go(request.get_absolute_url()), watch, payloads)
        quiet(chair.go(f"{request.get_absolute_url()}panel/"), watch)


def test_in_the_titles_of_a_list(world, actors, at_browser):
    for payload in xss.PAYLOADS:
        FundingRequestFactory(school=world.hartwell, drafted_by=actors[SENCO].user, title=payload[:100])
    senco, watch = watched(at_browser(actors[SENCO].user))
    for number in range(1, 6):
        quiet(senco.go(f"/requests/?page={number}"), watch)
