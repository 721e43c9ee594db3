"""The county's dates and the versions of its agenda."""

from datetime import date, time, timedelta

import pytest

from accounts.models import Notice
from core.verdicts import Refused
from meetings.models import AgendaTemplate, TemplateItem
from meetings.queries import templates as queries
from meetings.services import dates, templates
from tests.actors import ADMIN, BOARD, CHAIR, NEIGHBOUR, OFFICER
from tests.meetings.planning.conftest import NOW, publish_template, set_date

pytestmark = pytest.mark.django_db
FACTS = {"starts": time(9, 30), "length_minutes": 150, "cut_off_days": 7, "note": ""}


def test_a_new_date_is_told_to_the_chairs_of_the_area_only(first, actors):
    assert Notice.objects.filter(person=actors[CHAIR].user, subject="A new date for communities in Weald").count() == 1
    assert not Notice.objects.filter(person=actors[NEIGHBOUR].user).exists()


def test_a_date_of_the_board_is_told_to_the_board(world, actors):
    set_date(actors, world.weald, date(2026, 12, 1), kind="board")

    assert Notice.objects.filter(person=actors[BOARD].user).count() == 1
    assert not Notice.objects.filter(person=actors[CHAIR].user).exists()


def test_only_the_administrator_sets_dates(world, actors):
    with pytest.raises(Refused):
        dates.set_date(
            area_id=world.weald.pk, kind="community", on=date(2026, 12, 1), by=actors[OFFICER].user, now=NOW, **FACTS
        )


def test_an_area_has_one_date_of_a_kind_a_day(first, world, actors):
    with pytest.raises(dates.DateTaken, match="Weald has a date for communities"):
        set_date(actors, world.weald, first.on)
    assert set_date(actors, world.weald, first.on, kind="board").pk
    assert set_date(actors, world.coast, first.on).pk


def test_no_date_is_set_in_the_past(world, actors):
    with pytest.raises(dates.DatePast):
        set_date(actors, world.weald, date(2026, 11, 1))


def change(day, actors, **facts):
    new = {"on": day.on, **FACTS, **facts}
    return dates.change_date(date_id=day.pk, by=actors[ADMIN].user, now=NOW, **new)


def test_a_changed_date_leaves_the_meeting_where_it_is_and_asks_the_chair(planned, actors):
    change(planned.first, actors, on=date(2026, 11, 26))

    planned.meeting.refresh_from_db()
    told = Notice.objects.get(person=actors[CHAIR].user, subject__endswith="has changed")
    assert planned.meeting.on == date(2026, 11, 24)
    assert "stays where it is until you move it" in told.text


def test_a_new_note_alone_is_not_told(first, actors):
    change(first, actors, note="Bring the map")

    assert not Notice.objects.filter(subject__endswith="has changed").exists()


def test_a_withdrawn_date_says_why_and_may_be_set_anew(first, world, actors):
    dates.withdraw_date(date_id=first.pk, reason="The hall is closed.", by=actors[ADMIN].user, now=NOW)

    assert (
        "The hall is closed." in Notice.objects.get(person=actors[CHAIR].user, subject__endswith="was withdrawn").text
    )
    assert set_date(actors, world.weald, first.on).pk != first.pk


@pytest.mark.parametrize("verb", ["change", "withdraw"])
def test_history_is_not_changed(verb, first, actors, time_machine):
    time_machine.move_to(NOW + timedelta(days=60))

    attempts = {
        "change": lambda: change(first, actors),
        "withdraw": lambda: dates.withdraw_date(date_id=first.pk, reason="Snow", by=actors[ADMIN].user, now=NOW),
    }

    with pytest.raises(Refused, match="has passed"):
        attempts[verb]()


def test_a_withdrawn_date_is_not_changed(first, actors):
    dates.withdraw_date(date_id=first.pk, reason="Snow", by=actors[ADMIN].user, now=NOW)

    with pytest.raises(Refused, match="withdrawn"):
        change(first, actors)


def draft(actors, body="community"):
    return templates.draft_next(body=body, by=actors[ADMIN].user, now=NOW)


@pytest.mark.parametrize(("body", "lines"), [("community", 12), ("board", 9)])
def test_the_first_draft_begins_with_our_suggestion(world, actors, body, lines):
    first = draft(actors, body)

    assert (first.version, first.items.count()) == (1, lines)
    assert list(first.items.values_list("position", flat=True)) == list(range(1, lines + 1))


