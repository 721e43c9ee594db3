"""The sample county is built through the services, once, and only for the demo."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from communities.models import Community, School
from core import audit
from funding.models import ExpenditureReport, FundingRequest
from meetings.models import Meeting

WINTER_EVENING = datetime(2026, 11, 26, 23, 58, tzinfo=UTC)  # the day a hundred days ago is another one in London
SUMMER_NIGHT = datetime(2027, 7, 10, 23, 30, tzinfo=UTC)  # in London it is tomorrow
NEW_YEAR = datetime(2027, 1, 1, 8, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("moment", [WINTER_EVENING, SUMMER_NIGHT, NEW_YEAR], ids=str)
def test_wealdshire_has_something_in_every_state_on_every_day(moment, settings, capsys, time_machine):
    settings.DEMO = True
    time_machine.move_to(moment)

    call_command("seed_demo")
    call_command("seed_demo")

    assert capsys.readouterr().out.endswith("There is a county already.\n")
    assert (Community.objects.count(), School.objects.count()) == (6, 60)
    assert set(Meeting.objects.values_list("state", flat=True)) >= {"closed", "published"}
    assert list(Meeting.objects.exclude(area=None).order_by("starts_at").values_list("state", flat=True)) == [
        "closed",
        "draft",
    ]
    held = Meeting.objects.get(area__isnull=False, state="closed")
    assert held.attendances.count() == 2
    assert held.items.filter(source_key__contains="escalation").exists()
    states = {"draft", "with_head", "returned", "submitted", "deferred", "released", "withdrawn"}
    assert set(FundingRequest.objects.values_list("state", flat=True)) >= states
    assert set(ExpenditureReport.objects.values_list("state", flat=True)) == {"accepted", "queried", "submitted"}
    audit.seal()
    assert audit.verify() is None


@pytest.mark.django_db
def test_the_sample_county_is_for_the_demo_only(settings):
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError, match="for the demo only"):
        call_command("seed_demo")
