"""Dated lists: begun once, added to, reworded, ended."""

from datetime import date

import pytest
from django.utils import timezone

from communities.services import lists
from core.lists import choices, labels
from core.models import AuditEntry, ListEntry
from core.verdicts import Refused
from tests.actors import ADMIN, CHAIR


def test_first_lists_are_written_once(world):
    assert lists.begin() == 0
    assert len(choices("need_area", on=date(2026, 11, 24))) == 4


def test_a_line_can_be_chosen_from_its_first_to_its_last_day(world, actors):
    by, now = actors[ADMIN].user, timezone.now()
    line = lists.add_line(
        list_name="decline_reason", label="Local rule", meaning="", starts_on=date(2026, 9, 1), by=by, now=now
    )

    lists.end_line(entry_id=line.pk, ends_on=date(2026, 12, 31), by=by, now=now)

    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [("local-rule", "Local rule") in choices("decline_reason", on=on) for on in days] == [
        False,
        True,
        True,
        False,
    ]
    assert labels("decline_reason")["local-rule"] == "Local rule"


def test_a_line_cannot_end_before_it_starts(world, actors):
    line = ListEntry.objects.filter(list_name="need_area").first()

    with pytest.raises(lists.EndsBeforeStart, match="starts on 1 September 2025"):
        lists.end_line(entry_id=line.pk, ends_on=date(2024, 1, 1), by=actors[ADMIN].user, now=timezone.now())


def test_the_same_line_twice_is_refused_with_a_sentence(world, actors):
    line = {"list_name": "need_area", "label": "Other", "meaning": "", "starts_on": date(2026, 9, 1)}
    lists.add_line(**line, by=actors[ADMIN].user, now=timezone.now())

    with pytest.raises(lists.AlreadyThere, match="“Other”"):
        lists.add_line(**line, by=actors[ADMIN].user, now=timezone.now())


def test_a_meaning_is_reworded_and_the_old_words_are_kept_in_the_audit(world, actors):
    line = ListEntry.objects.get(list_name="outcome_note", code="how-to-challenge")

    lists.change_meaning(entry_id=line.pk, meaning="Write to us.", by=actors[ADMIN].user, now=timezone.now())

    entry = AuditEntry.objects.get(action="core.list_line_reworded")
    assert (entry.details["before"], entry.details["after"]) == (line.meaning, "Write to us.")


def test_only_the_administrator_keeps_lists(world, actors):
    with pytest.raises(Refused):
        lists.change_meaning(entry_id=1, meaning="", by=actors[CHAIR].user, now=timezone.now())
