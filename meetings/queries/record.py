"""The record of a meeting as lines: what the minutes are made from. Prose only where somebody typed it.

A line is {key, item, group, label, text, editions}. `editions` says who reads it: `full` for those who were there,
`members` for the rest of the community, `board` for the area's board, which sees nothing that
was typed about a pupil. `item` is None for lines about the meeting as a whole. Titles carry `screen` too, the words that
may stand on a shared screen.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from core.formats import clock, long_date, short_date
from meetings import closing
from meetings.models import AgendaItem, Escalation, Meeting
from meetings.queries import recusals, screens
from meetings.queries.agenda import items_of, meeting_after
from meetings.queries.register import Group, PersonRow, Register, register

FULL, MEMBERS, BOARD = "full", "members", "board"
ALL = [FULL, MEMBERS, BOARD]
INSIDE = [FULL, MEMBERS]
Line = dict[str, Any]


def lines_of(meeting: Meeting, *, now: datetime) -> list[Line]:
    """Every line of the minutes, from the records as they stand."""
    return [*_meeting(meeting, now), *_people(register(meeting)), *_items(meeting)]


def _line(key: str, group: str, label: str, text: str, editions: list[str], item: int | None = None) -> Line:
    return {"key": key, "item": item, "group": group, "label": label, "text": text, "editions": editions}


def _meeting(meeting: Meeting, now: datetime) -> Iterator[Line]:
    place = meeting.place or "Online"
    yield _line("meeting:when", "meeting", "Date", long_date(meeting.on), ALL)
    times = f"{clock(meeting.started_at)} to {clock(meeting.closed_at or now)}"
    yield _line("meeting:times", "meeting", "Time", times, ALL)
    yield _line("meeting:place", "meeting", "Place", place, INSIDE)
    for number, pause in enumerate(meeting.suspensions.all()):
        why = f": {pause.reason}" if pause.reason else ""
        text = f"{clock(pause.suspended_at)} to {clock(pause.resumed_at or now)}{why}"
        yield _line(f"meeting:pause:{number}", "meeting", "Suspended", text, INSIDE)
    following = meeting_after(meeting)
    if following:
        yield _line("meeting:next", "meeting", "Next meeting", long_date(following.on), ALL)


def _people(people: Register) -> Iterator[Line]:
    for group in people.groups:
        if group.came:
            yield _line(f"present:{_key(group)}", "present", group.name, _who_came(group), INSIDE)
    for group in people.schools:
        word = {"Represented": "Represented", "Apologies": "Sent apologies", "Absent": "Not represented"}[group.word]
        editions = [BOARD] if group.came else ALL
        yield _line(f"school:{_key(group)}", "schools", group.name, word, editions)
    if people.quorum is not None:
        came = sum(1 for group in people.schools if group.came)
        text = f"{came} schools were represented; {people.quorum} are needed."
        yield _line("meeting:quorum", "meeting", "Quorum", text, ALL)


def _key(group: Group) -> str:
    return str(group.school.pk) if group.school else "others"


def _who_came(group: Group) -> str:
    return "; ".join(f"{_name(person)}, {_times(person)}" for person in group.people if person.times)


def _name(person: PersonRow) -> str:
    if person.substitute:
        return f"{person.substitute} for {person.name}"
    return f"{person.name} (guest)" if person.role == "guest" else person.name


def _times(person: PersonRow) -> str:
    spells = (
        f"{clock(row.arrived_at)} to {clock(row.left_at)}" if row.left_at else f"from {clock(row.arrived_at)}"
        for row in person.times
    )
    return " and ".join(spells)


def _items(meeting: Meeting) -> Iterator[Line]:
    items = items_of(meeting).prefetch_related(
        "spells", "recusals__person", "interests__person", "interests__dismissed_by", "actions__owner", "escalations",
        "actions__owner_school", "subjects",
    )  # fmt: skip
    for item in items:
        item.meeting = meeting
        yield from _one_item(item)


def _one_item(item: AgendaItem) -> Iterator[Line]:
    """Matters of a school stay short outside the room: the reference, the outcome and what follows."""
    about_a_school = item.audience == AgendaItem.Audience.RESTRICTED or bool(item.subjects.all())
    told = item.audience == AgendaItem.Audience.BOARD and not about_a_school
    words = ALL if told else INSIDE
    shown = {"screen": screens.shown(item)}
    yield _of(item, "title", "title", str(item.position), item.title, words) | shown
    if not told:
        yield _of(item, "title-board", "title", str(item.position), shown["screen"], [BOARD]) | shown
    yield from _room(item)
    typed = [FULL] if about_a_school else words
    for number, sentence in enumerate(closing.lines_of(item)):
        yield _of(item, f"fixed:{number}", "fixed", "", sentence, typed if isinstance(sentence, closing.Typed) else ALL)
    if item.notes.strip():
        yield _of(item, "notes", "notes", "", item.notes.strip(), typed)
    yield from _ending(item, words)


def _of(item: AgendaItem, part: str, group: str, label: str, text: str, editions: list[str]) -> Line:
    return _line(f"item:{item.pk}:{part}", group, label, text, editions, item.pk)


def _room(item: AgendaItem) -> Iterator[Line]:
    spells = [spell for spell in item.spells.all() if spell.ended_at]
    if spells:
        text = " and ".join(f"{clock(spell.started_at)} to {clock(spell.ended_at)}" for spell in spells)
        yield _of(item, "time", "time", "Discussed", text, INSIDE)
    out = list(item.recusals.all())
    for row in out:
        text = f"{row.person.name}, {clock(row.from_at)} to {clock(row.until_at)}: {_why(item, row.person_id)}"
        yield _of(item, f"out:{row.pk}", "out", "Left the room", text, INSIDE)
    if out:
        count = len({row.person_id for row in out})
        people = "1 person" if count == 1 else f"{count} people"
        yield _of(item, "out-board", "out", "Left the room", people, [BOARD])
    for interest in item.interests.all():
        if interest.dismissed_by:
            text = f"{interest.person.name}, by {interest.dismissed_by.name}: {interest.dismissed_because}"
            yield _of(item, f"aside:{interest.pk}", "out", "Interest set aside", text, [FULL])


def _why(item: AgendaItem, person_id: int) -> str:
    kinds = [row.kind for row in item.interests.all() if row.person_id == person_id and not row.dismissed_at]
    reasons = [recusals.REASONS[kind] for kind in recusals.REASONS if kind in kinds]
    return reasons[0] if reasons else "they had an interest"


def _ending(item: AgendaItem, words: list[str]) -> Iterator[Line]:
    kind = item.get_outcome_kind_display()
    if kind or item.outcome.strip():
        yield _of(item, "outcome", "outcome", kind or "Outcome", item.outcome.strip(), words)
        if words != ALL and kind:
            yield _of(item, "outcome-board", "outcome", kind, "", [BOARD])
    for action in item.actions.all():
        school = f" ({action.owner_school.name})" if action.owner_school else ""
        text = f"{action.title}. {action.owner.name}{school}, by {short_date(action.due_on)}."
        yield _of(item, f"action:{action.pk}", "action", "Action", text, words)
    yield from _for_the_board(item, item.escalations.all())


def _for_the_board(item: AgendaItem, escalations: Iterable[Escalation]) -> Iterator[Line]:
    for row in escalations:
        if row.state != Escalation.State.WITHDRAWN:
            text = f"{row.get_kind_display()}. {row.title}: {row.text}"
            yield _of(item, f"board:{row.pk}", "board", "For the board", text, ALL)
