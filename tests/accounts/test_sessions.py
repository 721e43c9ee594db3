"""Sessions end when nobody is there, and after a working day in any case (T41)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from accounts import sessions
from accounts.middleware import IdleAndAbsoluteTimeout
from core.models import AuditEntry
from tests.actors import CHAIR, sign_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOTE = "You were signed out because nothing happened for a while"


@pytest.fixture
def clock(time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    return lambda **later: time_machine.move_to(start + timedelta(**later), tick=False)


@pytest.fixture
def client(clock):
    return sign_in(UserFactory())


def is_in(client, **headers) -> bool:
    return client.get("/account/", headers=headers).status_code == 200


def test_a_session_lasts_as_long_as_somebody_is_there(clock, client):
    for minutes in range(0, 11 * 60, 25):
        clock(minutes=minutes)
        assert is_in(client)


def test_a_session_that_nobody_uses_ends(clock, client):
    clock(minutes=settings.SESSION_IDLE_MINUTES + 2)

    answer = client.get("/account/", follow=True)

    assert answer.redirect_chain[0][0] == "/account/login/?next=/account/"
    assert NOTE in answer.content.decode()


def test_a_session_ends_after_a_working_day(clock, client):
    for minutes in range(0, 12 * 60, 20):
        clock(minutes=minutes)
        assert is_in(client)

    clock(hours=12)
    assert not is_in(client)


def test_a_poll_is_nobody_being_there(clock, client):
    for minutes in range(0, 30, 5):
        clock(minutes=minutes)
        assert is_in(client, **{"X-Poll": "1"})

    clock(minutes=settings.SESSION_IDLE_MINUTES + 2)
    assert not is_in(client, **{"X-Poll": "1"})


def test_staying_is_being_there(clock, client):
    clock(minutes=28)
    assert client.post("/stay/").status_code == 200
    clock(minutes=55)
    assert is_in(client)


def test_a_poll_keeps_the_session_where_its_view_says_so(clock, client, rf):
    """Somebody who follows a meeting on the screen is there, though they press nothing."""
    session = client.session
    request = rf.get("/meetings/north/", headers={"X-Poll": "1"})
    request.session, request.user = session, UserFactory()
    clock(minutes=20)

    def view(request):
        request.keeps_session = True
        return HttpResponse()

    answer = IdleAndAbsoluteTimeout(view)(request)

    assert answer.headers["X-Session-Kept"] == "1"
    assert session[sessions.SEEN] == int(timezone.now().timestamp())


def test_being_there_is_written_once_a_minute_at_most(clock, client):
    clock(seconds=0)
    is_in(client)
    before = client.session[sessions.SEEN]
    clock(seconds=50)
    is_in(client)
    assert client.session[sessions.SEEN] == before
    clock(seconds=61)
    is_in(client)
    assert client.session[sessions.SEEN] == before + 61


def test_a_fragment_after_the_end_is_401_and_not_the_sign_in_page(clock, client):
    clock(minutes=40)

    answer = client.get("/account/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (401, b"You have been signed out.")


def test_an_old_cookie_opens_nothing(clock, client):
    key = client.session.session_key
    client.post("/account/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert not is_in(client)


def test_signing_out_leaves_nothing_in_the_browser(client):
    answer = client.post("/account/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_in_and_out_is_written_down(clock, actors):
    person = actors[CHAIR].user

    client = sign_in(person)
    AuditEntry.objects.filter(action="account.signed_in", by=person).get()
    client.post("/account/logout/")

    assert AuditEntry.objects.get(action="account.signed_out").details == {"why": "asked"}


def test_running_out_is_written_down(clock, client):
    clock(minutes=40)
    is_in(client)

    assert AuditEntry.objects.get(action="account.signed_out").details == {"why": "time"}
