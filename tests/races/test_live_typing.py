"""Several people type at once. Whatever a save was accepted for is current or in the history; nothing is overwritten unseen.

2,000 random interleavings of 2 to 8 editors over notes, outcome and attendance. The red control does the same with a save
that does not look at the version, and must lose words.
"""

import random
import threading
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection

from core.models import AuditEntry, IssuedDocument
from meetings import closing
from meetings.models import AgendaItem, Attendance, Meeting, NoteField, NoteVersion
from meetings.services import attendance, close, notes, running
from meetings.services.notes import Words
from tests.actors import CHAIR
from tests.factories.meetings import THE_MOMENT
from tests.meetings.live.conftest import make_live

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = {2: 500, 5: 700, 8: 800}  # editors at once: interleavings
SEED = 20_261_124


@pytest.fixture
def running_meeting(world, actors):
    live = make_live(world, actors)
    live.meeting.invitations.update(answer="yes", answered_at=THE_MOMENT, answered_by=actors[CHAIR].user)
    running.start(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=THE_MOMENT)
    running.open_item(item_id=live.figures.pk, by=actors[CHAIR].user, now=THE_MOMENT)
    attendance.everybody_came(meeting_id=live.meeting.pk, by=actors[CHAIR].user, now=THE_MOMENT)
    return live


class Editor:
    """An open page: it knows the version it last saw of each text and types on that."""

    def __init__(self, number, item_id, person, save) -> None:
        self.number, self.item_id, self.person, self.save = number, item_id, person, save
        self.seen = dict.fromkeys(NoteField, 0)
        self.client, self.accepted, self.clashes, self.typed = uuid4(), [], 0, 0

    def look(self) -> None:
        item = AgendaItem.objects.get(pk=self.item_id)
        self.seen = {NoteField.NOTES: item.notes_version, NoteField.OUTCOME: item.outcome_version}

    def type(self, field: NoteField) -> None:
        self.typed += 1
        words = f"{field} by {self.client}, {self.typed}"
        try:
            self.seen[field] = self.save(self, field, words)
        except notes.Clash as clash:
            self.clashes += 1
            self.seen[field] = clash.theirs.version
        else:
            self.accepted.append((field, words))


def by_the_service(editor: Editor, field: NoteField, words: str) -> int:
    return notes.save(
        item_id=editor.item_id, field=field, words=Words(words), version=editor.seen[field], by=editor.person,
        now=THE_MOMENT, client=editor.client,
    )  # fmt: skip


def without_looking(editor: Editor, field: NoteField, words: str) -> int:
    """The control: the last one wins, silently."""
    column = "notes" if field == NoteField.NOTES else "outcome"
    AgendaItem.objects.filter(pk=editor.item_id).update(**{column: words})
    return editor.seen[field] + 1


def interleave(live, person, save, *, rounds: int, seed: int, at_once: int = 6) -> tuple[list[Editor], Counter]:
    """`rounds` interleavings: in each, two editors or more look at the same text and then type in any order, at once."""
    editors = [Editor(number, live.figures.pk, person, save) for number in range(8)]
    done: Counter = Counter()
    lock, left = threading.Lock(), iter(range(rounds))

    def work(number: int) -> None:
        dice = random.Random(seed + number)
        mine = editors[number]
        try:
            while True:
                with lock:
                    if next(left, None) is None:
                        return
                if dice.random() < 0.3:
                    mine.look()
                field = dice.choice(list(NoteField))
                mine.type(field)
                done[field] += 1
                if dice.random() < 0.15:
                    _touch_times(live, person, dice, done)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return editors, done


def _touch_times(live, person, dice, done) -> None:
    """Correct somebody's arrival, on the version just read."""
    row = dice.choice(list(Attendance.objects.filter(meeting=live.meeting)))
    at = THE_MOMENT - timedelta(minutes=dice.randrange(1, 60))
    try:
        attendance.correct(
            attendance_id=row.pk, version=row.version, arrived_at=at, left_at=None, by=person, now=THE_MOMENT
        )
        done["times"] += 1
    except attendance.ChangedMeanwhile:
        done["times refused"] += 1


