"""The agenda fills itself, once; the chair's hand on it stays the chair's."""

import pytest

from communities.models import School
from core.verdicts import Refused
from meetings import sources
from meetings.models import AgendaItem, ChairNote, Interest, ItemSchool
from meetings.services import agenda, items
from meetings.sources import Proposal
from tests.actors import CHAIR, NEIGHBOUR, SENCO
from tests.factories.meetings import AgendaItemFactory, MeetingFactory
from tests.meetings.planning.conftest import NOW

pytestmark = pytest.mark.django_db
REQUEST = Proposal(
    "made.up:1", "request", "CoS-2041: Hartwell Primary", "/requests/CoS-2041/", "Sent before the cut-off.", 15
)
BALANCE = Proposal("made.up:balance", "balance", "Balance", "/money/north/", "£11,350 is free.", 5)


@pytest.fixture
def open_matters(monkeypatch):
    """What the made-up source proposes; a test changes the list."""
    matters = [REQUEST]
    monkeypatch.setattr(sources, "SOURCES", [lambda _meeting, _now: list(matters)])
    monkeypatch.setattr(sources, "LAST_SOURCES", [])
    return matters


def fill(planned, actors):
    return agenda.fill(meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW)


def place(planned, actors, proposal=REQUEST):
    return agenda.place(meeting_id=planned.meeting.pk, proposal=proposal, by=actors[CHAIR].user, now=NOW)


def numbers(planned):
    return list(planned.meeting.items.exclude(position=None).order_by("position").values_list("position", flat=True))


def test_a_matter_goes_under_the_standing_item_of_its_kind(planned, actors, open_matters):
    [item] = fill(planned, actors).added

    standing = planned.meeting.items.get(kind="request", template_line__isnull=False)
    assert item.position == standing.position + 1
    assert (item.why, item.minutes_planned, item.link) == (REQUEST.why, 15, REQUEST.link)
    assert numbers(planned) == list(range(1, 14))


def test_a_matter_of_an_unknown_kind_goes_before_the_next_date(planned, actors):
    item = place(planned, actors, Proposal("made.up:9", "puzzle", "A puzzle", "", "Why not"))

    assert item.position == planned.meeting.items.get(kind="next_date").position - 1


def test_the_balance_takes_its_standing_item_and_keeps_the_countys_title(planned, actors, open_matters):
    open_matters[:] = [BALANCE]

    fill(planned, actors)

    item = planned.meeting.items.get(source_key=BALANCE.key)
    assert (item.title, item.why, item.mandatory) == ("Balance of funding", "£11,350 is free.", True)
    assert numbers(planned) == list(range(1, 13))


def test_filling_twice_changes_nothing(planned, actors, open_matters):
    fill(planned, actors)
    before = list(planned.meeting.items.order_by("pk").values())

    filled = fill(planned, actors)

    assert (filled.added, filled.returned, filled.updated) == ([], [], [])
    assert list(planned.meeting.items.order_by("pk").values()) == before


def test_filling_brings_words_up_to_date(planned, actors, open_matters):
    fill(planned, actors)
    open_matters[:] = [
        Proposal(REQUEST.key, "request", "CoS-2041: Hartwell Primary (joint)", "/requests/CoS-2041/", "New.")
    ]

    [item] = fill(planned, actors).updated

    assert (item.title, item.why) == ("CoS-2041: Hartwell Primary (joint)", "New.")


def test_what_the_chair_took_off_stays_off_until_the_matter_changes(planned, actors, open_matters):
    [item] = fill(planned, actors).added
    items.remove(item_id=item.pk, reason="Not this time", by=actors[CHAIR].user, now=NOW)

    assert fill(planned, actors).returned == []
    open_matters[:] = [
        Proposal(REQUEST.key, "request", REQUEST.title, REQUEST.link, REQUEST.why, stamp="second version")
    ]
    [back] = fill(planned, actors).returned

    assert (back.pk, back.state) == (item.pk, "waiting")
    assert numbers(planned) == list(range(1, 14))


