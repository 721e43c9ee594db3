"""Costs and outcomes are lines: one more, one fewer, and nothing typed is lost on the way."""

import pytest
from django.utils import timezone

from funding.models import FundingRequest
from funding.services import drafting
from tests.actors import SENCO


@pytest.fixture
def draft(world, actors):
    kind = FundingRequest.Kind.INDIVIDUAL
    return drafting.start(school_id=world.hartwell.pk, kind=kind, by=actors[SENCO].user, now=timezone.now())


def typed(*whats: str, **pressed: str) -> dict[str, str]:
    lines = {f"lines-{number}-what": what for number, what in enumerate(whats)}
    counted = {"lines-TOTAL_FORMS": str(len(whats)), "lines-INITIAL_FORMS": "0"}
    return {"ask": "A helper", "version": "0", "tab": "one", **counted, **lines, **pressed}


@pytest.mark.parametrize("page", ["ask-for", "outcomes"])
def test_another_line_is_added_below_what_was_typed(page, draft, actors):
    answer = actors[SENCO].client.post(f"/requests/{draft.reference}/{page}/", typed("Helper", add="1"))

    assert answer.status_code == 200
    assert [form.prefix for form in answer.context["bundle"].lines.forms] == ["lines-0", "lines-1"]


def test_a_line_taken_out_leaves_the_others(draft, actors):
    answer = actors[SENCO].client.post(f"/requests/{draft.reference}/ask-for/", typed("Helper", "Tent", remove="0"))

    assert [form["what"].value() for form in answer.context["bundle"].lines.forms] == ["Tent"]
