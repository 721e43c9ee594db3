"""Checks that no door of the table reaches: each stands between one person and one thing. See scripts/mutants.toml."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.second_factor import PASSED
from communities import powers
from communities.models import Role
from core.models import ImportRun
from core.verdicts import Refused
from funding.models import Answer, Recommendation
from funding.permissions import decisions as decision_permissions
from funding.permissions import requests as request_permissions
from funding.services import awards, recommending, releasing, reports
from meetings.permissions import live
from meetings.permissions import minutes as minutes_permissions
from meetings.queries import bulletins, calendar
from provision import permissions as provision_permissions
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, HEAD, NEIGHBOUR, OFFICER, PROFESSIONAL, SENCO, sign_in
from tests.factories.communities import AppointmentFactory
from tests.factories.core import ImportRunFactory
from tests.factories.funding_requests import AttachmentFactory
from tests.factories.meetings import (
    AgendaItemFactory,
    BulletinFactory,
    InterestFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)
from tests.factories.provision import SupportEntryFactory
from tests.funding import made

pytestmark = pytest.mark.django_db


def appointed(person, **post):
    """The person as they come with the next request, with this post as well."""
    AppointmentFactory(person=person, **post)
    powers.forget([person.pk])
    return type(person).objects.get(pk=person.pk)


def test_a_second_factor_counts_for_the_person_who_gave_it(actors):
    """A session that changes hands does not keep it."""
    client = sign_in(actors[CHAIR].user, second_factor=False)
    session = client.session
    session[PASSED] = actors[SENCO].user.pk
    session.save()

    assert client.get("/").url == "/account/second-factor/"


def test_imports_are_listed_for_whoever_may_load_them(actors):
    run = ImportRunFactory(kind="districts", state=ImportRun.State.READY, original_name="districts.csv")

    assert run.original_name in actors[ADMIN].client.get("/county/imports/").content.decode()
    assert run.original_name not in actors[OFFICER].client.get("/county/imports/").content.decode()


def test_support_of_a_request_is_changed_there(world, actors):
    senco = actors[SENCO].user
    entry = SupportEntryFactory(school=world.hartwell, request_reference="CoS-2041")

    verdict = provision_permissions.may_change(senco, entry)

    assert verdict.reason == "This is part of CoS-2041. Change it there while the request is being written."


def test_a_withdrawn_place_opens_nothing(world, actors):
    person = actors[PROFESSIONAL].user
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.north, published=True))
    place = InvitationFactory(meeting=item.meeting, item=item, person=person, role=Role.PROFESSIONAL)
    assert calendar.meetings_for(person).exists()

    place.withdrawn_at = timezone.now()
    place.save()

    assert not calendar.meetings_for(person).exists()


def test_nobody_sets_their_own_interest_aside(world, actors):
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.north, running=True))
    interest = InterestFactory(item=item, person=actors[ADMIN].user)

    assert (
        live.may_dismiss(interest.person, interest).reason == "Somebody else must say that this interest is a mistake."
    )


def test_whoever_leaves_the_room_writes_nothing(world, actors):
    item = AgendaItemFactory(meeting=MeetingFactory(community=world.north, running=True))
    assert live.may_write_item(actors[CHAIR].user, item)

    InterestFactory(item=item, person=actors[CHAIR].user)

    assert live.may_write_item(actors[CHAIR].user, item).reason == "You are recused: you declared an interest."


def test_draft_minutes_are_the_chairs(world, actors):
    draft = MinutesFactory(meeting=MeetingFactory(community=world.north, closed=True))
    readers = {who for who in (CHAIR, SENCO, COLLEAGUE, BOARD) if _reads(actors[who].user, draft)}
    draft.state = "circulated"

    assert readers == {CHAIR}
    assert {who for who in (CHAIR, SENCO, COLLEAGUE, BOARD, NEIGHBOUR) if _reads(actors[who].user, draft)} == {
        CHAIR, SENCO, COLLEAGUE, BOARD,
    }  # fmt: skip


def _reads(person, minutes):
    return minutes_permissions.may_read_minutes(person, minutes.meeting, minutes)


def test_a_bulletin_is_read_by_those_it_is_for(world, actors):
    bulletin = BulletinFactory(area=world.coast, published=True)

    assert {who for who in (COLLEAGUE, SENCO, NEIGHBOUR) if bulletin in bulletins.read_by(actors[who].user)} == {
        NEIGHBOUR
    }


def test_nobody_records_on_what_they_wrote(world, actors):
    request = made.submitted(world, actors)
    item = made.on_agenda(request)
    actors[SENCO].user.appointments.all().delete()
    writer = appointed(actors[SENCO].user, role=Role.CHAIR, community=world.north)

    with pytest.raises(Refused, match="You wrote or signed this request, so somebody else records"):
        recommending.recommend(
            request_id=request.pk, how=Recommendation.How.CONSENSUS, answer=Answer.APPROVE, by=writer, now=made.now()
        )
    assert live.may_write_item(writer, item)


@pytest.mark.parametrize("tie", [Role.SENCO, Role.HEADTEACHER])
def test_an_interest_closes_a_request_for_good(tie, world, actors):
    """The chair who also works in the same trust: before it stands on an agenda, while it does, and after it was closed."""
    chair, request = actors[CHAIR].user, made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))
    other = made.submitted(world, actors, kind="project")
    assert [_closed_because(chair, one) for one in (request, other)] == ["", ""]

    AppointmentFactory(person=chair, role=tie, school=world.marsh)

    sentence = "You are recused: this item is about Hartwell Primary, a school in the same trust as yours."
    assert [_closed_because(chair, one) for one in (request, other)] == [sentence] * 2
    made.closed(decision.recommendation.item.meeting, actors)
    assert _closed_because(chair, request) == sentence
    assert actors[CHAIR].client.get(other.get_absolute_url()).status_code == 403
    assert decision_permissions.may_read_letter(chair, request).reason == sentence


def _closed_because(person, request):
    return request_permissions.may_read(person, request, None).reason


def test_a_paper_is_found_in_its_own_request(world, actors):
    mine, theirs = made.submitted(world, actors), made.submitted(world, actors, kind="project")
    paper = AttachmentFactory(request=theirs)
    client = actors[SENCO].client

    assert client.get(f"{theirs.get_absolute_url()}documents/{paper.pk}/").status_code == 200
    assert client.get(f"{mine.get_absolute_url()}documents/{paper.pk}/").status_code == 404


def test_a_letter_is_for_the_school_and_the_chair(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))
    releasing.release_all(meeting=decision.recommendation.item.meeting, by=actors[CHAIR].user, now=made.now())
    readers = (SENCO, HEAD, CHAIR, COLLEAGUE, BOARD, OFFICER)

    assert {who for who in readers if decision_permissions.may_read_letter(actors[who].user, request)} == {
        SENCO, HEAD, CHAIR,
    }  # fmt: skip


@pytest.mark.parametrize("hand", ["drafted_by", "sent_by", "submitted_by", "recorded_by"])
def test_whoever_asked_for_an_award_does_not_accept_the_report(hand, world, actors):
    request = made.discussed(world, actors)
    budget = made.budget(world)
    person = request.recommendations.get().recorded_by if hand == "recorded_by" else getattr(request, hand)
    now = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    awards.grant(
        budget_id=budget.pk, school_id=world.hartwell.pk, amount=Decimal(1000), reference=request.reference, title="Help",
        starts_on=request.starts_on, ends_on=request.ends_on, by=actors[NEIGHBOUR].user, now=now,
    )  # fmt: skip
    sender = appointed(actors[COLLEAGUE].user, role=Role.CHAIR, community=world.north)
    report = reports.draft(budget_id=budget.pk, covers="since", meeting_id=None, by=sender, now=now)
    reports.submit(key=uuid4(), report_id=report.pk, note="", reason="", by=sender, now=now)
    officer = appointed(person, role=Role.OFFICER, county=world.county)

    with pytest.raises(Refused, match="You had a part in a request in this report"):
        reports.accept(report_id=report.pk, by=officer, now=now)
