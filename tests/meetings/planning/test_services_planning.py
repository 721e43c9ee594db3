"""Planning: a date is taken, the agenda built, moved, cancelled and brought to a newer version."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from accounts.models import Notice, User
from communities import powers
from core.models import AuditEntry
from core.verdicts import Refused
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.services import dates, items, planning, publishing, templates
from tests.actors import ADMIN, BOARD, CHAIR, COLLEAGUE, NEIGHBOUR, SENCO
from tests.factories.meetings import MeetingFactory
from tests.meetings.planning.conftest import NOW, plan, publish_template, set_date

pytestmark = pytest.mark.django_db


def titles(meeting):
    return list(meeting.items.exclude(position=None).order_by("position").values_list("title", flat=True))


def test_a_meeting_takes_the_time_of_its_date_and_the_county_agenda(planned):
    meeting = planned.meeting

    assert (localtime(meeting.starts_at).hour, meeting.length_minutes) == (9, 150)
    assert localtime(meeting.cut_off_at).date() == date(2026, 11, 17)
    assert titles(meeting) == [line.title for line in planned.template.items.all()]
    assert meeting.template == planned.template
    assert meeting.items.filter(mandatory=True).count() == planned.template.items.filter(mandatory=True).count()


def test_the_chair_may_begin_at_another_time(world, actors, template, first):
    meeting = planning.plan(
        date_id=first.pk, community_id=world.north.pk, place="", online_link="", welcome_note="", starts=time(13, 0),
        by=actors[CHAIR].user, now=NOW,
    )  # fmt: skip

    assert localtime(meeting.starts_at).hour == 13


def test_only_its_own_chair_plans_for_a_community(world, actors, template, first):
    with pytest.raises(Refused, match="Only the chair"):
        planning.plan(
            date_id=first.pk, community_id=world.north.pk, place="", online_link="", welcome_note="",
            by=actors[NEIGHBOUR].user, now=NOW,
        )  # fmt: skip


def test_a_board_member_plans_the_meeting_of_the_board(world, actors):
    template = publish_template(actors, body="board")
    day = set_date(actors, world.weald, date(2026, 12, 1), kind="board")

    meeting = planning.plan(
        date_id=day.pk, area_id=world.weald.pk, place="County Hall", online_link="", welcome_note="",
        by=actors[BOARD].user, now=NOW,
    )  # fmt: skip

    assert (meeting.area, meeting.community, meeting.template) == (world.weald, None, template)


def test_nothing_is_planned_before_the_county_has_published_an_agenda(world, actors, first):
    with pytest.raises(planning.NoTemplate):
        plan(actors, world, first)


def test_a_day_is_taken_once_by_a_community(planned, world, actors):
    with pytest.raises(planning.AlreadyPlanned, match="North has a meeting on that day"):
        plan(actors, world, planned.first)


@pytest.mark.parametrize("kind", ["withdrawn", "past", "elsewhere", "of the board"])
def test_a_date_that_is_not_free_is_not_taken(kind, world, actors, template, first, time_machine):
    day, now = first, NOW
    if kind == "withdrawn":
        dates.withdraw_date(date_id=first.pk, reason="Snow", by=actors[ADMIN].user, now=NOW)
    if kind == "past":
        now = NOW + timedelta(days=60)
    if kind == "elsewhere":
        day = set_date(actors, world.coast, first.on)
    if kind == "of the board":
        day = set_date(actors, world.weald, first.on, kind="board")

    with pytest.raises(planning.NotThisDate):
        planning.plan(
            date_id=day.pk, community_id=world.north.pk, place="", online_link="", welcome_note="",
            by=actors[CHAIR].user, now=now,
        )  # fmt: skip


def test_another_place_is_told_once_members_know_the_meeting(published, actors):
    meeting = planning.arrange(
        meeting_id=published.meeting.pk, place="Oakfield Primary", online_link="", welcome_note="Tea at nine",
        by=actors[CHAIR].user, now=NOW,
    )  # fmt: skip

    assert (meeting.sequence, meeting.version) == (1, 2)
    assert Notice.objects.filter(person=actors[SENCO].user, subject__endswith="has another place").count() == 1


def test_words_of_welcome_alone_are_not_told(published, actors):
    before = Notice.objects.count()

    planning.arrange(
        meeting_id=published.meeting.pk, place=published.meeting.place, online_link="", welcome_note="Tea at nine",
        by=actors[CHAIR].user, now=NOW,
    )  # fmt: skip

    assert Notice.objects.count() == before


def test_moving_asks_everybody_again(published, actors):
    place = published.meeting.invitations.get(person=actors[SENCO].user)
    Invitation.objects.filter(pk=place.pk).update(
        answer="no", answered_at=NOW, answered_by=actors[SENCO].user, substitute_name="Sam Field"
    )

    meeting = planning.move_to(
        meeting_id=published.meeting.pk, date_id=published.second.pk, by=actors[CHAIR].user, now=NOW
    )

    place.refresh_from_db()
    assert (meeting.on, meeting.sequence) == (date(2027, 1, 19), 1)
    assert (place.answer, place.sends_substitute) == ("waiting", False)
    assert Notice.objects.filter(person=actors[COLLEAGUE].user, subject__contains="has moved to").exists()


def test_a_meeting_that_has_started_is_not_moved(world, actors, second):
    meeting = MeetingFactory(community=world.north, running=True)

    with pytest.raises(Refused, match="has started"):
        planning.move_to(meeting_id=meeting.pk, date_id=second.pk, by=actors[CHAIR].user, now=NOW)


def test_cancelling_frees_the_day_and_tells_everybody_why(published, world, actors):
    planning.cancel(meeting_id=published.meeting.pk, reason="Snow is forecast.", by=actors[CHAIR].user, now=NOW)

    told = Notice.objects.get(person=actors[SENCO].user, subject__endswith="is cancelled")
    assert "Snow is forecast." in told.text
    assert plan(actors, world, published.first).state == Meeting.State.DRAFT


def test_a_draft_is_cancelled_without_a_word(planned, actors):
    planning.cancel(meeting_id=planned.meeting.pk, reason="Not needed", by=actors[CHAIR].user, now=NOW)

    assert not Notice.objects.filter(subject__endswith="is cancelled").exists()


def test_a_draft_can_take_the_newer_version_and_keeps_what_is_the_chairs(planned, actors):
    chair, admin = actors[CHAIR].user, actors[ADMIN].user
    own = items.add(
        meeting_id=planned.meeting.pk, title="Reading at home", why="", minutes=15, presenter="", audience="members",
        by=chair, now=NOW,
    )  # fmt: skip
    newer = templates.draft_next(body="community", by=admin, now=NOW)
    gone, changed = newer.items.get(kind="practice"), newer.items.get(kind="balance")
    templates.remove_item(item_id=gone.pk, by=admin)
    templates.change_item(
        item_id=changed.pk, kind="balance", title="Money", guidance="", minutes=9, mandatory=True, by=admin
    )
    added = templates.add_item(
        template_id=newer.pk, kind="local", title="Attendance plans", guidance="", minutes=10, mandatory=True, by=admin
    )
    templates.move_item(item_id=added.pk, where="top", by=admin)
    templates.publish(template_id=newer.pk, starts_on=NOW.date(), note="", by=admin, now=NOW)

    taken = planning.take_newer_template(meeting_id=planned.meeting.pk, by=chair, now=NOW)

    meeting = Meeting.objects.get(pk=planned.meeting.pk)
    assert taken == meeting.template == newer
    assert titles(meeting)[0] == "Attendance plans"
    assert "Money" in titles(meeting)
    assert own.title in titles(meeting)
    assert gone.title not in titles(meeting)
    assert meeting.items.get(title="Money").minutes_planned == 9
    assert [item.position for item in meeting.items.exclude(position=None).order_by("position")] == list(range(1, 14))


def test_taking_the_version_one_has_changes_nothing(planned, actors):
    before = list(planned.meeting.items.values())

    assert planning.take_newer_template(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW) is None
    assert list(planned.meeting.items.values()) == before


def test_a_meeting_that_ran_keeps_its_version(world, actors, template):
    meeting = MeetingFactory(community=world.north, closed=True, template=template)
    publish_template(actors)

    with pytest.raises(Refused, match="closed"):
        planning.take_newer_template(meeting_id=meeting.pk, by=actors[CHAIR].user, now=NOW)


def test_publishing_gives_places_and_tells_everybody_but_the_chair(published, actors):
    meeting = published.meeting
    places = {place.person.email.split("@")[0]: place for place in meeting.invitations.select_related("person")}

    # The chair of South is head of Oakfield, so has a place for it; the business manager has none.
    assert set(places) >= {"senco", "head", "colleague", "chair"}
    assert "business_manager" not in places
    assert places["chair"].answer == "yes"
    assert Notice.objects.filter(subject__startswith="Agenda: North").count() == len(places) - 1
    assert not Notice.objects.filter(person=actors[CHAIR].user, subject__startswith="Agenda: North").exists()


def test_publishing_needs_a_place_or_a_link(planned, actors):
    Meeting.objects.filter(pk=planned.meeting.pk).update(place="")

    with pytest.raises(Refused, match="Say where the meeting is"):
        publishing.publish(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)


def test_publishing_twice_is_refused(published, actors):
    with pytest.raises(Refused, match="published already"):
        publishing.publish(meeting_id=published.meeting.pk, by=actors[CHAIR].user, now=NOW)


def test_changes_are_told_together_once(published, actors):
    chair, meeting = actors[CHAIR].user, published.meeting
    for title in ("Reading at home", "A visit"):
        items.add(
            meeting_id=meeting.pk, title=title, why="", minutes=5, presenter="", audience="members", by=chair, now=NOW
        )

    assert publishing.tell_changes(meeting_id=meeting.pk, by=chair, now=NOW) == 2
    told = Notice.objects.get(person=actors[SENCO].user, subject__endswith="has changed")
    assert "“Reading at home” was added. “A visit” was added." in told.text
    with pytest.raises(publishing.NothingToTell):
        publishing.tell_changes(meeting_id=meeting.pk, by=chair, now=NOW)


def test_somebody_appointed_since_gets_a_place_with_the_next_notice(published, world, actors):
    from communities.models import Role
    from tests.factories.communities import AppointmentFactory

    new = AppointmentFactory(role=Role.SENCO, school=world.hartwell).person
    items.add(
        meeting_id=published.meeting.pk, title="A visit", why="", minutes=5, presenter="", audience="members",
        by=actors[CHAIR].user, now=NOW,
    )  # fmt: skip
    publishing.tell_changes(meeting_id=published.meeting.pk, by=actors[CHAIR].user, now=NOW)

    assert published.meeting.invitations.filter(person=new, withdrawn_at=None).exists()


def test_every_step_is_in_the_audit(published):
    actions = set(AuditEntry.objects.values_list("action", flat=True))

    assert actions >= {"date.set", "template.published", "meeting.planned", "agenda.filled", "meeting.published"}
    assert AgendaItem.objects.filter(meeting=published.meeting).exists()


def test_somebody_who_left_since_is_not_written_to_about_the_meeting(published, world, actors):
    from accounts import audiences

    notice = Notice.objects.get(person=actors[COLLEAGUE].user, subject__startswith="Agenda: North")
    assert audiences.still_meant_for(actors[COLLEAGUE].user, notice.audience)
    actors[COLLEAGUE].user.appointments.update(ends_on=date(2026, 11, 1))
    powers.forget([actors[COLLEAGUE].user.pk])

    assert not audiences.still_meant_for(User.objects.get(pk=actors[COLLEAGUE].user.pk), notice.audience)
