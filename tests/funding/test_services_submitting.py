"""From the writer to the headteacher to the community, and back."""

import pytest
from django.utils import timezone

from accounts.models import Notice
from communities.models import CommunityMembership
from core.models import AuditEntry
from core.verdicts import Refused
from funding.models import FundingRequest, RequestEvent
from funding.services import drafting, submitting, tried
from meetings.models import AgendaItem, Meeting
from tests.actors import CHAIR, COLLEAGUE, HEAD, SENCO
from tests.factories.communities import AppointmentFactory
from tests.funding import made

State, Kind = FundingRequest.State, FundingRequest.Kind


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_travels_from_draft_to_submitted(world, actors, kind):
    request = made.submitted(world, actors, kind=kind)

    assert (request.state, request.community, request.submitted_by) == (State.SUBMITTED, world.north, actors[HEAD].user)
    steps = list(RequestEvent.objects.filter(request=request).values_list("step", flat=True))
    assert steps == ["start", "send", "sign"]


def test_the_headteacher_and_then_the_chair_are_told_without_a_word_about_the_pupil(world, actors):
    request = made.submitted(world, actors)

    told = {(notice.person, notice.subject) for notice in Notice.objects.all()}
    assert (actors[HEAD].user, f"{request.reference} waits for your signature") in told
    assert (actors[CHAIR].user, f"Hartwell Primary has submitted {request.reference}") in told
    assert not any("kestrel" in notice.text + notice.subject for notice in Notice.objects.all())


def test_an_unfinished_request_cannot_be_sent_and_says_what_is_missing(world, actors):
    by = actors[SENCO].user
    request = drafting.start(school_id=world.hartwell.pk, kind=Kind.INDIVIDUAL, by=by, now=timezone.now())

    with pytest.raises(submitting.Incomplete) as caught:
        submitting.send(request_id=request.pk, by=by, now=timezone.now())

    assert caught.value.sentences == [
        "Give the request a title.",
        "Describe the need.",
        "Add the pupil, under a two-word key.",
        "Say what was tried and what came of it, or why nothing was.",
        "Say what you ask the community for.",
        "Add at least one cost.",
        "Say from when and until when the support would run.",
        "Say what will be different, and how you will know.",
    ]


def test_a_word_that_may_name_a_pupil_is_asked_about_before_it_is_sent(world, actors):
    request = made.drafted(world, actors)
    by = actors[SENCO].user
    drafting.save_need(request_id=request.pk, title="Help", need="Everyone likes Kofi.", by=by, now=timezone.now())

    with pytest.raises(submitting.NamesAreOpen, match=r"Is “Kofi” a pupil\?"):
        submitting.send(request_id=request.pk, by=by, now=timezone.now())


def test_the_writer_takes_it_back_from_the_headteacher_and_sends_it_again(world, actors):
    request = made.with_head(world, actors)
    by = actors[SENCO].user

    submitting.fetch(request_id=request.pk, by=by, now=timezone.now())
    again = submitting.send(request_id=request.pk, by=by, now=timezone.now())

    assert again.state == State.WITH_HEAD


def test_the_headteacher_returns_it_with_a_reason_the_writer_can_read(world, actors):
    request = made.with_head(world, actors)

    submitting.give_back(request_id=request.pk, reason="Say more.", by=actors[HEAD].user, now=timezone.now())

    event = RequestEvent.objects.get(request=request, step="return")
    assert (event.after, event.words, event.by) == (State.RETURNED, "Say more.", actors[HEAD].user)
    assert Notice.objects.filter(person=actors[SENCO].user, subject__contains="has returned").exists()
    assert "Say more." not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_somebody_who_is_senco_and_head_cannot_sign_what_they_wrote(world, actors):
    AppointmentFactory(person=actors[SENCO].user, role="headteacher", school=world.hartwell)
    request = made.with_head(world, actors)

    with pytest.raises(Refused, match="You wrote this request"):
        submitting.sign(request_id=request.pk, by=actors[SENCO].user, now=timezone.now())


def test_a_school_without_a_community_is_told_so(world, actors):
    request = made.with_head(world, actors)
    CommunityMembership.objects.filter(school=world.hartwell).delete()

    with pytest.raises(submitting.NoCommunity, match="belongs to no community today"):
        submitting.sign(request_id=request.pk, by=actors[HEAD].user, now=timezone.now())


@pytest.mark.parametrize("who", [SENCO, HEAD])
def test_withdrawing_takes_it_off_the_agenda_and_tells_the_chair(world, actors, who):
    request = made.submitted(world, actors)
    item = made.on_agenda(request, state=Meeting.State.PUBLISHED)

    submitting.withdraw(request_id=request.pk, reason="Moved away", by=actors[who].user, now=timezone.now())

    item.refresh_from_db()
    assert item.state == AgendaItem.State.REMOVED
    told = set(Notice.objects.filter(subject__contains="has withdrawn").values_list("person", flat=True))
    assert {name: actors[name].user.pk in told for name in (CHAIR, SENCO)} == {CHAIR: True, SENCO: who == HEAD}


def test_the_chair_asks_and_the_school_answers(world, actors):
    request = made.submitted(world, actors)

    submitting.ask(request_id=request.pk, question="How many mornings?", by=actors[CHAIR].user, now=timezone.now())
    asked = FundingRequest.objects.get(pk=request.pk).state
    submitting.answer(request_id=request.pk, answer="All five.", by=actors[SENCO].user, now=timezone.now())

    request.refresh_from_db()
    assert (asked, request.state) == (State.ASKED, State.SUBMITTED)
    words = RequestEvent.objects.filter(request=request).exclude(words="").values_list("step", "words")
    assert list(words) == [("ask", "How many mornings?"), ("answer", "All five.")]


@pytest.mark.parametrize(
    ("step", "who", "sentence"),
    [
        (submitting.send, COLLEAGUE, "Only the SENCO of Hartwell Primary"),
        (submitting.fetch, COLLEAGUE, "Only the SENCO of Hartwell Primary"),
        (submitting.sign, COLLEAGUE, "Only the headteacher of Hartwell Primary"),
        (submitting.withdraw, COLLEAGUE, "Only people of the school"),
        (submitting.withdraw, CHAIR, "Only people of the school"),
    ],
)
def test_other_people_are_refused_with_a_sentence(world, actors, step, who, sentence):
    request = made.with_head(world, actors)

    with pytest.raises(Refused, match=sentence):
        step(request_id=request.pk, by=actors[who].user, now=timezone.now())


def test_nothing_changes_once_it_is_sent(world, actors):
    request = made.submitted(world, actors)
    call = {"request_id": request.pk, "by": actors[SENCO].user, "now": timezone.now()}

    with pytest.raises(Refused, match=f"You cannot change {request.reference} now: it has been submitted"):
        drafting.save_need(title="Other", need="Other", **call)
    with pytest.raises(Refused):
        tried.add(**made.TRIED, **call)
