"""Build the whole of Wealdshire, step by step, each step in the past it belongs to."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, County, Role
from communities.services import beginnings
from dashboards.sample import boards, files, meetings, reports, requests, rules
from dashboards.sample.people import People, settle
from dashboards.services import digests

Say = Callable[[str], None]


def is_built() -> bool:
    """Whether there is a county already: then nothing is done."""
    return Appointment.objects.filter(role=Role.ADMINISTRATOR).exists()


def build(now: datetime, say: Say) -> None:
    """Everything. `now` is the present; the history is laid before it."""
    today, begun = timezone.localdate(now), now - timedelta(days=110)
    admin = _administrator(begun)
    rules.write_words(admin, begun)
    files.load_registers(admin, begun)
    say("schools, districts, networks and communities loaded")
    rules.add_services(admin, begun)
    people = People(admin, begun)
    settle(people, today)
    say("people appointed")
    rules.publish_principles(admin, begun)
    rules.publish_template(admin, begun)
    rules.set_dates(admin, today, begun)
    rules.open_budgets(admin, today, begun)
    files.load_figures(admin, begun)
    say("rules, dates, budgets and figures ready")
    _meet(today, now)
    boards.meet(today, now)
    say("two terms of meetings held")
    reports.write(today, now - timedelta(days=1))
    meetings.send_bulletins(today, now)
    digests.make_due(today=today, now=now)


def _administrator(now: datetime) -> User:
    post = beginnings.begin(
        county="Wealdshire", la_code="999", name="Robin Administrator", email="robin@wealdshire.example", now=now
    )
    County.objects.update(sub_icb_code=files.ICB)
    return post.person


def _meet(today: date, now: datetime) -> None:
    for number, stages in enumerate(meetings.stages(today)):
        held = [stage for stage in stages if stage.at() < now]
        ahead = [stage for stage in stages if stage.at() >= now]
        for stage in held[:-1] if number % 3 == 2 else held:
            requests.write_for(stage)
            meeting = meetings.plan(stage)
            meetings.publish(stage, meeting, now)
            meetings.hold(stage, meeting)
        requests.write_open(ahead[0], now)
        meeting = meetings.plan(ahead[0])
        meetings.publish(ahead[0], meeting, now)
