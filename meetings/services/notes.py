"""The notes and the outcome of an item, typed by several people at once.

Each text has a version. A save names the version it was typed on and is taken only when that is still the newest, in
one UPDATE; otherwise nothing is overwritten: the words are kept as a draft and the person is shown both texts. Every
save that was taken stays in the history.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core import audit
from core.formats import clock
from core.verdicts import require
from meetings.models import AgendaItem, NoteDraft, NoteField, NoteVersion
from meetings.permissions import live as permissions
from meetings.services.pulse import beat, beat_item

LONGEST = {NoteField.NOTES: 20_000, NoteField.OUTCOME: 4_000}
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody typed. `kind` is how the item ended, for an outcome; empty while nobody has said."""

    text: str
    kind: str = ""


class Clash(Exception):
    """Somebody else was quicker. `theirs` is the newest save; what was typed is kept as a draft."""

    def __init__(self, theirs: NoteVersion, mine: Words) -> None:
        self.theirs, self.mine = theirs, mine
        super().__init__(f"{theirs.saved_by.name} saved this at {clock(theirs.saved_at)}, while you were typing.")


class OutOfStep(Exception):
    """The page names a version that never was; the message is what the person reads."""


class TooLong(Exception):
    """The text does not fit; the message is what the person reads."""


def save(
    *, item_id: int, field: NoteField, words: Words, version: int, by: User, now: datetime, client: UUID | None = None
) -> int:
    """Keep what was typed on `version`; returns the new version (the same when nothing changed).

    `client` names the open page: a page whose answer got lost is never in conflict with its own save. Raises Refused,
    TooLong, and Clash when somebody else was quicker; then nothing is overwritten.
    """
    if len(words.text) > LONGEST[field]:
        raise TooLong(f"This can be {LONGEST[field]:,} letters at most. It has {len(words.text):,}.")
    try:
        return _take(item_id, field, words, version, by, now, client)
    except Clash as clash:
        _keep_draft(item_id, field, words, version, by, now)
        raise clash from None


@transaction.atomic
def end_all(*, meeting_id: int, said: dict[int, str], by: User, now: datetime) -> None:
    """Say how several items ended. An outcome somebody gave meanwhile stands; words already typed stay. Raises Refused."""
    beat(meeting_id)  # before the items are read: nobody saves in between
    for item in AgendaItem.objects.filter(meeting=meeting_id, pk__in=said, outcome_kind="").order_by("pk"):
        words = Words(item.outcome, said[item.pk])
        _take(item.pk, NoteField.OUTCOME, words, item.outcome_version, by, now, None)


def settle(
    *, item_id: int, field: NoteField, mine: Words, choice: str, seen: int, by: User, now: datetime, client: UUID | None
) -> int:
    """Answer the page that shows both texts. `choice`: both, mine or theirs; `seen` is the version of theirs on that page.

    Raises as `save` does: whoever was quicker still is shown next.
    """
    theirs = NoteVersion.objects.get(item_id=item_id, field=field, version=seen)
    other = Words(theirs.text, theirs.outcome_kind)
    words = {"mine": mine, "theirs": other}.get(choice) or both(other, mine)
    version = save(item_id=item_id, field=field, words=words, version=seen, by=by, now=now, client=client)
    drop_draft(item_id=item_id, field=field, by=by)
    return version


def both(theirs: Words, mine: Words) -> Words:
    """Theirs, then mine; what both already share at the start is not said twice."""
    if mine.text.startswith(theirs.text):
        return Words(mine.text, mine.kind or theirs.kind)
    if theirs.text.startswith(mine.text):
        return Words(theirs.text, theirs.kind or mine.kind)
    return Words(f"{theirs.text}{BETWEEN}{mine.text}", theirs.kind or mine.kind)


@transaction.atomic
def restore(*, item_id: int, field: NoteField, version: int, by: User, now: datetime) -> int:
    """Make an earlier save the newest; what stands now stays in the history. Raises Refused."""
    item = beat_item(item_id)
    old = NoteVersion.objects.get(item=item, field=field, version=version)
    words = Words(old.text, old.outcome_kind)
    return _take(item_id, field, words, getattr(item, f"{field}_version"), by, now, None)


@transaction.atomic
def drop_draft(*, item_id: int, field: NoteField, by: User) -> None:
    """The words kept beside the item are settled."""
    NoteDraft.objects.filter(item_id=item_id, field=field, person=by).delete()


@transaction.atomic
def _take(
    item_id: int, field: NoteField, words: Words, version: int, by: User, now: datetime, client: UUID | None
) -> int:
    item = beat_item(item_id)
    require(permissions.may_write_item(by, item))
    newest = item.notes_version if field == NoteField.NOTES else item.outcome_version
    if _standing(item, field) == words:
        return newest
    if _mine_since(item, field, version, client):
        version = newest
    column = f"{field}_version"
    typed = {"notes": words.text} if field == NoteField.NOTES else {"outcome": words.text, "outcome_kind": words.kind}
    changed = AgendaItem.objects.filter(pk=item_id, **{column: version}).update(**typed, **{column: version + 1})
    if not changed:
        raise Clash(_newest(item, field, newest), words)
    saved = NoteVersion.objects.create(
        item=item, field=field, version=version + 1, text=words.text, outcome_kind=words.kind, client=client,
        saved_at=now, saved_by=by,
    )  # fmt: skip
    audit.record(action=f"item.{field}_saved", target=item, by=by, at=now, version=saved.version)
    return saved.version


def _standing(item: AgendaItem, field: NoteField) -> Words:
    return Words(item.notes) if field == NoteField.NOTES else Words(item.outcome, item.outcome_kind)


def _newest(item: AgendaItem, field: NoteField, version: int) -> NoteVersion:
    newest = NoteVersion.objects.select_related("saved_by").filter(item=item, field=field, version=version).first()
    if newest is None:
        raise OutOfStep("This page is out of date. Copy your words, open the page again and save them there.")
    return newest


def _mine_since(item: AgendaItem, field: NoteField, version: int, client: UUID | None) -> bool:
    """Whether every save after this version came from the same open page."""
    if client is None:
        return False
    later = NoteVersion.objects.filter(item=item, field=field, version__gt=version)
    return later.exists() and not later.exclude(client=client).exists()


@transaction.atomic
def _keep_draft(item_id: int, field: NoteField, words: Words, version: int, by: User, now: datetime) -> None:
    NoteDraft.objects.update_or_create(
        item_id=item_id,
        field=field,
        person=by,
        defaults={"text": words.text, "outcome_kind": words.kind, "base_version": version, "kept_at": now},
    )