def test_discuss_this_puts_back_what_was_taken_off(planned, actors):
    item = place(planned, actors)
    items.remove(item_id=item.pk, reason="Not this time", by=actors[CHAIR].user, now=NOW)

    assert place(planned, actors).pk == item.pk
    assert planned.meeting.items.get(pk=item.pk).state == "waiting"


def test_placing_twice_is_placing_once(planned, actors):
    assert place(planned, actors).pk == place(planned, actors).pk


def test_a_foreign_chair_places_nothing(planned, actors):
    with pytest.raises(Refused):
        agenda.place(meeting_id=planned.meeting.pk, proposal=REQUEST, by=actors[NEIGHBOUR].user, now=NOW)


def test_a_closed_meeting_is_not_filled(world, actors):
    meeting = MeetingFactory(community=world.north, closed=True)

    with pytest.raises(Refused, match="closed"):
        agenda.fill(meeting_id=meeting.pk, by=actors[CHAIR].user, now=NOW)


def test_a_settled_matter_leaves_agendas_not_yet_run(planned, actors):
    item = place(planned, actors)

    assert agenda.take_off(source_key=REQUEST.key, because="It was withdrawn.", by=actors[SENCO].user, now=NOW) == 1

    item.refresh_from_db()
    assert (item.state, item.removed_because) == ("removed", "It was withdrawn.")
    assert numbers(planned) == list(range(1, 13))


def test_a_settled_matter_leaves_its_standing_item_in_place(planned, actors, open_matters):
    open_matters[:] = [BALANCE]
    fill(planned, actors)

    agenda.take_off(source_key=BALANCE.key, because="The period ended.", by=actors[CHAIR].user, now=NOW)

    item = planned.meeting.items.get(kind="balance")
    assert (item.state, item.link, item.source_key) == ("waiting", "", "")


def test_what_was_discussed_stays_whatever_became_of_the_matter(world, actors):
    meeting = MeetingFactory(community=world.north, running=True)
    item = AgendaItemFactory(meeting=meeting, source_key=REQUEST.key, state="done")

    assert agenda.take_off(source_key=REQUEST.key, because="Withdrawn", by=actors[CHAIR].user, now=NOW) == 0
    assert AgendaItem.objects.get(pk=item.pk).state == "done"


def test_placing_a_matter_finds_the_schools_it_is_about(published, actors, world, monkeypatch):
    hartwell = School.objects.filter(pk=world.hartwell.pk).values_list("pk", flat=True)
    monkeypatch.setitem(sources.SCHOOLS_OF, "request", sources.Matters("made.up:", lambda _number: hartwell))

    item = place(published, actors)

    assert list(ItemSchool.objects.values_list("item_id", "school_id")) == [(item.pk, world.hartwell.pk)]
    assert Interest.objects.filter(item=item, person=actors[SENCO].user, found_by_product=True).exists()


def add(planned, actors, **facts):
    return items.add(
        meeting_id=planned.meeting.pk, by=actors[CHAIR].user, now=NOW,
        **{"title": "Reading at home", "why": "", "minutes": 5, "presenter": "", "audience": "members"} | facts,
    )  # fmt: skip


def test_a_local_item_says_who_put_it_there(planned, actors):
    item = add(planned, actors)

    assert (item.why, item.kind) == ("Added by the chair.", "local")
    assert item.position == planned.meeting.items.get(kind="next_date").position - 1


def change(item, actors, **facts):
    new = {"title": "New title", "why": "New why", "minutes": 7, "presenter": "Sam", "audience": "board"}
    return items.change(item_id=item.pk, by=actors[CHAIR].user, now=NOW, **{**new, "version": item.version, **facts})


def test_a_local_item_changes_in_everything(planned, actors):
    changed = change(add(planned, actors), actors)

    assert (changed.title, changed.why, changed.minutes_planned, changed.presenter, changed.audience) == (
        "New title", "New why", 7, "Sam", "board",
    )  # fmt: skip


def test_a_county_item_keeps_the_countys_title(planned, actors):
    changed = change(planned.meeting.items.get(kind="balance"), actors)

    assert (changed.title, changed.minutes_planned) == ("Balance of funding", 7)


