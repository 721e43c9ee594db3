"""The sample county is built through the services, once, and only for the demo."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from communities.models import Area, Community, School
from core import audit
from dashboards.models import BoardDigest
from dashboards.queries.digest import last_full_week
from dashboards.sample import money, rules
from funding.models import (
    Award,
    Budget,
    ChairDecision,
    ExpenditureReport,
    FundingPeriod,
    FundingRequest,
    Instalment,
    LedgerTransaction,
    PaymentSchedule,
    Recommendation,
)
from meetings.models import Action, Escalation, Interest, Invitation, Meeting, Minutes
from provision.models import SupportEntry

WINTER_EVENING = datetime(2026, 11, 26, 23, 58, tzinfo=UTC)  # the day a hundred days ago is another one in London
SCHOOL_BEGINS = datetime(2028, 9, 2, 8, tzinfo=UTC)
NEVER_LEFT = {Meeting: {"running", "suspended"}}  # nobody sits in a meeting when the demo begins
STATES = [
    (FundingRequest, "state"), (FundingRequest, "kind"), (Recommendation, "how"), (ChairDecision, "answer"),
    (Award, "state"), (Award, "origin"), (Instalment, "state"), (ExpenditureReport, "state"), (FundingPeriod, "state"),
    (Meeting, "state"), (Action, "state"), (Invitation, "answer"),
]  # fmt: skip
SECTIONS = ["communities", "actions", "escalations", "missed"]


@pytest.fixture(params=[WINTER_EVENING, SCHOOL_BEGINS], ids=str)
def wealdshire(request, db, settings, time_machine):
    """The sample county as it is built at that moment."""
    settings.DEMO = True
    time_machine.move_to(request.param)
    call_command("seed_demo")
    return request.param


@pytest.mark.slow
def test_wealdshire_is_whole_on_every_day(wealdshire, capsys):
    capsys.readouterr()
    call_command("seed_demo")

    assert capsys.readouterr().out == "There is a county already.\n"
    assert (Area.objects.count(), Community.objects.count(), School.objects.count()) == (2, 6, 60)
    for model, field in STATES:
        assert _missing(model, field) == set(), f"{model.__name__}.{field}"
    _look_at_the_meetings()
    _look_at_the_money()
    _look_at_the_digests()
    audit.seal()
    assert audit.verify() is None


def _missing(model, field):
    """The values of a column that nothing in the county has."""
    all_of_them = {value for value, _label in model._meta.get_field(field).choices} - NEVER_LEFT.get(model, set())
    return all_of_them ^ set(model.objects.values_list(field, flat=True))


def _look_at_the_meetings():
    assert Meeting.objects.filter(community__isnull=False, state="closed").dates("on", "day").count() == 3
    board = Meeting.objects.exclude(area=None).order_by("starts_at")
    assert [meeting.state for meeting in board] == ["closed", "draft"]
    assert board[0].attendances.count() == 2
    assert board[0].items.filter(source_key__contains="escalation").exists()
    assert set(Escalation.objects.values_list("state", flat=True)) == {"open", "answered"}
    assert set(Minutes.objects.values_list("state", flat=True)) >= {"circulated", "sealed"}
    assert set(Interest.objects.values_list("kind", flat=True)) >= {"own_school", "same_trust", "declared"}
    assert Invitation.objects.exclude(substitute_name="").exists()
    assert Invitation.objects.filter(role="professional", item__isnull=False).exists()
    assert set(SupportEntry.objects.filter(by_kind="service").values_list("outcome", flat=True)) >= {"not_available"}


def _look_at_the_money():
    """Every decision was taken, and every pound moved, in a period that ran on its day."""
    running = FundingPeriod.objects.get(state="open")
    assert not ChairDecision.objects.filter(decided_at__date__lt=running.starts_on).exists()
    assert not Meeting.objects.filter(state="closed", on__lt=running.starts_on).exists()
    assert not Budget.objects.filter(period__state="closed").exclude(free=0, committed=0, contingency=0).exists()
    assert not Budget.objects.filter(period=running, paid=0).exists()
    assert set(LedgerTransaction.objects.values_list("kind", flat=True)) >= {
        "carry_in",
        "carry_out",
        "lapse",
        "release",
    }
    assert PaymentSchedule.objects.exclude(withdrawn_at=None).count() == 1
    assert Award.objects.filter(state="active", instalments__state="paid").filter(instalments__state="planned").exists()
    assert not Instalment.objects.filter(paid_on__lt=F("due_on")).exists()


def _look_at_the_digests():
    """The newest one of each area tells of a week with something in it, in every section and with every answer."""
    week = last_full_week(datetime.now(tz=UTC).date())
    digests = BoardDigest.objects.filter(week_starts_on=week)
    assert digests.count() == 2
    for digest in digests:
        assert [part for part in SECTIONS if not digest.facts[part]] == []
        assert all(row["balance"] for row in digest.facts["communities"])
    decided = [row["decisions"] for digest in digests for row in digest.facts["communities"]]
    assert all(sum(row[word] for row in decided) for word in ("approved", "declined", "deferred", "departures"))


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", [1, 2, 17, 28])
def test_every_meeting_that_was_held_falls_into_the_running_period(month, day):
    today = date(2027, month, day)
    days = rules.meeting_days(today)
    first = money.first_day(days[0])

    assert first <= days[0]
    assert today + timedelta(weeks=2) <= first.replace(year=first.year + 1)
    assert money.begun_at(first).date() < first


@pytest.mark.django_db
def test_the_sample_county_is_for_the_demo_only(settings):
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError, match="for the demo only"):
        call_command("seed_demo")
