"""The community recommends, the chair decides, the meeting closes."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Notice, User
from communities import powers
from communities.models import Principle
from core.idempotency import KeyReused
from core.verdicts import Refused
from funding.models import Answer, Award, Budget, ChairDecision, DecisionReversal, FundingRequest, Recommendation
from funding.services import deciding, deciding_undo, recommending, releasing, submitting
from funding.services.ledger import NotEnough
from meetings import closing
from meetings.models import Escalation, Interest
from provision.models import SupportEntry
from tests.actors import CHAIR, COLLEAGUE, HEAD, SENCO
from tests.factories.communities import AppointmentFactory
from tests.factories.funding_requests import ChairDecisionFactory
from tests.factories.meetings import InterestFactory
from tests.factories.provision import SupportEntryFactory
from tests.funding import made

State, Kind, How = FundingRequest.State, FundingRequest.Kind, Recommendation.How


def free(budget: Budget) -> Decimal:
    budget.refresh_from_db()
    return budget.free


def recommend(request, actors, **said):
    known = {"how": How.CONSENSUS, "answer": Answer.APPROVE}
    call = {"request_id": request.pk, "by": actors[CHAIR].user, "now": timezone.now()}
    return recommending.recommend(**{**known, **call, **said})


# --- recommending -----------------------------------------------------------------------------------------------------


def test_full_support_is_what_was_asked_for_and_a_correction_is_a_new_version(world, actors):
    request = made.discussed(world, actors)

    second = recommend(request, actors, answer=Answer.IN_PART, amount=Decimal(2000), conditions="Review in May \r\n")

    first = request.recommendations.get(version=1)
    assert (first.amount, second.version, second.amount, second.conditions) == (
        Decimal("3200.00"),
        2,
        Decimal(2000),
        "Review in May",
    )


def test_votes_add_up_to_the_schools_that_have_a_place(world, actors):
    request = made.submitted(world, actors)
    made.on_agenda(request)
    votes = recommending.Votes(1, 0, 0, 1, 0, places=2)

    recorded = recommend(request, actors, how=How.VOTE, votes=votes)

    assert (recorded.votes_for, recorded.recused, recorded.places) == (1, 1, 2)
    with pytest.raises(recommending.NotSound, match="The counts come to 1, but 2 schools have a place"):
        recommend(request, actors, how=How.VOTE, votes=recommending.Votes(1, 0, 0, 0, 0, places=2))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answer": Answer.IN_PART, "amount": Decimal(0)}, "amount"),
        ({"answer": Answer.IN_PART, "amount": Decimal("3200.00")}, "amount"),
        ({"how": How.VOTE}, "votes_for"),
        ({"votes": recommending.Votes(1, 0, 0, 0, 1, places=2)}, "how"),
    ],
)
def test_a_recommendation_that_does_not_hold_together_is_refused_at_its_field(world, actors, said, field):
    request = made.submitted(world, actors)
    made.on_agenda(request)

    with pytest.raises(recommending.NotSound) as caught:
        recommend(request, actors, **said)

    assert caught.value.field == field


def test_a_discussion_ends_in_advice_and_never_in_money(world, actors):
    request = made.submitted(world, actors, kind=Kind.DISCUSSION)
    made.on_agenda(request)

    with pytest.raises(recommending.NotSound, match="A discussion asks for no money"):
        recommend(request, actors)
    recorded = recommend(request, actors, how=How.ADVICE, answer=Answer.ADVICE, reason="Try a quiet start.")

    assert (recorded.amount, recorded.request.kind) == (Decimal(0), Kind.DISCUSSION)


def test_nobody_records_for_their_own_school_or_outside_a_meeting(world, actors):
    request = made.submitted(world, actors)
    call = {"request_id": request.pk, "how": How.CONSENSUS, "answer": Answer.APPROVE, "now": timezone.now()}

    with pytest.raises(Refused, match="is on no agenda"):
        recommending.recommend(by=actors[CHAIR].user, **call)
    made.on_agenda(request)
    with pytest.raises(Refused, match="You wrote or signed this request"):
        recommending.recommend(by=actors[SENCO].user, **call)
    with pytest.raises(Refused, match="Only the chair and the minute taker"):
        recommending.recommend(by=actors[COLLEAGUE].user, **call)


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_approving_commits_the_money_in_equal_parts(world, actors):
    budget = made.budget(world, payment_days=[date(2027, 1, 15), date(2027, 4, 20)])
    request = made.discussed(world, actors)

    decision = made.decided(request, actors, made.saying(money_from=budget))

    award = Award.objects.get(decision=decision)
    parts = [(part.due_on, part.amount) for part in award.instalments.all()]
    assert parts == [(date(2027, 1, 15), Decimal(1600)), (date(2027, 4, 20), Decimal(1600))]
    assert (free(budget), award.school, award.reference) == (Decimal(6800), world.hartwell, request.reference)


def test_a_project_is_paid_in_one_sum(world, actors):
    budget = made.budget(world, payment_days=[date(2027, 1, 15), date(2027, 4, 20)])
    request = made.discussed(world, actors, kind=Kind.PROJECT)

    decision = made.decided(request, actors, made.saying(money_from=budget))

    assert [part.amount for part in decision.award.instalments.all()] == [Decimal("3200.00")]


def test_a_budget_that_does_not_reach_refuses_and_nothing_is_decided(world, actors):
    budget = made.budget(world, grant="3000")
    request = made.discussed(world, actors)

    with pytest.raises(NotEnough, match=r"There is £3,000.00 uncommitted"):
        made.decided(request, actors, made.saying(money_from=budget))

    request.refresh_from_db()
    assert (request.state, ChairDecision.objects.count(), free(budget)) == (State.DISCUSSED, 0, Decimal(3000))


def test_the_same_form_twice_has_one_effect(world, actors):
    budget = made.budget(world)
    request = made.discussed(world, actors)
    key, said = uuid4(), made.saying(money_from=budget)
    call = {"request_id": request.pk, "key": key, "by": actors[CHAIR].user, "now": timezone.now()}

    first = deciding.decide(decision=said, **call)
    again = deciding.decide(decision=said, **call)

    assert (first.pk, free(budget)) == (again.pk, Decimal(6800))
    with pytest.raises(KeyReused):
        deciding.decide(decision=made.saying(Answer.DECLINE), **call)


def test_deciding_in_part_departs_and_asks_for_a_reason_and_a_principle(world, actors):
    budget = made.budget(world)
    request = made.discussed(world, actors)
    part = {"answer": Answer.IN_PART, "money_from": budget, "amount": Decimal(2000)}

    with pytest.raises(recommending.NotSound, match="Say why you depart"):
        made.decided(request, actors, made.saying(**part))
    with pytest.raises(recommending.NotSound, match="Choose at least one principle"):
        made.decided(request, actors, made.saying(**part, departure_reason="The budget has to last."))
    principle = Principle.objects.filter(version=world.principles).first()
    decision = made.decided(
        request, actors, made.saying(**part, departure_reason="The budget has to last.", principle_ids=[principle.pk])
    )

    assert (decision.departs, list(decision.departure_principles.all()), decision.principles) == (
        True,
        [principle],
        world.principles,
    )


@pytest.mark.parametrize("conditions", ["Review in May", "Review in May\r\n", "  Review in May  \n"])
def test_the_same_words_with_other_blanks_do_not_depart(world, actors, conditions):
    budget = made.budget(world)
    request = made.submitted(world, actors)
    made.on_agenda(request)
    recommend(request, actors, conditions="Review in May")

    decision = made.decided(request, actors, made.saying(money_from=budget, conditions=conditions))

    assert not decision.departs


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"reason_code": ""}, "reason_code"), ({"reason": " "}, "reason"), ({"alternative": ""}, "alternative")],
)
def test_declining_says_why_and_what_is_offered_instead(world, actors, missing, field):
    request = made.discussed(world, actors, answer=Answer.DECLINE)

    with pytest.raises(recommending.NotSound) as caught:
        made.decided(request, actors, made.saying(Answer.DECLINE, **missing))

    assert caught.value.field == field


def test_pupils_with_a_plan_draw_only_where_the_period_lets_them(world, actors):
    budget = made.budget(world, ehcp_may_draw=False)
    request = made.discussed(world, actors)
    request.pupils.update(sen_status="ehc-plan")

    with pytest.raises(recommending.NotSound, match="community money does not pay for pupils with an EHC plan"):
        made.decided(request, actors, made.saying(money_from=budget))


def test_deciding_without_support_tried_needs_a_reason(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    SupportEntry.objects.all().delete()

    with pytest.raises(deciding.NoSupportTried, match="No support was recorded"):
        made.decided(request, actors, made.saying(Answer.DECLINE))
    decision = made.decided(request, actors, made.saying(Answer.DECLINE, no_support_because="Urgent"))
    assert decision.no_support_because == "Urgent"


def test_help_asked_for_in_vain_counts_as_tried(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    SupportEntry.objects.all().delete()
    SupportEntryFactory(school=world.hartwell, request_reference=request.reference, outcome="not_available")

    assert made.decided(request, actors, made.saying(Answer.DECLINE)).no_support_because == ""


# --- two records, two people -------------------------------------------------------------------------------------------


def test_a_chair_with_an_interest_cannot_decide_and_a_stand_in_can(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    InterestFactory(item=request.recommendations.get().item, person=actors[CHAIR].user, kind=Interest.Kind.DECLARED)
    stand_in = AppointmentFactory(role="chair", community=world.north, kind="cover").person

    with pytest.raises(Refused, match="A stand-in chair has to decide this"):
        made.decided(request, actors, made.saying(Answer.DECLINE))
    decision = deciding.decide(
        request_id=request.pk, decision=made.saying(Answer.DECLINE), key=uuid4(), by=stand_in, now=timezone.now()
    )

    assert decision.decided_by == stand_in


@pytest.mark.parametrize("who", [SENCO, HEAD])
def test_who_wrote_or_signed_it_cannot_decide_it_whatever_post_they_hold_now(world, actors, who):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    AppointmentFactory(person=actors[who].user, role="chair", community=world.north, kind="cover")
    powers.forget([actors[who].user.pk])

    with pytest.raises(Refused, match="You wrote or signed this request"):
        deciding.decide(
            request_id=request.pk,
            decision=made.saying(Answer.DECLINE),
            key=uuid4(),
            by=User.objects.get(pk=actors[who].user.pk),
            now=timezone.now(),
        )


def test_only_the_decider_takes_a_decision_back_and_the_money_stands_free_again(world, actors):
    budget = made.budget(world)
    request = made.discussed(world, actors)
    decision = made.decided(request, actors, made.saying(money_from=budget))
    other = AppointmentFactory(role="chair", community=world.north, kind="cover").person

    with pytest.raises(Refused, match="Only the person who decided"):
        deciding_undo.undo(request_id=request.pk, reason="No", by=other, now=timezone.now())
    deciding_undo.undo(request_id=request.pk, reason="Read wrongly", by=actors[CHAIR].user, now=timezone.now())
    after = free(budget)
    again = made.decided(request, actors, made.saying(money_from=budget))

    assert (after, DecisionReversal.objects.get().decision) == (Decimal(10_000), decision)
    assert (again.version, free(budget)) == (2, Decimal(6800))


def test_withdrawing_a_decided_request_gives_the_money_back(world, actors):
    budget = made.budget(world)
    request = made.discussed(world, actors)
    made.decided(request, actors, made.saying(money_from=budget))

    submitting.withdraw(request_id=request.pk, by=actors[SENCO].user, now=timezone.now())

    assert (free(budget), DecisionReversal.objects.get().reason) == (
        Decimal(10_000),
        "The school withdrew the request.",
    )


# --- release ----------------------------------------------------------------------------------------------------------


def test_an_undecided_request_stands_in_the_way_of_closing(world, actors):
    request = made.discussed(world, actors)
    meeting = request.recommendations.get().item.meeting

    still = [found for found in closing.still_open(meeting) if request.reference in found.sentence]

    assert [found.link for found in still] == [f"/requests/{request.reference}/decide/?from=close"]


def test_closing_releases_once_writes_both_letters_and_tells_the_school(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))
    meeting = decision.recommendation.item.meeting

    first = releasing.release_all(meeting=meeting, by=actors[CHAIR].user, now=timezone.now())
    again = releasing.release_all(meeting=meeting, by=actors[CHAIR].user, now=timezone.now())

    request.refresh_from_db()
    assert (first, again, request.state) == ([decision], [], State.RELEASED)
    told = set(Notice.objects.filter(subject__contains="There is an answer").values_list("person_id", flat=True))
    assert told == {actors[SENCO].user.pk, actors[HEAD].user.pk}


def test_a_departure_goes_to_the_board_by_itself_and_only_then(world, actors):
    budget = made.budget(world)
    request = made.discussed(world, actors)
    principle = Principle.objects.filter(version=world.principles).first()
    said = made.saying(
        Answer.IN_PART,
        budget,
        amount=Decimal(2000),
        departure_reason="The budget has to last.",
        principle_ids=[principle.pk],
    )
    decision = made.decided(request, actors, said)
    before = Escalation.objects.count()

    releasing.release_all(meeting=decision.recommendation.item.meeting, by=actors[CHAIR].user, now=timezone.now())

    raised = Escalation.objects.get()
    assert (before, raised.kind, raised.community) == (0, Escalation.Kind.DEPARTURE, world.north)
    assert "The budget has to last." in raised.text


def test_a_deferred_request_comes_back_to_the_next_agenda(world, actors):
    request = made.discussed(world, actors, answer=Answer.DEFER)
    decision = made.decided(request, actors, made.saying(Answer.DEFER))

    releasing.release_all(meeting=decision.recommendation.item.meeting, by=actors[CHAIR].user, now=timezone.now())

    request.refresh_from_db()
    assert request.state == State.DEFERRED


def test_a_released_decision_cannot_be_taken_back_or_withdrawn(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))
    releasing.release_all(meeting=decision.recommendation.item.meeting, by=actors[CHAIR].user, now=timezone.now())

    with pytest.raises(Refused, match="it has been decided and the school was told"):
        deciding_undo.undo(request_id=request.pk, reason="No", by=actors[CHAIR].user, now=timezone.now())
    with pytest.raises(Refused):
        submitting.withdraw(request_id=request.pk, by=actors[SENCO].user, now=timezone.now())


def test_the_minutes_say_what_was_done_without_a_word_about_the_pupil(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))

    lines = closing.lines_of(decision.recommendation.item)

    assert lines == [
        f"{request.reference}, Hartwell Primary: request for one pupil, £3,200 asked for.",
        "Recommended: not to support.",
        "Nobody disagreed.",
        "Decided by Chair Person: declined.",
        "Reason: This is ordinarily available.",
    ]


# --- what the database refuses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"departs": True, "departure_reason": "Why"}, "a_departure_is_what_differs"),
        ({"answer": Answer.DEFER}, "a_departure_is_what_differs"),
        ({"answer": Answer.DEFER, "departs": True}, "a_departure_has_a_reason"),
        ({"alternative": ""}, "declining_has_a_reason_and_an_alternative"),
        ({"amount": Decimal(5), "recommended_amount": Decimal(5)}, "decided_money_fits_the_answer"),
        (
            {
                "answer": Answer.APPROVE,
                "recommended_answer": Answer.APPROVE,
                "amount": Decimal(5),
                "recommended_amount": Decimal(5),
            },
            "money_has_a_period_and_dates",
        ),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused_by_the_database(world, actors, wrong, name):
    request = made.discussed(world, actors, answer=Answer.DECLINE)

    with pytest.raises(IntegrityError, match=name):
        ChairDecisionFactory(recommendation=request.recommendations.get(), principles=world.principles, **wrong)


def test_a_departure_without_a_principle_is_refused_by_the_database(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)

    def depart_without_a_principle() -> None:
        ChairDecisionFactory(
            recommendation=request.recommendations.get(),
            principles=world.principles,
            answer=Answer.ADVICE,
            departs=True,
            departure_reason="Why",
        )
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="a departure names at least one principle"), transaction.atomic():
        depart_without_a_principle()


def test_a_decision_is_written_once(world, actors):
    request = made.discussed(world, actors, answer=Answer.DECLINE)
    decision = made.decided(request, actors, made.saying(Answer.DECLINE))

    with pytest.raises(DatabaseError), transaction.atomic():
        ChairDecision.objects.filter(pk=decision.pk).update(amount=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        decision.delete()
