"""Keep the council's dated lists. A line is ended, never deleted: what was written under it stays readable."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import User
from communities import permissions
from communities.first_lists import FIRST_DAY, FIRST_LISTS
from core import audit
from core.models import ListEntry
from core.verdicts import require


class AlreadyThere(Exception):
    """The list has a line of that name which starts on that day."""


class EndsBeforeStart(Exception):
    """The last day of a line is not before its first."""


@transaction.atomic
def begin() -> int:
    """Write the first lists where a list has no line yet. Returns how many lines were written."""
    written = 0
    for name, lines in FIRST_LISTS.items():
        if ListEntry.objects.filter(list_name=name).exists():
            continue
        rows = [
            ListEntry(list_name=name, code=code, label=label, meaning=meaning, position=position, starts_on=FIRST_DAY)
            for position, (code, label, meaning) in enumerate(lines, start=1)
        ]
        written += len(ListEntry.objects.bulk_create(rows))
    return written


@transaction.atomic
def add_line(*, list_name: str, label: str, meaning: str, starts_on: date, by: User, now: datetime) -> ListEntry:
    """Add a line at the end of a list from a day on. Its code is made from the label. Raises Refused or AlreadyThere."""
    require(permissions.may_administer(by))
    last = ListEntry.objects.filter(list_name=list_name).aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            entry = ListEntry.objects.create(
                list_name=list_name,
                code=slugify(label)[:40] or f"line-{last + 1}",
                label=label,
                meaning=meaning,
                position=last + 1,
                starts_on=starts_on,
            )
    except IntegrityError as error:
        raise AlreadyThere(f"The list has a line “{label}” from that day already.") from error
    audit.record(action="core.list_line_added", target=entry, by=by, at=now, list=list_name, label=label)
    return entry


@transaction.atomic
def end_line(*, entry_id: int, ends_on: date, by: User, now: datetime) -> ListEntry:
    """Set the last day of a line; it can be chosen until then. Raises Refused or EndsBeforeStart."""
    require(permissions.may_administer(by))
    entry = ListEntry.objects.select_for_update().get(pk=entry_id)
    if ends_on < entry.starts_on:
        raise EndsBeforeStart(f"This line starts on {entry.starts_on:%-d %B %Y}. Choose that day or a later one.")
    before, entry.ends_on = entry.ends_on, ends_on
    entry.save(update_fields=["ends_on"])
    audit.record(
        action="core.list_line_ended", target=entry, by=by, at=now, before=str(before or ""), ends_on=str(ends_on)
    )
    return entry


@transaction.atomic
def change_meaning(*, entry_id: int, meaning: str, by: User, now: datetime) -> ListEntry:
    """Put the meaning of a line into better words. The label stays: end the line and add another. Raises Refused."""
    require(permissions.may_administer(by))
    entry = ListEntry.objects.select_for_update().get(pk=entry_id)
    before, entry.meaning = entry.meaning, meaning
    entry.save(update_fields=["meaning"])
    audit.record(action="core.list_line_reworded", target=entry, by=by, at=now, before=before, after=meaning)
    return entry
