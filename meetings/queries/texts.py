"""Saves of an item's notes and outcome, and two texts laid side by side."""

import difflib
import re
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from meetings.models import AgendaItem, NoteDraft, NoteField, NoteVersion, Outcome

WORDS = re.compile(r"\s+|\S+")
LONG = 6_000  # words; longer texts are shown without marks, because comparing them would take seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether the other text has them too."""

    text: str
    only_here: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Mine and theirs as pieces; plain text, to be escaped by the page."""

    theirs: NoteVersion
    mine: str
    mine_kind: str
    my_pieces: list[Piece]
    their_pieces: list[Piece]

    @property
    def my_outcome(self) -> str:
        return _label(self.mine_kind)

    @property
    def their_outcome(self) -> str:
        return _label(self.theirs.outcome_kind)


def compared(theirs: NoteVersion, mine: str, mine_kind: str) -> Compared:
    """Lay two texts side by side, word by word."""
    ours, others = WORDS.findall(mine), WORDS.findall(theirs.text)
    if len(ours) + len(others) > LONG:
        return Compared(theirs, mine, mine_kind, [Piece(mine, False)], [Piece(theirs.text, False)])
    steps = difflib.SequenceMatcher(a=ours, b=others, autojunk=False).get_opcodes()
    left = [Piece("".join(ours[a:b]), step != "equal") for step, a, b, _c, _d in steps if b > a]
    right = [Piece("".join(others[c:d]), step != "equal") for step, _a, _b, c, d in steps if d > c]
    return Compared(theirs, mine, mine_kind, left, right)


def history(item: AgendaItem, field: NoteField) -> "QuerySet[NoteVersion]":
    """Every save, the newest first."""
    return item.note_versions.filter(field=field).select_related("saved_by").order_by("-version")


def newest(item: AgendaItem, field: NoteField) -> NoteVersion | None:
    """The save that stands now; None while nobody has saved."""
    return history(item, field).first()


def has(item: AgendaItem, field: NoteField, version: int) -> bool:
    """Whether there is such a save."""
    return item.note_versions.filter(field=field, version=version).exists()


def draft_of(person: User, item: AgendaItem, field: NoteField) -> NoteDraft | None:
    """The person's words that could not be saved."""
    return item.note_drafts.filter(person=person, field=field).first()


def _label(kind: str) -> str:
    return Outcome(kind).label if kind in Outcome.values else "Not yet said"
