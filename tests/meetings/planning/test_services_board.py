"""Bulletins down, escalations up."""

from datetime import date, timedelta

import pytest

from accounts.models import Notice
from core.verdicts import Refused
from meetings.models import AgendaItem
from meetings.queries import bulletins as queries
from meetings.services import agenda, bulletins, escalations
from tests.actors import ADMIN, BOARD, CHAIR, NEIGHBOUR, OTHER_BOARD, SENCO
from tests.factories.communities import CommunityFactory
from tests.factories.meetings import AgendaItemFactory, BulletinFactory, MeetingFactory
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 15)


def write(world, actors, by=BOARD, **facts):
    return bulletins.write(
        by=actors[by].user, now=NOW,
        **{
            "area_id": world.weald.pk, "title": "Attendance plans", "text": "Please look at them.", "to_all": True,
            "community_ids": [], "due_on": DUE, **facts,
        },
    )  # fmt: skip


@pytest.fixture
def out(world, actors):
    return bulletins.publish(bulletin_id=write(world, actors).pk, by=actors[BOARD].user, now=NOW)


@pytest.mark.parametrize("who", [CHAIR, OTHER_BOARD, ADMIN])
def test_only_the_board_of_the_area_writes_to_it(world, actors, who):
    with pytest.raises(Refused, match="Only members of this area's board"):
        write(world, actors, by=who)


def test_the_administrator_writes_to_the_whole_county(world, actors):
    bulletin = write(world, actors, by=ADMIN, area_id=None)
    bulletins.publish(bulletin_id=bulletin.pk, by=actors[ADMIN].user, now=NOW)

    assert set(queries.audience_of(bulletin)) == {world.north, world.south}
    assert Notice.objects.filter(person=actors[NEIGHBOUR].user).count() == 1
    with pytest.raises(Refused, match="Only the county administrator"):
        write(world, actors, by=BOARD, area_id=None)


def test_a_bulletin_is_for_somebody_of_its_own_area(world, actors):
    with pytest.raises(bulletins.NoAudience):
        write(world, actors, to_all=False, community_ids=[world.south.pk])


def test_a_bulletin_looks_ahead(world, actors):
    with pytest.raises(bulletins.TooLate):
        write(world, actors, due_on=date(2026, 11, 1))


def test_a_named_audience_leaves_the_others_alone(world, actors):
    other = CommunityFactory(area=world.weald)
    bulletin = write(world, actors, to_all=False, community_ids=[other.pk])
    bulletins.publish(bulletin_id=bulletin.pk, by=actors[BOARD].user, now=NOW)

    assert list(queries.audience_of(bulletin)) == [other]
    assert list(queries.to_tell(world.north)) == []
    assert not Notice.objects.filter(person=actors[CHAIR].user).exists()


def test_a_draft_is_changed_and_a_stale_change_refused(world, actors):
    facts = {"title": "New", "text": "New", "to_all": True, "community_ids": [], "due_on": DUE}
    bulletin = write(world, actors)
    changed = bulletins.edit(bulletin_id=bulletin.pk, version=1, by=actors[BOARD].user, now=NOW, **facts)
    assert changed.title == "New"

    with pytest.raises(bulletins.ChangedMeanwhile):
        bulletins.edit(bulletin_id=bulletin.pk, version=1, by=actors[BOARD].user, now=NOW, **facts)


def test_a_draft_is_seen_and_told_to_nobody(world, actors):
    bulletin = write(world, actors)

    assert not queries.visible_to(actors[CHAIR].user).exists()
    assert not Notice.objects.exists()
    bulletins.discard(bulletin_id=bulletin.pk, by=actors[BOARD].user)
    assert not queries.visible_to(actors[BOARD].user).exists()


def test_publishing_tells_the_chairs(out, actors):
    told = Notice.objects.get(person=actors[CHAIR].user)
    assert told.subject == "A bulletin from the board, to acknowledge by 15 December 2026"
    assert not Notice.objects.filter(person=actors[NEIGHBOUR].user).exists()


def test_a_published_bulletin_stays_as_it_was_read(out, actors):
    for attempt in (
        lambda: bulletins.publish(bulletin_id=out.pk, by=actors[BOARD].user, now=NOW),
        lambda: bulletins.discard(bulletin_id=out.pk, by=actors[BOARD].user),
    ):
        with pytest.raises(Refused, match="Withdraw it and write another"):
            attempt()


def test_a_draft_whose_day_has_passed_is_not_published(world, actors):
    with pytest.raises(bulletins.TooLate):
        bulletins.publish(bulletin_id=write(world, actors).pk, by=actors[BOARD].user, now=NOW + timedelta(days=90))


def test_a_withdrawn_bulletin_leaves_agendas_not_yet_run_and_stays_in_those_that_were(out, planned, world, actors):
    agenda.fill(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)
    ran = MeetingFactory(community=world.north, closed=True, on=date(2026, 10, 6))
    heard = AgendaItemFactory(meeting=ran, source_key=queries.key_of(out), state="done")
    assert planned.meeting.items.filter(source_key=queries.key_of(out), state="waiting").exists()

    bulletins.withdraw(bulletin_id=out.pk, reason="Replaced", by=actors[BOARD].user, now=NOW)

    assert not planned.meeting.items.filter(source_key=queries.key_of(out), state="waiting").exists()
    assert AgendaItem.objects.get(pk=heard.pk).state == "done"
    assert list(queries.to_tell(world.north)) == []
    with pytest.raises(Refused, match="not out"):
        bulletins.withdraw(bulletin_id=out.pk, reason="Again", by=actors[BOARD].user, now=NOW)


