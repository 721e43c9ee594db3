"""What every register's importer does alike: ask the administrator's power, compare, write through the service."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from accounts.models import User
from communities import permissions, registers
from communities.models import County
from communities.services import registers as writing
from core.imports import Change, Importer, Record, Row, Unreadable
from core.imports.base import Values, compare
from core.verdicts import Verdict


class RegisterImporter(Importer):
    """`tables` names the registers (communities.registers) the file speaks about."""

    tables: ClassVar[tuple[str, ...]]

    def may(self, person: User) -> Verdict:
        return permissions.may_administer(person)

    def plan(self, records: list[Record]) -> Iterable[Change]:
        return compare(records, registers.current(self.tables), closes=closes)

    def lock(self) -> None:
        writing.lock(self.tables)

    def apply(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        writing.load(changes=changes, by=by, now=now)

    def undo(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        writing.take_back(changes=changes, by=by, now=now)


def closes(_table: str, before: Values, after: Values) -> bool:
    """A thing closes when its status becomes closed or it gets a last day it did not have."""
    if "status" in after:
        return bool(after["status"] == "closed")
    return any(after.get(name) and not before.get(name) for name in ("ends_on", "closed_on"))


def the_county() -> County:
    """The council whose registers these are. Raises Unreadable when nobody has said which."""
    county = County.objects.first()
    if county is None or not county.la_code:
        raise Unreadable(
            "Say which council this is first: its name and LA code are set under County, Names and wording."
        )
    return county


def refuse_bars(row: Row, *columns: str) -> None:
    """A name with a | in it would blur keys made of several names."""
    for column in columns:
        if "|" in row.cells.get(column, ""):
            row.fault(column, f"{column} holds the sign “|”. Leave it out.")


def refuse_backwards(row: Row, first: str, last: str) -> None:
    """The last day is not before the first."""
    starts, ends = row.day(first), row.day(last)
    if starts and ends and ends < starts:
        row.fault(last, f"{last} is before {first}.")