def lost(live, editors: list[Editor]) -> list[tuple[str, str]]:
    """Accepted saves that are neither current nor in the history."""
    item = AgendaItem.objects.get(pk=live.figures.pk)
    kept = {(field, text) for field, text in NoteVersion.objects.filter(item=item).values_list("field", "text")}
    kept |= {("notes", item.notes), ("outcome", item.outcome)}
    return [
        (str(field), words) for editor in editors for field, words in editor.accepted if (str(field), words) not in kept
    ]


@pytest.mark.slow
def test_two_thousand_interleavings_overwrite_nothing_unseen(running_meeting, actors, record_property):
    editors, done = [], Counter()
    for at_once, rounds in ROUNDS.items():
        some, counted = interleave(
            running_meeting, actors[CHAIR].user, by_the_service, rounds=rounds, seed=SEED, at_once=at_once
        )
        editors, done = editors + some, done + counted

    accepted = [words for editor in editors for words in editor.accepted]
    clashes = sum(editor.clashes for editor in editors)
    assert lost(running_meeting, editors) == []
    assert len(accepted) + clashes == done[NoteField.NOTES] + done[NoteField.OUTCOME] == sum(ROUNDS.values())
    assert clashes > 0, "nobody met: the test says nothing"
    item = AgendaItem.objects.get(pk=running_meeting.figures.pk)
    assert item.notes_version + item.outcome_version == len(accepted)
    for row in Attendance.objects.all():
        assert row.version - 1 == corrections_audited(row)
    record_property("figures", {"accepted": len(accepted), "clashes": clashes, "lost": 0, **done})


def corrections_audited(row: Attendance) -> int:
    """Every accepted correction of times leaves its row in the audit."""
    return AuditEntry.objects.filter(action="attendance.corrected", target_id=str(row.pk)).count()


def test_the_control_without_versions_loses_words(running_meeting, actors):
    editors, _done = interleave(running_meeting, actors[CHAIR].user, without_looking, rounds=60, seed=SEED)

    assert lost(running_meeting, editors) != []


def test_different_texts_of_an_item_never_clash(running_meeting, actors):
    """Two people, one in the notes, one in the outcome, 50 saves each at once."""
    person, item = actors[CHAIR].user, running_meeting.figures
    clashes: list[notes.Clash] = []

    def work(field: NoteField) -> None:
        version = 0
        try:
            for number in range(50):
                words = Words(f"{field} {number}")
                version = notes.save(
                    item_id=item.pk, field=field, words=words, version=version, by=person, now=THE_MOMENT
                )
        except notes.Clash as clash:
            clashes.append(clash)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(field,)) for field in NoteField]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert clashes == []


def close_at_once(live, person, act) -> list[object]:
    gate, answers = threading.Barrier(4), []

    def work() -> None:
        gate.wait()
        try:
            answers.append(act(live.meeting.pk, person))
        except Exception as error:  # noqa: BLE001 -- the control may fail in any way
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _press in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_pressing_close_four_times_writes_one_set_of_papers(running_meeting, actors, monkeypatch):
    written: list[int] = []
    monkeypatch.setattr(closing, "AT_CLOSE", [lambda meeting, by, now: written.append(meeting.pk)])

    answers = close_at_once(
        running_meeting, actors[CHAIR].user, lambda pk, by: close.close(meeting_id=pk, by=by, now=THE_MOMENT).pk
    )

    assert len(set(answers)) == 1
    assert len(written) == 1
    assert sorted(IssuedDocument.objects.filter(kind="minutes").values_list("edition", flat=True)) == [
        "board",
        "full",
        "members",
    ]


def test_the_control_that_does_not_lock_closes_more_than_once(running_meeting, actors, monkeypatch):
    """The same with the state read before, and no lock: more than one press believes that it is the first."""
    written: list[int] = []
    gate = threading.Barrier(4)

    def careless(pk: int, by) -> None:
        meeting = Meeting.objects.get(pk=pk)
        gate.wait()
        if meeting.state == "closed":
            return
        written.append(pk)
        closing.write_all(meeting, by, THE_MOMENT)
        Meeting.objects.filter(pk=pk).update(state="closed", closed_at=THE_MOMENT, closed_by=by)

    close_at_once(running_meeting, actors[CHAIR].user, careless)

    assert len(written) > 1
