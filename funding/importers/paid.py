"""Paid marks: our own schedule comes back with the day each instalment was paid."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.utils import timezone

from accounts.models import User
from core.formats import exact_pounds
from core.imports import CannotUndo, Change, Column, Importer, Record, Sheet, Table, importer
from core.imports.base import Gathered, compare
from core.verdicts import Verdict
from funding.permissions import money as permissions
from funding.services import ledger, payments

REFERENCE, AMOUNT, PAID_ON = "Reference", "Amount", "Paid on"


@importer("paid-marks")
class PaidMarks(Importer):
    label = "Paid marks"
    purpose = "Which instalments the council has paid, and when."
    paragraphs = (
        "Take the file of a payment schedule, add a column “Paid on”, and fill in the day for each line that was paid. Lines "
        "without a day are passed over: load the file again when they are paid.",
        "Loading moves the money from committed to paid. Taking the file back posts the opposite; nothing is erased.",
    )
    position = 80
    accepts = (".csv", ".xlsx")
    words: ClassVar = {"paid_on": "Paid on", "amount": "Amount"}
    written: ClassVar = {"amount": exact_pounds}
    sheets = (
        Sheet(
            (
                Column(REFERENCE, "As on the payment schedule", example="CoS-2041/1"),
                Column(AMOUNT, "In pounds, as on the schedule", example="1250.50"),
                Column(PAID_ON, "The day it was paid; empty when it was not", example="24-11-2026"),
            )
        ),
    )

    def may(self, person: User) -> Verdict:
        return permissions.may_review(person)

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found = Gathered()
        for row in table:
            reference = row.text(REFERENCE, required=True, longest=40)
            if reference.casefold() == "total" or (reference and not row.text(PAID_ON)):
                row.leave_out()
                continue
            amount, paid_on = row.pounds(AMOUNT, required=True), row.day(PAID_ON, required=True)
            if amount is not None and paid_on is not None and not row.faults:
                values = {"amount": str(amount), "paid_on": paid_on.isoformat()}
                record = Record("instalment", reference, f"Instalment {reference}", row, values)
                found.add(record, column=REFERENCE)
        return found

    def plan(self, records: list[Record]) -> Iterable[Change]:
        there: dict[tuple[str, str], dict[str, object]] = {}
        by_key = {record.key: record for record in records}
        for found in payments.check(
            [_mark(record.key, record.values) for record in records], today=timezone.localdate()
        ):
            record, part = by_key[found.mark.reference], found.instalment
            if part and (part.amount, part.paid_on) == (found.mark.amount, found.mark.paid_on):
                there[("instalment", record.key)] = dict(
                    record.values
                )  # loaded before: the same file again changes nothing
            elif found.problem or part is None:
                record.row.fault(REFERENCE, found.problem)
            else:
                there[("instalment", record.key)] = {"amount": str(part.amount), "paid_on": None}
        return compare([record for record in records if not record.row.faults], there)

    def apply(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        amounts = payments.amounts_of([change.key for change in changes])
        marks = [
            payments.Mark(change.key, amounts[change.key], date.fromisoformat((change.after or {})["paid_on"]))
            for change in changes
        ]
        payments.mark_paid(marks=marks, by=by, now=now)

    def undo(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        try:
            payments.unmark_paid(
                references=[change.key for change in changes],
                why="The file with paid marks was taken back",
                by=by,
                now=now,
            )
        except (payments.MarkRefused, ledger.NotPosted) as problem:
            raise CannotUndo(str(problem)) from problem


def _mark(reference: str, values: dict[str, str]) -> payments.Mark:
    return payments.Mark(reference, Decimal(values["amount"]), date.fromisoformat(values["paid_on"]))
