"""How Wealdshire works: words, Principles, agenda template, dates."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate

from accounts.models import User
from communities.models import Area
from communities.services import places, principles
from dashboards.queries.digest import last_full_week
from meetings.services import dates, templates
from provision.services import register

PRINCIPLES = [
    "We look at the greatest need first, whichever school it is in.",
    "We use all our budgets well: delegated, devolved and the community’s own.",
    "We look at the context of a child and of a school, not only at the level of need.",
    "We try the help of the Professional Resource Group and of each other before we spend.",
    "We keep room for what we cannot foresee.",
    "We reduce our reliance on additional money, so that it can go where it is needed more.",
    "We support and challenge each other honestly, and take part when we ask for nothing ourselves.",
    "We say what difference we expect, and look back to see whether it came.",
    "We share what works, and learn from other communities.",
    "We are fair across the area and across the county.",
]
SERVICES = {
    "Specialist teaching": "Advice and teaching for pupils with learning, communication or behaviour needs",
    "Educational psychology": "Consultation, assessment and training by educational psychologists",
    "Special school outreach": "Visits to and from special schools, and coaching for staff",
}
# Weeks between the last full week, which the newest digest tells, and the meetings that were held and those to come. More
# than three lie between two meetings, so that nobody can make up for a date they let pass.
COMMUNITIES = (-18, -9, 0, 4, 9)  # on Tuesdays
BOARD = (0, 5)  # on Thursdays, after the communities


def write_words(admin: User, now: datetime) -> None:
    """The council's name and what it calls things."""
    words = {
        "council_name": "Wealdshire County Council",
        "council_short_name": "the county council",
        "service_name": "Communities of Schools",
        "help_email": "communities@wealdshire.example",
        "help_phone": "0100 000 0000",
    }
    places.set_words(by=admin, now=now, words=words, county_name="Wealdshire", la_code="999")


def publish_principles(admin: User, now: datetime) -> None:
    """Ten Principles, in force since long ago."""
    version = principles.draft(by=admin, now=now)
    principles.save(
        version_id=version.pk, title="Community Principles", source="Agreed by the made-up heads of Wealdshire",
        starts_on=date(2023, 4, 1), texts=PRINCIPLES, by=admin, now=now,
    )  # fmt: skip
    principles.publish(version_id=version.pk, by=admin, now=now)


def add_services(admin: User, now: datetime) -> None:
    """The services of the Professional Resource Group."""
    for name, what in SERVICES.items():
        register.add(name=name, what_it_does=what, by=admin, now=now)


def publish_template(admin: User, now: datetime) -> None:
    """The county's agendas, of communities and boards, from the first drafts the product proposes."""
    for body in ("community", "board"):
        draft = templates.draft_next(body=body, by=admin, now=now)
        templates.publish(template_id=draft.pk, starts_on=localdate(now), note="The first agenda", by=admin, now=now)


def meeting_days(today: date) -> list[date]:
    """Tuesdays that have been and Tuesdays to come, the earliest first."""
    return [last_full_week(today) + timedelta(weeks=weeks, days=1) for weeks in COMMUNITIES]


def board_days(today: date) -> list[date]:
    """The Thursday of the meeting that was held, and of the one that is planned."""
    return [last_full_week(today) + timedelta(weeks=weeks, days=3) for weeks in BOARD]


def set_dates(admin: User, today: date, now: datetime) -> None:
    """Two terms of dates for every area, and two of the first one's board: after its communities met, and in five weeks."""
    for area in Area.objects.order_by("pk"):
        for day in meeting_days(today):
            dates.set_date(
                area_id=area.pk, kind="community", on=day, starts=time(9, 30), length_minutes=150, cut_off_days=7,
                note="", by=admin, now=now,
            )  # fmt: skip
    area = Area.objects.order_by("pk")[0]
    for day in board_days(today):
        dates.set_date(
            area_id=area.pk, kind="board", on=day, starts=time(9, 30), length_minutes=120, cut_off_days=7, note="", by=admin,
            now=now,
        )  # fmt: skip
