"""Times, readiness, dates and the calendar entry."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from core.models import ListEntry, ServiceSettings
from core.wording import forget
from meetings.documents.calendar_entry import entry
from meetings.forms.county import DateFacts
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.queries import dates, guests, readiness
from meetings.queries.agenda import items_of
from meetings.queries.mine import coming_for, to_plan
from meetings.queries.timing import timetable
from meetings.services import dates as date_services
from meetings.services import planning
from tests.actors import ADMIN, CHAIR, HEAD, SENCO
from tests.factories.meetings import AgendaItemFactory, ItemProposalFactory, MeetingDateFactory, MeetingFactory
from tests.meetings.planning.conftest import NOW, publish_template

pytestmark = pytest.mark.django_db


def test_items_follow_each_other_from_the_start():
    meeting = MeetingFactory()
    for minutes in (5, 10, 30):
        AgendaItemFactory(meeting=meeting, minutes_planned=minutes)

    times = timetable(meeting, items_of(meeting))

    assert [(row.starts_at - meeting.starts_at).seconds // 60 for row in times.rows] == [0, 5, 15]
    assert (times.planned, times.over, times.spare) == (45, 0, 105)


def test_an_agenda_that_is_too_long_says_by_how_much():
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting, minutes_planned=160)

    assert (timetable(meeting, items_of(meeting)).over, timetable(meeting, []).spare) == (10, 150)


def checks(meeting):
    return {check.title: (check.done, check.status) for check in readiness.checks(meeting, NOW)}


def test_a_fresh_draft_says_what_is_ready(planned):
    found = checks(planned.meeting)

    assert found["Place or link"] == (True, "Hartwell Primary, the hall")
    assert found["The agenda fits the time"] == (True, "145 of 150 minutes")
    assert found["The county agenda is the one in force"] == (True, "Version 1")
    assert found["Items members propose are answered"] == (True, "None waiting")
    assert found["Papers and requests have closed"] == (False, "Until Tuesday 17 November 2026")
    assert "Everybody has answered" not in found


def test_what_is_not_ready_is_said(published, actors):
    meeting = published.meeting
    Meeting.objects.filter(pk=meeting.pk).update(place="", version=3)
    AgendaItem.objects.filter(meeting=meeting, kind="request").update(minutes_planned=90)
    ItemProposalFactory(meeting=meeting)
    publish_template(actors)
    meeting.refresh_from_db()

    found = checks(meeting)

    assert found["Place or link"] == (False, "Not said yet")
    assert found["The agenda fits the time"] == (False, "25 minutes too long")
    assert found["The county agenda is the one in force"] == (False, "Version 2 is out")
    assert found["Items members propose are answered"] == (False, "1 to answer")
    assert found["Members know of every change"] == (False, "Not told yet")
    assert found["Everybody has answered"][0] is False
    assert "Enough schools will be there" not in found


@pytest.mark.parametrize(("needed", "enough"), [(1, True), (2, False)])
def test_the_quorum_is_forecast_where_the_county_has_one(published, actors, needed, enough):
    ServiceSettings.objects.update_or_create(pk=1, defaults={"quorum_schools": needed})
    forget()
    Invitation.objects.filter(person=actors[SENCO].user).update(
        answer="no", answered_at=NOW, answered_by=actors[SENCO].user, substitute_name="Sam Field"
    )

    assert checks(published.meeting)["Enough schools will be there"] == (
        enough, f"1 school coming, {needed} needed",
    )  # fmt: skip
    [hartwell, oakfield] = guests.by_school(published.meeting, list(guests.places(published.meeting)))
    assert (hartwell.coming, oakfield.coming, oakfield.away) == (True, False, False)


def test_bank_holidays_and_weekends_are_called_by_name():
    assert dates.why_unusual(date(2026, 12, 25)) == "Friday 25 December 2026 is a bank holiday (Christmas Day)."
    assert dates.why_unusual(date(2026, 11, 28)) == "28 November 2026 is a Saturday."
    assert dates.why_unusual(date(2026, 11, 24)) == ""


def facts(day, **more):
    when = {"on_0": str(day.day), "on_1": str(day.month), "on_2": str(day.year)}
    return DateFacts({**when, "starts": "9:30am", "length_minutes": "150", "cut_off_days": "7", **more})


def test_an_unusual_day_is_asked_about_once_more():
    asked = facts(date(2026, 12, 25))
    assert "Choose another day, or tick" in asked.errors["on"][0]
    assert "unusual" in asked.fields
    assert facts(date(2026, 12, 25), unusual="on").is_valid()
    usual = facts(date(2026, 11, 24))
    assert usual.is_valid()
    assert "unusual" not in usual.fields


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 9, 1), "Autumn term 2026"),
        (date(2027, 3, 31), "Spring term 2027"),
        (date(2027, 4, 1), "Summer term 2027"),
    ],
)
def test_a_day_has_a_term_without_any_list(day, term):
    assert dates.season_of(day) == term


def test_the_councils_own_terms_come_first(world):
    ListEntry.objects.create(
        list_name="terms", code="t2", label="Term 2", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 18)
    )
    for day in (date(2026, 11, 24), date(2026, 12, 1), date(2027, 1, 19)):
        MeetingDateFactory(area=world.weald, on=day)

    groups = dates.by_term(dates.dates_of(world.weald, since=date(2026, 11, 1)))

    assert [(term, len(days)) for term, days in groups] == [("Term 2", 2), ("Spring term 2027", 1)]


def test_the_list_of_dates_costs_the_same_however_long(world, django_assert_num_queries):
    for number in range(3):
        MeetingDateFactory(area=world.weald, on=date(2026, 12, 1) + timedelta(days=number))

    with django_assert_num_queries(2):  # dates, terms
        dates.by_term(dates.dates_of(None, since=date(2026, 11, 1)))


def test_free_dates_are_those_not_taken_or_withdrawn(planned, world, actors):
    assert [row.day for row in to_plan(actors[CHAIR].user, on=NOW.date())] == [planned.second]

    date_services.withdraw_date(date_id=planned.second.pk, reason="Snow", by=actors[ADMIN].user, now=NOW)
    planning.cancel(meeting_id=planned.meeting.pk, reason="Snow", by=actors[CHAIR].user, now=NOW)

    assert [row.day for row in to_plan(actors[CHAIR].user, on=NOW.date())] == [planned.first]


def test_a_chair_is_told_what_became_of_the_date(planned, actors):
    assert dates.what_happened_to(planned.meeting) == ""
    date_services.withdraw_date(date_id=planned.first.pk, reason="Snow", by=actors[ADMIN].user, now=NOW)

    assert dates.what_happened_to(Meeting.objects.get()) == "It withdrew Tuesday 24 November 2026: Snow"


@pytest.mark.parametrize(("who", "needs"), [(CHAIR, "Publish the agenda"), (SENCO, "")])
def test_a_draft_needs_the_chair_only(planned, actors, who, needs):
    [row] = coming_for(actors[who].user)

    assert row.needs == needs


def test_a_published_meeting_needs_my_answer_until_it_has_it(published, actors):
    [row] = coming_for(actors[HEAD].user)
    assert row.needs == "Say whether you come"

    Invitation.objects.filter(person=actors[HEAD].user).update(
        answer="yes", answered_at=NOW, answered_by=actors[HEAD].user
    )
    assert coming_for(actors[HEAD].user)[0].needs == ""


# --- the calendar entry ------------------------------------------------------------------------------------------------


def event_for(meeting, person, place=None):
    made = entry(meeting, person=person, place=place, now=NOW)
    [event] = Calendar.from_ical(made.content).walk("VEVENT")
    return made, event


def test_the_entry_says_when_where_and_who_and_nothing_of_the_agenda(published, actors):
    AgendaItemFactory(meeting=published.meeting, title="CoS-2041: Hartwell Primary", source_key="funding.request:1")
    place = published.meeting.invitations.get(person=actors[HEAD].user)

    made, event = event_for(published.meeting, actors[HEAD].user, place)

    assert made.method == "REQUEST"
    assert str(event["SUMMARY"]) == "Community meeting: North"
    assert event["DTSTART"].dt.isoformat() == "2026-11-24T09:30:00+00:00"
    assert str(event["LOCATION"]) == "Hartwell Primary, the hall"
    assert event["ATTENDEE"] == "mailto:head@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert b"CoS-2041" not in made.content
    assert b"Declarations" not in made.content


def test_the_entry_keeps_its_identity_and_counts_its_changes(published, actors):
    _, before = event_for(published.meeting, actors[HEAD].user)
    moved = planning.move_to(
        meeting_id=published.meeting.pk, date_id=published.second.pk, by=actors[CHAIR].user, now=NOW
    )
    made, after = event_for(moved, actors[HEAD].user)

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"], made.method) == (0, 1, "REQUEST")


def test_a_cancelled_meeting_cancels_its_entry(published, actors):
    cancelled = planning.cancel(meeting_id=published.meeting.pk, reason="Snow", by=actors[CHAIR].user, now=NOW)

    made, event = event_for(cancelled, actors[HEAD].user)

    assert (made.method, str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_summer_time_is_said_in_the_entry(world, actors):
    from datetime import UTC, datetime

    meeting = MeetingFactory(
        community=world.north, on=date(2027, 6, 8), starts_at=datetime(2027, 6, 8, 8, 30, tzinfo=UTC), published=True
    )

    made, event = event_for(meeting, actors[HEAD].user)

    assert event["DTSTART"].dt.isoformat() == "2027-06-08T09:30:00+01:00"
    assert b"BEGIN:VTIMEZONE" in made.content
