"""Places at a meeting, substitutes, professionals, and what members propose."""

import pytest

from accounts.models import Notice
from communities.models import Role
from core.verdicts import Refused
from meetings.models import Invitation
from meetings.queries import seats
from meetings.services import invitations, proposals
from tests.actors import BUSINESS, CHAIR, COLLEAGUE, HEAD, NEIGHBOUR, OUTSIDER, PROFESSIONAL, SENCO
from tests.factories.communities import AppointmentFactory
from tests.factories.meetings import MeetingFactory
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db


def place_of(planned, actors, who) -> Invitation:
    return planned.meeting.invitations.get(person=actors[who].user)


def answer(planned, actors, who=HEAD, by=None, **facts):
    place = place_of(planned, actors, who)
    return invitations.answer(invitation_id=place.pk, by=actors[by or who].user, now=NOW, **{"answer": "yes", **facts})


def test_somebody_says_yes_and_how(published, actors):
    place = answer(published, actors, how="remote", reason="not kept with a yes")

    assert (place.answer, place.how, place.reason, place.answered_by) == ("yes", "remote", "", actors[HEAD].user)


def test_apologies_carry_a_reason_and_a_colleague_who_is_told(published, actors):
    place = answer(published, actors, answer="no", reason="A school trip", substitute_id=actors[SENCO].user.pk)

    assert (place.substitute, place.will_be_filled) == (actors[SENCO].user, True)
    told = Notice.objects.get(person=actors[SENCO].user, subject__startswith="You go to a meeting for Hartwell Primary")
    assert "Head Person cannot come" in told.text


def test_the_same_substitute_is_told_once(published, actors):
    for _ in range(2):
        answer(published, actors, answer="no", substitute_id=actors[SENCO].user.pk)

    assert Notice.objects.filter(person=actors[SENCO].user, subject__startswith="You go to").count() == 1


def test_somebody_without_an_account_can_be_sent_by_name(published, actors):
    place = answer(published, actors, answer="no", substitute_name="Sam Field", substitute_email="sam@example.org")

    assert (place.substitute, place.substitute_name, place.sends_substitute) == (None, "Sam Field", True)


@pytest.mark.parametrize("who", [COLLEAGUE, BUSINESS, OUTSIDER, HEAD])
def test_only_a_head_or_senco_of_the_same_school_stands_in(published, actors, who):
    with pytest.raises(invitations.NotASubstitute, match="same school"):
        answer(published, actors, answer="no", substitute_id=actors[who].user.pk)


def test_a_change_of_mind_takes_the_substitute_back(published, actors):
    answer(published, actors, answer="no", substitute_id=actors[SENCO].user.pk)

    place = answer(published, actors)

    assert (place.answer, place.sends_substitute, place.reason) == ("yes", False, "")


def test_the_chair_answers_for_somebody_who_rang(published, actors):
    assert answer(published, actors, by=CHAIR).answered_by == actors[CHAIR].user


@pytest.mark.parametrize("who", [SENCO, COLLEAGUE, NEIGHBOUR])
def test_nobody_else_answers(published, actors, who):
    with pytest.raises(Refused, match="Only the person invited"):
        answer(published, actors, by=who)


def test_nobody_answers_once_the_meeting_is_over(world, actors):
    from tests.factories.meetings import InvitationFactory

    place = InvitationFactory(meeting=MeetingFactory(community=world.north, closed=True), person=actors[HEAD].user)

    with pytest.raises(Refused, match="is over"):
        invitations.answer(invitation_id=place.pk, answer="yes", by=actors[HEAD].user, now=NOW)


def test_a_substitute_reads_the_meeting_and_its_place_only(published, world, actors):
    stand_in = AppointmentFactory(role=Role.HEADTEACHER, school=world.hartwell).person
    answer(published, actors, answer="no", substitute_id=stand_in.pk)

    assert seats.attends(stand_in, published.meeting)
    assert [place.school for place in seats.places_of(stand_in, published.meeting)] == [world.hartwell]


def test_somebody_with_posts_at_two_member_schools_has_two_places(planned, world, actors):
    AppointmentFactory(person=actors[HEAD].user, role=Role.HEADTEACHER, school=world.oakfield)

    invitations.invite_members(planned.meeting, by=actors[CHAIR].user, now=NOW)

    schools = planned.meeting.invitations.filter(person=actors[HEAD].user).values_list("school__name", flat=True)
    assert sorted(schools) == ["Hartwell Primary", "Oakfield Primary"]


