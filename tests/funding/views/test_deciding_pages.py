"""The chair's page: what stands in the way is said before anything is typed, and the last button repeats the facts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.models import Principle
from funding.models import Answer, ChairDecision
from meetings import sources
from meetings.queries.agenda import item_with_key
from tests.actors import CHAIR, COLLEAGUE, SENCO
from tests.factories.meetings import InterestFactory
from tests.funding import made

DATES = {
    "starts_on_0": "5", "starts_on_1": "1", "starts_on_2": "2027",
    "ends_on_0": "20", "ends_on_1": "7", "ends_on_2": "2027",
}  # fmt: skip


def page(actors, request, name="decide"):
    return actors[CHAIR].client.get(reverse(f"funding:{name}", args=[request.reference])).content.decode()


def post(actors, request, **body):
    return actors[CHAIR].client.post(reverse("funding:decide", args=[request.reference]), body)


def test_without_an_open_budget_approving_is_not_offered_and_the_page_says_why(world, actors):
    request = made.discussed(world, actors)

    shown = page(actors, request)

    assert f"{world.north.name} has no budget in an open funding period, so nothing can be approved yet." in shown
    assert 'value="approve"' not in shown
    assert 'value="decline"' in shown
    assert post(actors, request, answer="approve", **DATES).status_code == 422


def test_money_that_may_not_pay_for_plans_is_not_offered_for_a_pupil_with_one(world, actors):
    request = made.discussed(world, actors)
    request.pupils.update(sen_status="ehc-plan")
    budget = made.budget(world, ehcp_may_draw=False)

    shown = page(actors, request)

    assert f"In {budget.period.name}, community money does not pay for pupils with an EHC plan" in shown
    assert 'value="approve"' not in shown


def test_an_empty_budget_approves_nothing(world, actors):
    request = made.discussed(world, actors)
    made.budget(world, grant="0")

    assert "Nothing is uncommitted, so nothing can be approved." in page(actors, request)


def test_the_rail_names_who_has_an_interest_and_the_balance_before_and_after(world, actors):
    request = made.discussed(world, actors)
    made.budget(world)
    InterestFactory(item=item_with_key(request.key), person=actors[COLLEAGUE].user, note="Knows the family")

    shown = page(actors, request)

    assert f"Because they declared an interest: {actors[COLLEAGUE].user.name} (Knows the family)" in shown
    assert all(amount in shown for amount in ("£10,000.00", "£3,200.00", "£6,800.00"))
    assert "(optional)" not in shown.partition("First day of the award")[2].partition("When is the outcome")[0]


def test_the_last_button_repeats_amount_and_school_and_pressing_it_decides(world, actors):
    request = made.discussed(world, actors)
    budget = made.budget(world)

    answer = post(actors, request, answer="approve", period=budget.period_id, **DATES)

    assert answer.url == reverse("funding:decide-check", args=[request.reference])
    shown = page(actors, request, "decide-check")
    assert f"Approve £3,200 for {world.hartwell.name}" in shown
    key = shown.partition('name="key" value="')[2].partition('"')[0]
    actors[CHAIR].client.post(answer.url, {"key": key})
    assert ChairDecision.objects.get(request=request).answer == Answer.APPROVE


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Say why you depart from the community’s recommendation."),
        ({"departure_reason": "Too little is known."}, "Choose at least one principle that your departure rests on."),
    ],
)
def test_departing_asks_for_a_reason_and_a_principle_and_keeps_what_was_typed(world, actors, more, sentence):
    request = made.discussed(world, actors)
    made.budget(world)
    said = {"answer": "defer", "code_defer": "more-information", "reason_defer": "Send the review of October."}

    answer = post(actors, request, **said, **more)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Send the review of October." in shown


def test_without_principles_nothing_can_be_decided_and_the_page_says_so(world, actors):
    request = made.discussed(world, actors)
    version = Principle.objects.first().version
    version.starts_on = made.now().date() + timedelta(days=400)
    version.save()

    shown = page(actors, request)

    assert "No Community Principles are in force." in shown
    assert 'name="answer"' not in shown


def test_what_was_recorded_in_a_running_meeting_leads_back_to_its_live_item(world, actors):
    request = made.submitted(world, actors)
    item = made.on_agenda(request)
    live = reverse("meetings:live-item", args=[item.meeting.body.slug, item.meeting.on, item.pk])
    budget = made.budget(world)

    assert f'href="{live}"' in page(actors, request, "request")
    assert f'href="{live}"' in page(actors, request, "recommend")
    chair = actors[CHAIR].client
    answer = chair.post(
        reverse("funding:recommend", args=[request.reference]),
        {"how": "consensus", "answer": "approve", "reason": "The need is clear."},
    )
    assert answer.url == live
    answer = post(actors, request, answer="approve", period=budget.period_id, **DATES)
    shown = page(actors, request, "decide-check")
    key = shown.partition('name="key" value="')[2].partition('"')[0]
    assert chair.post(answer.url, {"key": key}).url == live
    answer = chair.post(reverse("funding:undo", args=[request.reference]), {"reason": "Typed the wrong amount"})
    assert answer.url == live


def test_a_decision_before_the_meeting_starts_leads_back_to_the_agenda_item(world, actors):
    request = made.discussed(world, actors)
    item = item_with_key(request.key)
    item.meeting.__class__.objects.filter(pk=item.meeting_id).update(
        state="published", started_at=None, started_by=None, current_item=None
    )

    assert f'href="{item.get_absolute_url()}"' in page(actors, request)
    assert "Back to the meeting" not in page(actors, request, "request")


def test_a_decision_taken_from_the_page_that_closes_leads_back_to_it(world, actors):
    request = made.discussed(world, actors)
    budget, meeting = made.budget(world), item_with_key(request.key).meeting
    closing = reverse("meetings:close", args=[meeting.body.slug, meeting.on])
    chair = actors[CHAIR].client
    link = f"{reverse('funding:decide', args=[request.reference])}?from=close"
    assert link in chair.get(closing).content.decode()

    answer = chair.post(link, {"answer": "approve", "period": budget.period_id, **DATES})
    assert answer.url == f"{reverse('funding:decide-check', args=[request.reference])}?from=close"
    shown = chair.get(answer.url).content.decode()
    assert f'href="{link}"' in shown
    key = shown.partition('name="key" value="')[2].partition('"')[0]
    assert chair.post(answer.url, {"key": key}).url == closing


def test_where_to_go_back_is_never_taken_from_the_address(world, actors):
    request = made.discussed(world, actors)

    address = reverse("funding:decide", args=[request.reference])
    shown = actors[CHAIR].client.get(f"{address}?from=//elsewhere.example/").content.decode()

    assert "elsewhere.example" not in shown.partition("<main")[2].partition('class="app-rail"')[0]


def test_a_paper_that_left_with_its_meeting_is_not_linked_to_members(world, actors):
    request = made.submitted(world, actors)
    item = made.on_agenda(request)
    assert sources.unopened(actors[COLLEAGUE].user, [item]) == set()
    meeting = item.meeting
    meeting.state, meeting.closed_at, meeting.closed_by = "closed", meeting.ends_at, actors[CHAIR].user
    meeting.save()

    assert sources.unopened(actors[COLLEAGUE].user, [item]) == {item.pk}
    assert sources.unopened(actors[SENCO].user, [item]) == set()
    assert sources.unopened(actors[CHAIR].user, [item]) == set()