def test_the_next_draft_begins_with_the_last_version_line_by_line(template, actors):
    second = draft(actors)

    assert second.version == 2
    assert list(second.items.values_list("line", "title")) == list(template.items.values_list("line", "title"))
    assert set(second.items.values_list("pk", flat=True)).isdisjoint(template.items.values_list("pk", flat=True))


def test_one_version_is_drafted_at_a_time(world, actors):
    draft(actors)

    with pytest.raises(templates.DraftExists, match="Version 1 is being drafted"):
        draft(actors)


LINE = {"kind": "local", "title": "A visit", "guidance": "", "minutes": 10, "mandatory": False}


def test_a_draft_is_changed_line_by_line(world, actors):
    first, admin = draft(actors), actors[ADMIN].user
    added = templates.add_item(template_id=first.pk, by=admin, **LINE)
    assert added.position == 13
    templates.move_item(item_id=added.pk, where="top", by=admin)
    templates.change_item(item_id=added.pk, by=admin, **LINE | {"title": "Two visits", "minutes": 20})
    templates.remove_item(item_id=first.items.get(position=2).pk, by=admin)

    lines = list(first.items.order_by("position").values_list("position", "title"))
    assert lines[0] == (1, "Two visits")
    assert [position for position, _ in lines] == list(range(1, 13))


def test_a_published_version_never_changes(template, actors):
    admin, line = actors[ADMIN].user, template.items.first()
    attempts = (
        lambda: templates.add_item(template_id=template.pk, by=admin, **LINE),
        lambda: templates.change_item(item_id=line.pk, by=admin, **LINE),
        lambda: templates.move_item(item_id=line.pk, where="up", by=admin),
        lambda: templates.remove_item(item_id=line.pk, by=admin),
        lambda: templates.discard(template_id=template.pk, by=admin),
        lambda: templates.publish(template_id=template.pk, starts_on=NOW.date(), note="", by=admin, now=NOW),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="published version cannot be changed"):
            attempt()


def test_an_empty_version_is_not_published(world, actors):
    first, admin = draft(actors), actors[ADMIN].user
    for line in list(TemplateItem.objects.filter(template=first)):
        templates.remove_item(item_id=line.pk, by=admin)

    with pytest.raises(templates.NotReady, match="at least one item"):
        templates.publish(template_id=first.pk, starts_on=NOW.date(), note="", by=admin, now=NOW)


def test_a_version_holds_from_today_on_at_the_earliest(world, actors):
    with pytest.raises(templates.NotReady, match="from today on"):
        publish_template(actors, starts_on=date(2026, 11, 1))


def test_publishing_tells_whoever_plans_meetings(template, actors):
    assert Notice.objects.filter(person=actors[CHAIR].user, subject__contains="new version").count() == 1
    assert not Notice.objects.filter(person=actors[BOARD].user, subject__contains="new version").exists()


def test_a_version_published_for_later_is_in_force_only_then(template, actors):
    later = publish_template(actors, starts_on=date(2027, 1, 1))

    assert queries.in_force("community", on=date(2026, 12, 31)) == template
    assert queries.in_force("community", on=date(2027, 1, 1)) == later


def test_a_draft_is_thrown_away(world, actors):
    templates.discard(template_id=draft(actors).pk, by=actors[ADMIN].user)

    assert not AgendaTemplate.objects.exists()


def test_the_only_published_version_is_not_retired(template, actors):
    with pytest.raises(Refused, match="Publish another version first"):
        templates.retire(template_id=template.pk, by=actors[ADMIN].user, now=NOW)


def test_an_older_version_is_retired(template, actors):
    publish_template(actors)

    assert templates.retire(template_id=template.pk, by=actors[ADMIN].user, now=NOW).state == "retired"


def test_the_change_of_a_version_is_told_in_sentences(template, actors):
    second, admin = draft(actors), actors[ADMIN].user
    lines = {line.kind: line for line in second.items.all()}
    templates.change_item(
        item_id=lines["balance"].pk, by=admin,
        **LINE | {"kind": "balance", "title": "Money", "minutes": 9, "guidance": lines["balance"].guidance},
    )  # fmt: skip
    templates.remove_item(item_id=lines["practice"].pk, by=admin)
    templates.add_item(template_id=second.pk, by=admin, **LINE | {"mandatory": True})

    assert queries.differences(template, second) == [
        "“Money”: was called “Balance of funding”, has 9 minutes instead of 5, can be taken off now.",
        "“A visit” is new, and every meeting takes it.",
        "“Good practice” is no longer on it.",
    ]


def test_the_impact_of_a_version_is_counted(planned, actors):
    second = draft(actors)

    [earlier] = queries.impact(second)

    assert (earlier.version, earlier.meetings_ahead) == (1, 1)
