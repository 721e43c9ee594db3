"""Posts begin and end, and a chair comes from outside."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice, User
from communities import powers
from communities.models import Appointment, CommunityMembership, Role
from communities.services import appointments, membership
from communities.services.appointments import AlreadyInPost, NeedsReason, NotOutside, Post
from core.models import AuditEntry
from core.verdicts import Refused
from tests.actors import ADMIN, CHAIR, COLLEAGUE, HEAD, OFFICER, OUTSIDER
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory, SchoolFactory, SchoolTrustFactory

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture
def appoint(actors):
    def one(person, role, scope, *, by=ADMIN, reason="", starts_on=TODAY, ends_on=None, kind="substantive"):
        post = Post(role, scope.pk if scope else None, starts_on, ends_on, kind, reason)
        return appointments.appoint(person_id=person.pk, post=post, by=actors[by].user, now=NOW)

    return one


def test_a_post_gives_powers_a_notice_and_an_audit_row(appoint, world):
    person = UserFactory()

    post = appoint(person, Role.CHAIR, world.north)

    assert powers.holds(User.objects.get(pk=person.pk), "run_meetings", world.north)
    assert Notice.objects.get(person=person).subject == "You are now Chair, North"
    assert AuditEntry.objects.get(action="communities.appointed", target_id=str(post.pk)).details["role"] == "chair"


def test_only_an_administrator_appoints(appoint, world):
    with pytest.raises(Refused, match="Only a county administrator can do this"):
        appoint(UserFactory(), Role.CHAIR, world.north, by=OFFICER)


def test_nobody_chairs_the_community_of_their_own_school(appoint, world, actors):
    with pytest.raises(NotOutside, match="holds a post at Oakfield Primary, a member of North"):
        appoint(actors[COLLEAGUE].user, Role.CHAIR, world.north, reason="There is nobody else")


def test_a_chair_cannot_be_given_a_post_at_a_member_school(appoint, world, actors):
    with pytest.raises(NotOutside, match="A chair comes from outside the community"):
        appoint(actors[CHAIR].user, Role.SENCO, world.hartwell)


def test_a_post_that_ends_before_the_chair_begins_asks_for_a_reason_for_a_year(appoint, world):
    person = UserFactory()
    AppointmentFactory(person=person, role=Role.SENCO, school=world.oakfield, ends_on=TODAY - timedelta(days=30))

    with pytest.raises(NeedsReason, match="until 25 October 2026"):
        appoint(person, Role.CHAIR, world.north)

    post = appoint(person, Role.CHAIR, world.north, reason="Knows the county, and left the school for good")
    assert (bool(post.tie), post.override_reason) == (True, "Knows the county, and left the school for good")


def test_a_post_left_more_than_a_year_ago_is_no_tie(appoint, world):
    person = UserFactory()
    AppointmentFactory(person=person, role=Role.SENCO, school=world.oakfield, ends_on=TODAY - timedelta(days=400))

    assert appoint(person, Role.CHAIR, world.north, reason="not needed").tie == ""


def test_a_shared_trust_asks_for_a_reason(appoint, world, actors):
    with pytest.raises(NeedsReason, match="Downs Trust runs Marsh Academy"):
        appoint(actors[OUTSIDER].user, Role.CHAIR, world.north)


def test_a_trust_that_the_school_left_is_no_tie(appoint, world):
    person, school = UserFactory(), SchoolFactory()
    AppointmentFactory(person=person, role=Role.HEADTEACHER, school=school)
    SchoolTrustFactory(school=school, trust=world.trust, ends_on=TODAY - timedelta(days=1))

    assert appoint(person, Role.CHAIR, world.north).tie == ""


def test_the_same_post_is_not_held_twice(appoint, world, actors):
    with pytest.raises(AlreadyInPost):
        appoint(actors[HEAD].user, Role.HEADTEACHER, world.hartwell)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.PROFESSIONAL, "service"),
        (Role.BOARD_MEMBER, "weald"),
        (Role.OFFICER, None),
        (Role.BUSINESS_MANAGER, "quay"),
    ],
)
def test_every_role_has_its_own_scope(appoint, world, role, scope):
    place = getattr(world, scope) if scope else None

    post = appoint(UserFactory(), role, place)

    assert post.scope == (place or world.county)


def test_an_ended_post_ends_with_its_last_day(world, actors, time_machine):
    time_machine.move_to(NOW, tick=False)
    post = Appointment.objects.get(person=actors[HEAD].user)

    appointments.end(appointment_id=post.pk, ends_on=TODAY, by=actors[ADMIN].user, now=NOW)
    assert powers.holds(User.objects.get(pk=post.person_id), "sign_off_requests", world.hartwell)

    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert not powers.holds(User.objects.get(pk=post.person_id), "sign_off_requests", world.hartwell)


def test_a_post_cannot_be_ended_in_the_past(actors, world):
    post = Appointment.objects.get(person=actors[HEAD].user)

    with pytest.raises(Refused, match="cannot be earlier than yesterday"):
        appointments.end(
            appointment_id=post.pk, ends_on=timezone.localdate() - timedelta(days=9), by=actors[ADMIN].user, now=NOW
        )


def test_somebody_new_is_invited_and_appointed_together_or_not_at_all(world, actors):
    post = Post(Role.CHAIR, world.north.pk, TODAY)
    invite = {"name": "New Person", "email": "new@example.org", "post": post, "by": actors[ADMIN].user, "now": NOW}

    made = appointments.invite_and_appoint(**invite)

    assert made.person.email == "new@example.org"
    colleague = Post(Role.SENCO, world.oakfield.pk, TODAY)
    with pytest.raises(NotOutside):
        appointments.appoint(person_id=made.person_id, post=colleague, by=actors[ADMIN].user, now=NOW)


def test_a_school_cannot_join_while_its_head_chairs_the_community(world, actors):
    with pytest.raises(membership.ChairWorksHere, match="chairs North and holds a post at Quay Infants"):
        membership.join(
            community_id=world.north.pk, school_id=world.quay.pk, kind="associate", starts_on=TODAY, ends_on=None,
            by=actors[ADMIN].user, now=NOW,
        )  # fmt: skip


def test_a_school_is_a_full_member_of_one_community_at_most(world, actors):
    with pytest.raises(membership.Overlaps, match="Hartwell Primary is full member of North from 1 September 2020"):
        membership.join(
            community_id=world.south.pk, school_id=world.hartwell.pk, kind="full", starts_on=TODAY, ends_on=None,
            by=actors[ADMIN].user, now=NOW,
        )  # fmt: skip


def test_a_move_takes_the_people_along_from_its_first_day(world, actors, time_machine):
    time_machine.move_to(NOW, tick=False)
    row = CommunityMembership.objects.get(school=world.oakfield)

    membership.move(membership_id=row.pk, to_community_id=world.south.pk, on=TODAY, by=actors[ADMIN].user, now=NOW)

    person = User.objects.get(pk=actors[COLLEAGUE].user.pk)
    assert powers.holds(person, "attend_meetings", world.south)
    assert not powers.holds(person, "attend_meetings", world.north)