def test_inviting_again_gives_nobody_a_second_place_and_takes_it_from_leavers(published, world, actors):
    post = actors[COLLEAGUE].user.appointments.get()
    type(post).objects.filter(pk=post.pk).update(ends_on=NOW.date())
    before = published.meeting.invitations.count()

    new = invitations.invite_members(published.meeting, by=actors[CHAIR].user, now=NOW)

    assert (new, published.meeting.invitations.count()) == (0, before)
    assert place_of(published, actors, COLLEAGUE).withdrawn_at == NOW


def test_a_professional_is_asked_to_one_item_and_sees_no_other(published, actors):
    item = published.meeting.items.get(kind="request")

    invitations.invite_professional(
        item_id=item.pk, person_id=actors[PROFESSIONAL].user.pk, by=actors[CHAIR].user, now=NOW
    )

    assert seats.only_items(actors[PROFESSIONAL].user, published.meeting) == {item.pk}
    assert Notice.objects.filter(person=actors[PROFESSIONAL].user, subject__contains="one item").count() == 1


def test_a_member_is_not_invited_as_a_professional(published, actors):
    with pytest.raises(invitations.NotAProfessional):
        invitations.invite_professional(
            item_id=published.meeting.items.first().pk, person_id=actors[SENCO].user.pk, by=actors[CHAIR].user, now=NOW
        )


def test_an_invitation_to_an_item_is_withdrawn_and_given_again(published, actors):
    item, chair = published.meeting.items.get(kind="request"), actors[CHAIR].user
    facts = {"item_id": item.pk, "person_id": actors[PROFESSIONAL].user.pk, "by": chair, "now": NOW}
    place = invitations.invite_professional(**facts)

    invitations.withdraw(invitation_id=place.pk, by=chair, now=NOW)
    assert not seats.belongs(actors[PROFESSIONAL].user, published.meeting)

    assert invitations.invite_professional(**facts).pk == place.pk
    assert seats.belongs(actors[PROFESSIONAL].user, published.meeting)


def test_a_members_place_cannot_be_taken_away(published, actors):
    with pytest.raises(Refused, match="comes with their post"):
        invitations.withdraw(invitation_id=place_of(published, actors, SENCO).pk, by=actors[CHAIR].user, now=NOW)


def propose(planned, actors, who=SENCO):
    return proposals.propose(
        meeting_id=planned.meeting.pk, title="Quiet rooms", why="Three schools have asked.", minutes=15,
        by=actors[who].user, now=NOW,
    )  # fmt: skip


def test_a_proposal_names_the_school_and_tells_the_chair(published, world, actors):
    proposal = propose(published, actors)

    assert proposal.school == world.hartwell
    assert Notice.objects.filter(person=actors[CHAIR].user, subject="An item is proposed for North").count() == 1


@pytest.mark.parametrize("who", [BUSINESS, OUTSIDER, NEIGHBOUR, PROFESSIONAL])
def test_only_members_propose(published, actors, who):
    with pytest.raises(Refused, match="Only members"):
        propose(published, actors, who)


def test_nothing_is_proposed_once_the_meeting_has_started(world, actors):
    meeting = MeetingFactory(community=world.north, running=True)

    with pytest.raises(Refused, match="until the meeting starts"):
        proposals.propose(meeting_id=meeting.pk, title="A", why="B", minutes=5, by=actors[SENCO].user, now=NOW)


def test_an_accepted_proposal_is_an_item_in_the_members_words(published, actors):
    item = proposals.accept(proposal_id=propose(published, actors).pk, by=actors[CHAIR].user, now=NOW)

    assert (item.title, item.minutes_planned, item.presenter) == ("Quiet rooms", 15, "Senco Person")
    assert item.why == "Proposed by Senco Person: Three schools have asked."
    assert Notice.objects.filter(person=actors[SENCO].user, subject__endswith="is on the agenda").count() == 1


def test_a_declined_proposal_says_why(published, actors):
    proposals.decline(proposal_id=propose(published, actors).pk, reason="In March", by=actors[CHAIR].user, now=NOW)

    told = Notice.objects.get(person=actors[SENCO].user, subject__endswith="is not on the agenda this time")
    assert "In March" in told.text


def test_a_proposal_is_answered_once(published, actors):
    proposal = propose(published, actors)
    proposals.accept(proposal_id=proposal.pk, by=actors[CHAIR].user, now=NOW)

    with pytest.raises(Refused, match="has been answered"):
        proposals.decline(proposal_id=proposal.pk, reason="No", by=actors[CHAIR].user, now=NOW)


def test_a_member_takes_their_own_proposal_back(published, actors):
    proposal = propose(published, actors)

    with pytest.raises(Refused, match="Only the person who proposed"):
        proposals.withdraw(proposal_id=proposal.pk, by=actors[HEAD].user, now=NOW)

    assert proposals.withdraw(proposal_id=proposal.pk, by=actors[SENCO].user, now=NOW).state == "withdrawn"