def test_a_stale_change_is_refused_with_a_sentence(planned, actors):
    item = add(planned, actors)
    change(item, actors)

    with pytest.raises(items.ChangedMeanwhile, match="while you were writing"):
        change(item, actors, title="Mine")

    assert AgendaItem.objects.get(pk=item.pk).title == "New title"


def test_a_mandatory_item_is_shortened_never_removed(planned, actors):
    with pytest.raises(Refused, match="You can shorten it, not remove it"):
        items.remove(
            item_id=planned.meeting.items.get(kind="balance").pk, reason="No time", by=actors[CHAIR].user, now=NOW
        )


def test_an_optional_item_is_taken_off_and_put_back(planned, actors):
    item = planned.meeting.items.get(kind="practice")
    items.remove(item_id=item.pk, reason="No time", by=actors[CHAIR].user, now=NOW)
    assert numbers(planned) == list(range(1, 12))

    items.restore(item_id=item.pk, by=actors[CHAIR].user, now=NOW)

    assert numbers(planned) == list(range(1, 13))
    items.restore(item_id=item.pk, by=actors[CHAIR].user, now=NOW)
    assert numbers(planned) == list(range(1, 13))


@pytest.mark.parametrize(("where", "lands"), [("up", 4), ("down", 6), ("top", 1), ("bottom", 12)])
def test_an_item_moves_where_the_button_says(planned, actors, where, lands):
    item = planned.meeting.items.get(position=5)

    items.move(item_id=item.pk, where=where, by=actors[CHAIR].user, now=NOW)

    item.refresh_from_db()
    assert item.position == lands
    assert numbers(planned) == list(range(1, 13))


@pytest.mark.parametrize(("at", "where"), [(1, "up"), (12, "down"), (1, "top"), (12, "bottom")])
def test_at_the_end_of_the_list_nothing_happens(published, actors, at, where):
    item = published.meeting.items.get(position=at)

    items.move(item_id=item.pk, where=where, by=actors[CHAIR].user, now=NOW)

    assert not published.meeting.changes.exists()


def test_numbers_typed_beside_items_make_the_order(planned, actors):
    order = list(planned.meeting.items.order_by("position").values_list("pk", flat=True))
    typed = {pk: number for number, pk in enumerate(order, start=1)} | {order[11]: 2}

    items.renumber(meeting_id=planned.meeting.pk, numbers=typed, by=actors[CHAIR].user, now=NOW)

    now = list(planned.meeting.items.order_by("position").values_list("pk", flat=True))
    assert now[:3] == [order[0], order[1], order[11]]


def test_nobody_orders_an_agenda_that_somebody_else_has_changed(planned, actors):
    typed = dict.fromkeys(planned.meeting.items.values_list("pk", flat=True), 1)
    add(planned, actors)

    with pytest.raises(items.WrongOrder):
        items.renumber(meeting_id=planned.meeting.pk, numbers=typed, by=actors[CHAIR].user, now=NOW)


def test_members_hear_of_each_kind_of_change_once(published, actors):
    chair, meeting = actors[CHAIR].user, published.meeting
    item = add(published, actors)
    for where in ("up", "up", "top"):
        items.move(item_id=item.pk, where=where, by=chair, now=NOW)
    item.refresh_from_db()
    change(item, actors)
    items.remove(item_id=item.pk, reason="No time after all", by=chair, now=NOW)

    assert list(meeting.changes.values_list("sentence", flat=True)) == [
        "“Reading at home” was added.",
        "The order of items changed.",
        "“Reading at home” is now called “New title”.",
        "“New title” was taken off: No time after all",
    ]


def test_a_draft_changes_without_a_word(planned, actors):
    add(planned, actors)

    assert not planned.meeting.changes.exists()


def test_the_chairs_note_is_kept_apart_from_the_item(planned, actors):
    item = planned.meeting.items.first()
    for text in ("Ask first", "Ask twice"):
        items.write_note(item_id=item.pk, text=text, by=actors[CHAIR].user, now=NOW)

    assert ChairNote.objects.get(item=item).text == "Ask twice"
    with pytest.raises(Refused):
        items.write_note(item_id=item.pk, text="Mine", by=actors[SENCO].user, now=NOW)
