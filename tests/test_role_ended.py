"""A post that ends takes its doors with it on the next request, page or poll, whatever places it left behind (T31)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.services import appointments
from meetings.services import inline
from tests.actors import ADMIN, BOARD, BUSINESS, CHAIR, COLLEAGUE, OFFICER, PROFESSIONAL, SENCO
from tests.factories.meetings import EscalationFactory, InvitationFactory
from tests.funding import made

pytestmark = pytest.mark.django_db
GONE = {401, 403, 404}


@pytest.fixture
def item(world, actors):
    """A request of Hartwell in a meeting that runs; everybody has a place, and the colleague takes the minutes."""
    item = made.on_agenda(made.submitted(world, actors))
    for who, more in {SENCO: {"school": world.hartwell}, COLLEAGUE: {"school": world.oakfield}, CHAIR: {}}.items():
        InvitationFactory(meeting=item.meeting, person=actors[who].user, **more)
    InvitationFactory(meeting=item.meeting, person=actors[PROFESSIONAL].user, item=item, role=PROFESSIONAL)
    inline.name_minute_taker(
        meeting_id=item.meeting.pk, person_id=actors[COLLEAGUE].user.pk, by=actors[CHAIR].user, now=timezone.now()
    )
    return item


PAGES = [
    (SENCO, "{meeting}"), (SENCO, "{meeting}follow/"), (SENCO, "{request}"), (COLLEAGUE, "{meeting}live/"),
    (COLLEAGUE, "{meeting}live/now/"), (COLLEAGUE, "{item}"), (COLLEAGUE, "{request}panel/"), (CHAIR, "{meeting}live/"),
    (CHAIR, "{request}question/"), (CHAIR, "{meeting}people/"), (PROFESSIONAL, "{item}"), (PROFESSIONAL, "{request}"),
    (BOARD, "{matter}"), (BOARD, "/board/weald/"), (OFFICER, "/money/reports/"), (ADMIN, "/county/people/"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "page"), PAGES)
def test_the_next_request_finds_nothing(who, page, item, world, actors):
    matter = EscalationFactory(community=world.north)
    addresses = {"meeting": item.meeting, "item": item, "matter": matter}
    address = page.format(request=item.link, **{name: thing.get_absolute_url() for name, thing in addresses.items()})
    client = actors[who].client
    polled = {"HX-Request": "true", "X-Poll": "1"}
    assert client.get(address, follow=True).status_code == 200

    _end_every_post_of(actors[who].user, by=actors[ADMIN].user)

    assert client.get(address).status_code in GONE
    assert client.get(address, headers=polled).status_code in GONE


def _end_every_post_of(person, *, by) -> None:
    for post in person.appointments.all():
        appointments.end(
            appointment_id=post.pk, ends_on=timezone.localdate() - timedelta(days=1), by=by, now=timezone.now()
        )


def test_a_substitute_who_left_the_school_holds_no_place(item, world, actors):
    """The business manager of Hartwell, sent in the place of its SENCO."""
    substitute = actors[BUSINESS].user
    item.meeting.invitations.filter(school=world.hartwell).update(
        substitute=substitute, answer="no", answered_at=timezone.now(), answered_by=actors[SENCO].user
    )
    client = actors[BUSINESS].client
    assert client.get(item.meeting.get_absolute_url()).status_code == 200

    _end_every_post_of(substitute, by=actors[ADMIN].user)

    assert client.get(item.meeting.get_absolute_url()).status_code == 404
