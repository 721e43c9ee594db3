"""Commitments from before the communities had their budgets, many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import uuid4

from accounts.models import User
from communities.importers.known import Known as Places
from communities.models import School
from core.formats import exact_pounds
from core.imports import CannotUndo, Change, Column, Importer, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered, compare
from core.verdicts import Verdict
from funding.importers.known import Known
from funding.models import Award, Budget
from funding.permissions import money as permissions
from funding.services import awards, ledger

REFERENCE, COMMUNITY, PERIOD, SCHOOL = "Reference", "Community", "Period", "School"
AMOUNT, STARTS, ENDS, HOW = "Amount", "Starts on", "Ends on", "Paid"
TITLE = "Commitment from before"
HOWS = {"terms": "terms", "once": "once"}


@importer("inherited-commitments")
class Inherited(Importer):
    label = "Inherited commitments"
    purpose = "Awards from before, so that each community’s balance is right on day one."
    paragraphs = (
        "One line for each award that is still to be paid. Load schools, communities and budgets first.",
        "Loading commits the money and plans the instalments. Nothing in the file is about a pupil.",
    )
    position = 70
    accepts = (".csv", ".xlsx")
    words: ClassVar = {"budget": "Budget", "school": "URN", "starts_on": "From", "ends_on": "Until", "how": "Paid"}
    written: ClassVar = {"amount": exact_pounds}
    sheets = (
        Sheet(
            (
                Column(REFERENCE, "The council’s own: letters, figures and hyphens", example="HNF-1234"),
                Column(COMMUNITY, "The community it is charged to", example="Hartwell Valley"),
                Column(PERIOD, "The period’s name", example="2026-27"),
                Column(SCHOOL, "Who is paid: URN or DfE number", aliases=("URN", "DfE number"), example="990001"),
                Column(AMOUNT, "Still to be paid, in pounds", example="4200.00"),
                Column(STARTS, "First day", example="01-09-2026"),
                Column(ENDS, "Last day", example="31-03-2027"),
                Column(HOW, "terms or once; empty means terms", required=False, example="terms"),
            )
        ),
    )

    def may(self, person: User) -> Verdict:
        return permissions.may_set_up(person)

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        known, places, found = Known.now(), Places.now(), Gathered()
        for row in table:
            record = _record(row, known, places)
            if record and not row.faults:
                found.add(record, column=REFERENCE)
        return found

    def plan(self, records: list[Record]) -> Iterable[Change]:
        there = _there(record.key for record in records)
        budgets = Budget.objects.in_bulk({int(record.values["budget"]) for record in records})
        asked: dict[int, Decimal] = defaultdict(Decimal)
        for record in records:
            known = there.get((record.table, record.key))
            budget = budgets[int(record.values["budget"])]
            if known is not None and known != record.values:
                record.row.fault(REFERENCE, f"There is an award {record.key} already, with other facts.")
            elif known is None:
                asked[budget.pk] += Decimal(record.values["amount"])
                if asked[budget.pk] > budget.free:
                    record.row.fault(
                        AMOUNT, f"With this line more is committed than the {exact_pounds(budget.free)} there is."
                    )
        return compare([record for record in records if not record.row.faults], there)

    def apply(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        for change in changes:
            values = change.after or {}
            awards.inherit(
                key=uuid4(),
                budget_id=int(values["budget"]),
                school=School.objects.get(urn=int(values["school"])),
                amount=Decimal(values["amount"]),
                reference=change.key,
                title=TITLE,
                starts_on=date.fromisoformat(values["starts_on"]),
                ends_on=date.fromisoformat(values["ends_on"]),
                over_terms=values["how"] == "terms",
                by=by,
                now=now,
            )

    def undo(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        for change in changes:
            award = Award.objects.exclude(state=Award.State.WITHDRAWN).get(reference=change.key)
            try:
                awards.withdraw_inherited(award_id=award.pk, reason="The file was taken back", by=by, now=now)
            except (awards.AlreadyUnderWay, ledger.NotPosted) as problem:
                raise CannotUndo(f"{change.key}: {problem}") from problem


def _there(references: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Awards that stand, as a file would say them. How they are paid is not asked again."""
    stands = Award.objects.exclude(state=Award.State.WITHDRAWN).filter(reference__in=list(references))
    return {
        ("award", award.reference): {
            "budget": str(award.budget_id),
            "school": str(award.school.urn),
            "amount": str(award.amount),
            "starts_on": award.starts_on.isoformat(),
            "ends_on": award.ends_on.isoformat(),
        }
        for award in stands.select_related("school")
    }


def _record(row: Row, known: Known, places: Places) -> Record | None:
    reference = row.text(REFERENCE, required=True, longest=30)
    if reference and not reference.replace("-", "").isalnum():
        row.fault(REFERENCE, "Reference may hold letters, figures and hyphens only.")
    community, period, school = known.community(row, COMMUNITY), known.period(row, PERIOD), places.school(row, SCHOOL)
    how = row.choice(HOW, HOWS) or "terms"
    amount, starts_on, ends_on = (
        row.pounds(AMOUNT, required=True),
        row.day(STARTS, required=True),
        row.day(ENDS, required=True),
    )
    if starts_on and ends_on and ends_on < starts_on:
        row.fault(ENDS, "Ends on is before Starts on.")
    if amount is not None and amount <= 0:
        row.fault(AMOUNT, "Amount must be more than nothing.")
    if community is None or period is None or school is None or amount is None or starts_on is None or ends_on is None:
        return None
    budget = known.budget(community, period)
    if budget is None:
        row.fault(COMMUNITY, f"{community.name} has no budget in {period.name} yet.")
        return None
    values = {"budget": str(budget.pk), "school": str(school.urn), "amount": str(amount)}
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    return Record("award", reference, f"{reference}, {school.name}", row, {**values, **days}, {"how": how})
