"""A person's own account: what stands there, and what they may change."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notice, User
from core.models import AuditEntry
from tests.actors import CHAIR, NEIGHBOUR, SENCO, sign_in
from tests.factories.accounts import NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def cost(client: Client, path: str) -> int:
    client.get(path)  # powers and words are made once, then kept
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def notices(person: User, count: int, **changes) -> list[Notice]:
    return [NoticeFactory(person=person, **changes) for _ in range(count)]


def test_the_account_names_the_posts_and_what_is_new(actors):
    notices(actors[CHAIR].user, 2)

    page = actors[CHAIR].client.get("/account/").content.decode()

    for words in ("Chair, North", "Headteacher, Quay Infants", "2 not read yet", "chair@example.org"):
        assert words in page


def test_notices_stand_unread_first(actors):
    person, client = actors[SENCO].user, actors[SENCO].client
    NoticeFactory(person=person, subject="Read long ago", read_at=NOW)
    NoticeFactory(person=person, subject="Something new")
    NoticeFactory(person=actors[CHAIR].user, subject="Not for you")

    page = client.get("/account/notices/").content.decode()

    assert page.index("Something new") < page.index("Read long ago")
    assert "Not for you" not in page


def test_no_notice_is_a_sentence(actors):
    assert "Nothing yet." in actors[SENCO].client.get("/account/notices/").content.decode()


@pytest.mark.parametrize("path", ["/account/", "/account/notices/", "/account/sessions/"])
def test_a_page_costs_the_same_however_long_it_is(actors, path):
    person, client = actors[SENCO].user, actors[SENCO].client
    notices(person, 1)
    few = cost(client, path)
    notices(person, 100)

    assert cost(client, path) == few <= 12


def test_opening_a_notice_reads_it_and_goes_there(actors):
    notice = NoticeFactory(person=actors[SENCO].user, link="/community/")

    assert actors[SENCO].client.post(f"/account/notices/{notice.pk}/open/").url == "/community/"

    notice.refresh_from_db()
    assert notice.read_at is not None


def test_reading_twice_keeps_the_first_moment(actors):
    notice = NoticeFactory(person=actors[SENCO].user, read_at=NOW)

    actors[SENCO].client.post(f"/account/notices/{notice.pk}/read/")

    notice.refresh_from_db()
    assert notice.read_at == NOW


def test_marking_all_as_read_leaves_other_peoples_alone(actors):
    notices(actors[SENCO].user, 3)
    theirs = NoticeFactory(person=actors[NEIGHBOUR].user)

    page = actors[SENCO].client.post("/account/notices/read/", follow=True).content.decode()

    theirs.refresh_from_db()
    assert "3 notices marked as read" in page
    assert theirs.read_at is None


def test_choosing_fewer_emails_is_kept_and_written_down(actors):
    actors[SENCO].client.post("/account/preferences/", {"volume": "needed"})

    actors[SENCO].user.refresh_from_db()
    assert actors[SENCO].user.email_volume == "needed"
    assert AuditEntry.objects.get(action="account.email_volume_chosen").details == {"volume": "needed"}


def test_a_choice_that_does_not_exist_is_refused(actors):
    answer = actors[SENCO].client.post("/account/preferences/", {"volume": "nothing ever"})

    assert answer.status_code == 422


def test_one_other_session_is_ended_and_nobody_elses(actors):
    person = actors[SENCO].user
    elsewhere = sign_in(person)
    session = UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=elsewhere.session.session_key, user_agent="Old laptop"
    )

    assert actors[CHAIR].client.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert elsewhere.get("/account/").status_code == 200

    actors[SENCO].client.post(f"/account/sessions/{session.pk}/end/")
    assert elsewhere.get("/account/").status_code == 302


def test_somebody_without_a_post_sees_only_their_account():
    client = sign_in(UserFactory(), second_factor=False)

    page = client.get("/account/").content.decode()

    assert "You hold no post today" in page
