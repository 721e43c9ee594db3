"""Reports are made from the books, frozen when sent, questioned, answered and accepted by somebody who had no part in them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Notice
from communities.models import Role
from core import documents as papers
from core.verdicts import Refused
from funding.models import ExpenditureReport, ReportLine
from funding.queries import reports as reads
from funding.services import awards, ledger, reports
from tests.factories.communities import AppointmentFactory
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.factories.meetings import MeetingFactory

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def budget(world, actors):
    return make_budget(grant=10_000, community=world.north, period=FundingPeriodFactory())


@pytest.fixture
def chair(actors):
    return actors["chair"].user


@pytest.fixture
def officer(actors):
    return actors["officer"].user


def granted(budget, world, by, number=1, amount=1000):
    return awards.grant(
        budget_id=budget.pk,
        school_id=world.hartwell.pk,
        amount=Decimal(amount),
        reference=f"CoS-{number}",
        title=f"Help number {number}",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 7, 20),
        by=by,
        now=NOW,
    )


def draft(budget, by, **how):
    return reports.draft(**{"budget_id": budget.pk, "covers": "since", "meeting_id": None, "by": by, "now": NOW, **how})


def send(report, by, reason=""):
    return reports.submit(key=uuid4(), report_id=report.pk, note="", reason=reason, by=by, now=NOW)


def ask(report, by, line_id=None):
    return reports.ask(key=uuid4(), report_id=report.pk, line_id=line_id, question="Why so much?", by=by, now=NOW)


def state(report):
    return ExpenditureReport.objects.get(pk=report.pk).state


def test_a_report_holds_what_moved_and_adds_it_up(budget, world, chair):
    award = granted(budget, world, chair)
    granted(budget, world, chair, number=2, amount=500)
    awards.release_early(award_id=award.pk, reason="Moved", by=chair, now=NOW)

    version = send(draft(budget, chair), chair)

    assert (version.agreed, version.given_back, version.paid, version.uncommitted) == (
        Decimal(1500),
        Decimal(1000),
        Decimal(0),
        Decimal(9500),
    )
    sections = list(version.lines.values_list("section", "reference", "what"))
    assert sections == [
        ("other", "", "Allocated"),
        ("agreed", "CoS-1", "Help number 1"),
        ("agreed", "CoS-2", "Help number 2"),
        ("given_back", "CoS-1", "Released"),
    ]


def test_contingency_is_told_apart_from_what_was_allocated_and_four_figures_make_the_fifth(budget, world, chair):
    ledger.set_contingency(budget_id=budget.pk, amount=Decimal(600), by=chair, now=NOW)
    ledger.set_contingency(budget_id=budget.pk, amount=Decimal(400), by=chair, now=NOW)
    granted(budget, world, chair)

    paper = send(draft(budget, chair), chair).document.context

    assert {part["name"]: part["total"] for part in paper["sections"]} == {
        "agreed": "£1,000.00",
        "given_back": "£0.00",
        "paid": "£0.00",
        "other": "£10,000.00",
        "set_aside": "£400.00",
    }
    *parts, whole = [Decimal(row["after"].strip("£").replace(",", "")) for row in paper["figures"]]
    assert sum(parts) == whole == Decimal(10_000)
    assert [row["total"] for row in paper["figures"]] == [False, False, False, False, True]


def test_the_next_report_starts_where_the_last_ended(budget, world, chair):
    granted(budget, world, chair)
    send(draft(budget, chair), chair)
    granted(budget, world, chair, number=2, amount=500)

    version = send(draft(budget, chair), chair)

    assert [line.reference for line in version.lines.all()] == ["CoS-2"]
    with pytest.raises(reports.NothingToReport):
        send(draft(budget, chair), chair)


def held(world, chair, at):
    return MeetingFactory(
        community=world.north, on=at.date(), closed=True, started_at=at, closed_at=at, closed_by=chair
    )


def test_a_report_of_a_meeting_covers_it_up_to_the_next(budget, world, chair):
    before, during, after = (datetime(2026, 11, day, 10, 0, tzinfo=UTC) for day in (23, 24, 30))
    meeting, later = held(world, chair, during), held(world, chair, after)
    for number, moment in ((1, before), (2, during), (3, after)):
        how = {"budget_id": budget.pk, "by": chair, "now": moment}
        ledger.commit(amount=Decimal(number), **how)
    first = send(draft(budget, chair, covers="meeting", meeting_id=meeting.pk), chair)
    second = send(draft(budget, chair, covers="meeting", meeting_id=later.pk), chair)

    assert (first.agreed, second.agreed) == (Decimal(2), Decimal(3))
    with pytest.raises(reports.ReportedAlready):
        draft(budget, chair, covers="meeting", meeting_id=meeting.pk)


def test_one_draft_at_a_time_which_can_be_discarded(budget, chair):
    first = draft(budget, chair)
    with pytest.raises(reports.DraftOpen):
        draft(budget, chair)

    reports.discard(report_id=first.pk, by=chair, now=NOW)

    draft(budget, chair)
    with pytest.raises(Refused, match="discarded"):
        send(first, chair)


def test_what_was_sent_is_corrected_by_a_new_version_that_says_why(budget, world, chair, officer):
    award = granted(budget, world, chair)
    report = draft(budget, chair)
    first = send(report, chair)
    reports.accept(report_id=report.pk, by=officer, now=NOW)
    frozen = (first.document.html, first.document.sha256)
    awards.release_early(award_id=award.pk, reason="Moved", by=chair, now=NOW)

    with pytest.raises(reports.NeedsReason):
        send(report, chair)
    second = send(report, chair, reason="One award ended early")

    assert (second.number, second.given_back, state(report)) == (2, Decimal(1000), "submitted")
    first.document.refresh_from_db()
    assert (first.document.html, first.document.sha256) == frozen
    assert papers.is_whole(first.document)
    with pytest.raises(Refused, match="not discarded"):
        reports.discard(report_id=report.pk, by=chair, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportLine.objects.update(amount=1)


def test_a_correction_never_counts_what_a_later_report_holds(budget, world, chair):
    granted(budget, world, chair)
    first = draft(budget, chair)
    send(first, chair)
    granted(budget, world, chair, number=2, amount=500)
    send(draft(budget, chair, now=NOW.replace(day=26)), chair)

    again = send(first, chair, reason="A word was wrong")

    assert again.agreed == Decimal(1000)


def test_a_question_is_answered_and_then_the_report_accepted(budget, world, chair, officer, actors):
    granted(budget, world, chair)
    report = draft(budget, chair)
    version = send(report, chair)
    query = ask(report, officer, version.lines.get(reference="CoS-1").pk)
    assert state(report) == "queried"
    with pytest.raises(Refused, match="A question is still open"):
        reports.accept(report_id=report.pk, by=officer, now=NOW)

    reports.answer(query_id=query.pk, words="Two pupils share it", by=chair, now=NOW)
    reports.accept(report_id=report.pk, by=officer, now=NOW)

    assert state(report) == "accepted"
    assert set(Notice.objects.values_list("person__email", "subject")) >= {
        ("officer@example.org", "Expenditure report from North"),
        ("chair@example.org", "A question about the expenditure report of North"),
        ("officer@example.org", "North answered your question"),
        ("chair@example.org", "The expenditure report of North is accepted"),
    }
    with pytest.raises(Refused, match="There is no open question"):
        reports.answer(query_id=query.pk, words="More", by=chair, now=NOW)


def test_one_answer_of_two_leaves_the_report_questioned(budget, world, chair, officer):
    report = draft(budget, chair)
    send(report, chair)
    first, second = ask(report, officer), ask(report, officer)

    reports.answer(query_id=first.pk, words="So", by=chair, now=NOW)
    assert state(report) == "queried"
    with pytest.raises(Refused, match="answered already"):
        reports.answer(query_id=first.pk, words="So", by=chair, now=NOW)
    reports.answer(query_id=second.pk, words="So", by=chair, now=NOW)
    assert state(report) == "submitted"


def test_forms_sent_twice_with_one_key_have_one_effect(budget, chair, officer):
    report = draft(budget, chair)
    key, how = uuid4(), {"report_id": report.pk, "note": "", "reason": "", "by": chair, "now": NOW}
    assert reports.submit(key=key, **how) == reports.submit(key=key, **how)
    key, how = uuid4(), {"report_id": report.pk, "line_id": None, "question": "Why?", "by": officer, "now": NOW}
    assert reports.ask(key=key, **how) == reports.ask(key=key, **how)
    assert report.queries.count() == 1


def as_officer(person, world):
    AppointmentFactory(person=person, role=Role.OFFICER, county=world.county)
    type(person).objects.filter(pk=person.pk).update(powers_until=None)
    return type(person).objects.get(pk=person.pk)


def test_who_sent_or_decided_does_not_accept(budget, world, chair, actors):
    neighbour = actors["neighbour"].user
    granted(budget, world, neighbour)
    report = draft(budget, chair)
    send(report, chair)

    for person, sentence in ((chair, "You sent this report"), (neighbour, "You decided an award")):
        with pytest.raises(Refused, match=sentence):
            reports.accept(report_id=report.pk, by=as_officer(person, world), now=NOW)


def test_nobody_answers_their_own_question(budget, world, chair):
    report = draft(budget, chair)
    send(report, chair)
    both = as_officer(chair, world)
    query = ask(report, both)

    with pytest.raises(Refused, match="somebody else has to answer"):
        reports.answer(query_id=query.pk, words="Well", by=both, now=NOW)


@pytest.mark.parametrize("who", ["senco", "head", "colleague", "neighbour", "officer", "administrator", "board_member"])
def test_only_the_chair_reports(budget, actors, chair, who):
    by = actors[who].user
    with pytest.raises(Refused, match="Only the chair"):
        draft(budget, by)
    report = draft(budget, chair)
    for act in (lambda: send(report, by), lambda: reports.discard(report_id=report.pk, by=by, now=NOW)):
        with pytest.raises(Refused, match="Only the chair"):
            act()


@pytest.mark.parametrize("who", ["senco", "chair", "neighbour", "administrator", "board_member"])
def test_only_an_officer_asks_and_accepts(budget, actors, chair, who):
    report = draft(budget, chair)
    send(report, chair)
    for act in (
        lambda: ask(report, actors[who].user),
        lambda: reports.accept(report_id=report.pk, by=actors[who].user, now=NOW),
    ):
        with pytest.raises(Refused, match="Only a High Needs Funding officer"):
            act()


def test_the_queue_has_the_version_last_sent_and_says_how_long_it_waits(budget, world, chair, officer):
    report = draft(budget, chair)
    send(report, chair)
    granted(budget, world, chair)
    ask(report, officer)
    send(report, chair, reason="One was missing")
    [line] = reads.waiting(on=NOW.date() + timedelta(days=3))[0:25]

    assert (line["key"], line["community"]) == (str(report.pk), "North")
    assert (line["agreed"], line["uncommitted"]) == (1000, 9000)
    assert (line["stage"], line["ago"]) == ("Waiting for the officer", "3 days ago")
    assert [one["ago"] for one in reads.waiting(on=NOW.date(), state="submitted")[0:25]] == ["today"]
    assert reads.waiting(on=NOW.date(), area="elsewhere").count() == 0

    reports.accept(report_id=report.pk, by=officer, now=NOW)
    assert [(one["stage"], one["ago"]) for one in reads.waiting(on=NOW.date())[0:25]] == [("Accepted", "")]
