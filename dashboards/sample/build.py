"""Build the whole of Wealdshire, step by step, each step in the past it belongs to."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, County, Role
from communities.services import beginnings
from dashboards.sample import boards, files, meetings, money, payments, reports, rounds, rules
from dashboards.sample.people import People, settle
from dashboards.services import digests

Say = Callable[[str], None]


def is_built() -> bool:
    """Whether there is a county already: then nothing is done."""
    return Appointment.objects.filter(role=Role.ADMINISTRATOR).exists()


def build(now: datetime, say: Say) -> None:
    """Everything. `now` is the present; the history is laid before it."""
    today = timezone.localdate(now)
    first = money.first_day(rules.meeting_days(today)[0])
    _set_up(today, first, say)
    rounds.hold_all(today, first)
    rounds.prepare(today, now)
    boards.meet(today, now)
    say("two terms of meetings held")
    payments.send_next(today, now)
    reports.write(now - timedelta(days=1))
    meetings.send_bulletins(today, now)
    digests.make_due(today=today, now=now)


def _set_up(today: date, first: date, say: Say) -> None:
    """The county with its people, rules and money, as it stood on the first day of the running period."""
    begun = money.begun_at(first)
    admin = _administrator(begun)
    rules.write_words(admin, begun)
    files.load_registers(admin, begun)
    say("schools, districts, networks and communities loaded")
    rules.add_services(admin, begun)
    settle(People(admin, begun), today)
    say("people appointed")
    rules.publish_principles(admin, begun)
    rules.publish_template(admin, begun)
    rules.set_dates(admin, today, begun)
    files.load_figures(admin, begun)
    money.bring_over(admin, first)
    payments.run(begun.date(), first - timedelta(days=payments.PAID_AFTER))
    reports.account_for_the_year(first)
    money.turn_the_year(admin, first)
    say("rules, dates, budgets and figures ready")


def _administrator(now: datetime) -> User:
    post = beginnings.begin(
        county="Wealdshire", la_code="999", name="Robin Administrator", email="robin@wealdshire.example", now=now
    )
    County.objects.update(sub_icb_code=files.ICB)
    return post.person