def acknowledge(bulletin, community, actors, by=CHAIR, **facts):
    return bulletins.acknowledge(
        bulletin_id=bulletin.pk, community_id=community.pk, by=actors[by].user, now=NOW, **facts
    )


def test_the_chair_takes_note_once_and_adds_where_members_heard_it(out, world, actors):
    first = acknowledge(out, world.north, actors)
    assert list(queries.to_tell(world.north)) == [out]
    ran = MeetingFactory(community=world.north, closed=True)

    second = acknowledge(out, world.north, actors, told_at_meeting_id=ran.pk)

    assert (second.pk, second.told_at_meeting) == (first.pk, ran)
    assert list(queries.to_tell(world.north)) == []


def test_only_the_chair_takes_note_and_only_of_what_is_out(out, world, actors):
    with pytest.raises(Refused, match="Only the chair"):
        acknowledge(out, world.north, actors, by=SENCO)
    bulletins.withdraw(bulletin_id=out.pk, reason="Replaced", by=actors[BOARD].user, now=NOW)
    with pytest.raises(Refused, match="was withdrawn"):
        acknowledge(out, world.north, actors)


def test_the_board_sees_who_has_not_taken_note(out, world, actors):
    other = CommunityFactory(area=world.weald, name="Aldhurst")
    acknowledge(out, world.north, actors)

    rows = queries.who_has_noted(out)

    assert [(row.community, bool(row.note)) for row in rows] == [(other, False), (world.north, True)]
    assert queries.audience_sizes([out]) == {out.pk: 2}


def test_the_chair_sees_what_to_acknowledge_and_what_is_late(out, world, actors):
    [(bulletin, community, late)] = queries.to_acknowledge(actors[CHAIR].user, on=DUE + timedelta(days=1))
    assert (bulletin, community, late) == (out, world.north, True)

    acknowledge(out, world.north, actors)
    assert queries.to_acknowledge(actors[CHAIR].user, on=DUE) == []


def test_a_bulletin_of_another_area_is_not_mine(world, actors):
    BulletinFactory(area=world.coast, published=True)

    assert not queries.visible_to(actors[SENCO].user).exists()
    assert queries.to_acknowledge(actors[CHAIR].user, on=DUE) == []


@pytest.fixture
def item(world):
    return AgendaItemFactory(meeting=MeetingFactory(community=world.north, running=True))


def escalate(item, actors, by=CHAIR, **facts):
    return escalations.escalate(
        item_id=item.pk, kind="ask", title="More hearing support", text="Two schools wait.", by=actors[by].user,
        now=NOW, **facts,
    )  # fmt: skip


def test_a_matter_goes_up_to_the_board_of_the_area(item, world, actors):
    matter = escalate(item, actors)

    assert (matter.area, matter.community, matter.state) == (world.weald, world.north, "open")
    assert Notice.objects.filter(person=actors[BOARD].user, subject__startswith="North has sent").count() == 1
    assert not Notice.objects.filter(person=actors[OTHER_BOARD].user).exists()


def test_the_same_matter_goes_up_once(item, actors):
    first = escalate(item, actors, source_key="funding.departure:3")

    assert escalate(item, actors, source_key="funding.departure:3") == first


def test_only_the_chair_of_a_community_sends_matters_up(item, world, actors):
    with pytest.raises(Refused):
        escalate(item, actors, by=SENCO)
    board = AgendaItemFactory(meeting=MeetingFactory(community=None, area=world.weald))
    with pytest.raises(Refused, match="no board above it"):
        escalate(board, actors, by=BOARD)


def test_the_board_answers_with_a_bulletin_and_the_chair_is_told(item, out, actors):
    matter = escalate(item, actors)

    answered = escalations.answer(
        escalation_id=matter.pk, answer="", bulletin_id=out.pk, by=actors[BOARD].user, now=NOW
    )

    assert (answered.state, answered.bulletin) == ("answered", out)
    assert Notice.objects.filter(person=actors[CHAIR].user, subject="The board has answered North").count() == 1
    with pytest.raises(Refused, match="has been answered"):
        escalations.answer(escalation_id=matter.pk, answer="Again", by=actors[BOARD].user, now=NOW)


def test_another_board_does_not_answer(item, actors):
    with pytest.raises(Refused, match="this area's board"):
        escalations.answer(escalation_id=escalate(item, actors).pk, answer="Yes", by=actors[OTHER_BOARD].user, now=NOW)


def test_the_chair_takes_a_matter_back_until_it_is_answered(item, actors):
    matter = escalate(item, actors)

    assert escalations.withdraw(escalation_id=matter.pk, by=actors[CHAIR].user, now=NOW).state == "withdrawn"
    with pytest.raises(Refused):
        escalations.withdraw(escalation_id=matter.pk, by=actors[CHAIR].user, now=NOW)
