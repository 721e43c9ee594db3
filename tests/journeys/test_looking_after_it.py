"""The administrator lets somebody in and settles what the service could not; a person reads their notices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Delivery
from accounts.services import invitations
from core import audit, outbox
from core.models import OutboxMessage
from tests.actors import ADMIN, CHAIR, DATA_PROTECTION, SENCO, cast
from tests.factories.accounts import DeliveryFactory, InvitationFactory, NoticeFactory, UserFactory
from tests.factories.funding_requests import FundingRequestFactory
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


@pytest.fixture
def people():
    return {name: actor.user for name, actor in cast(build_world()).items()}


def test_letting_somebody_in(at_browser, people):
    admin = at_browser(people[ADMIN])
    ada = UserFactory(name="Ada Administrator")
    InvitationFactory(person=UserFactory(name="Ruth Run-Out"), invited_at=NOW - timedelta(days=400))
    invitations.invite(email="moved@example.org", name="Mary Moved", by=ada, now=NOW)

    admin.go("/county/people/").press("Invite somebody").choose("SENCO").press("Continue")
    admin.fill("Full name", "Grace Green").fill("Work email address", "grace@example.org")
    admin.page.get_by_label("Which school?").select_option(label="Hartwell Primary")
    for box, words in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        admin.page.get_by_label(box).first.fill(words)
    admin.look("invite-senco").page.locator("main button[type=submit]").last.click()
    admin.sees("Grace Green").look("person")

    outbox.drain(now=timezone.now())
    admin.go("/county/people/invitations/").sees("Run out").look("invitations")
    admin.page.get_by_role("button", name="Send again Mary Moved").click()
    admin.sees("is sent again, with a new link")


def test_settling_emails_nobody_can_be_sure_of(at_browser, people):
    for subject in ("Agenda published for North on Tuesday 24 November 2026", "You have been asked for a decision"):
        DeliveryFactory(uncertain=True, notice=NoticeFactory(person=people[SENCO], subject=subject))
    DeliveryFactory(attempts=3, error="The mail server cannot be reached (ConnectionRefusedError).")
    admin = at_browser(people[ADMIN])

    admin.go("/county/deliveries/").look("deliveries")
    admin.page.get_by_role("button", name="It arrived").first.click()
    admin.sees("Noted: it arrived")
    admin.page.get_by_role("button", name="Send again").first.click()
    admin.sees("Nothing waits for you").look("deliveries-none")

    outbox.drain(now=timezone.now())
    assert set(Delivery.objects.exclude(attempts=3).values_list("state", flat=True)) == {"sent"}


def test_trying_given_up_work_again(at_browser, people):
    OutboxMessage.objects.create(
        topic="meetings.print_pack", key="meeting:12:3", attempts=8, parked_at=NOW,
        error="ReachedOutside('https://example.org/logo.png')",
    )  # fmt: skip
    admin = at_browser(people[ADMIN])

    admin.go("/county/outbox/").look("given-up").press("Try all again")
    admin.sees("1 is being tried again").sees("Nothing was given up")


def test_reading_notices_and_choosing_fewer_emails(at_browser, people):
    for number in range(3):
        NoticeFactory(person=people[CHAIR], subject=f"Request CoS-204{number} waits for your decision", link="/help/")
    chair = at_browser(people[CHAIR])

    chair.go("/account/notices/").look("notices")
    chair.press("Request CoS-2042 waits for your decision")
    chair.sees("Help")
    chair.go("/account/notices/").sees("2 not read yet").press("Mark all as read").sees("You have read everything")
    chair.go("/account/preferences/").choose("Only what needs me").look("preferences").press("Save")
    chair.sees("Your choice is saved").look("account-hub")
    chair.go("/account/email/").look("email-address")
    chair.go("/account/sessions/").look("sessions")


def test_switching_the_role(at_browser, people):
    chair = at_browser(people[CHAIR])

    chair.go("/account/").press("Switch role").look("acting")
    chair.choose("Headteacher, Quay Infants").press("Act in this post")

    chair.sees("You are now acting as Headteacher, Quay Infants")


def test_choosing_who_to_be_in_the_demonstration(at_browser, people, settings):
    settings.DEMO = True
    visitor = at_browser(None)

    visitor.go("/account/login/").press("choose who to be").look("demo")
    visitor.page.get_by_role("button", name="Senco Person").click()
    visitor.go("/account/").sees("SENCO, Hartwell Primary")


def test_asking_the_log_who_read_a_request(at_browser, people):
    request = FundingRequestFactory()
    audit.record(action="read.viewed", target=request, by=people[CHAIR])
    officer = at_browser(people[DATA_PROTECTION])

    officer.go("/county/").press("Who read and changed what")
    officer.fill("Reference of a request", request.reference).press("Show")
    officer.sees(f"Request {request.reference}").look("log")

    officer.page.get_by_label("Day").first.fill("31")
    officer.press("Show").sees("There is a problem").look("log-fault")
