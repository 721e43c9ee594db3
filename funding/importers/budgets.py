"""What each community gets in a period, one line each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from accounts.models import User
from core.formats import exact_pounds
from core.imports import CannotUndo, Change, Column, Importer, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered, Values, compare
from core.verdicts import Verdict
from funding.importers.known import Known
from funding.models.amounts import NOTHING
from funding.permissions import money as permissions
from funding.services import budgets

COMMUNITY, PERIOD, ALLOCATED, CONTINGENCY = "Community", "Period", "Allocated", "Contingency"
MOST = Decimal("99999999.99")


@importer("budgets")
class Budgets(Importer):
    label = "Budgets of communities"
    purpose = "How much each community has in a funding period."
    paragraphs = (
        "A list of your own: one line for each community and period. Open the period first.",
        "Each line says what the community has in all, so loading the same file twice changes nothing. Communities that do "
        "not stand in the file are left alone.",
    )
    position = 60
    accepts = (".csv", ".xlsx")
    words: ClassVar = {"grant": "Allocated", "contingency": "Contingency"}
    written: ClassVar = {"grant": exact_pounds, "contingency": exact_pounds}
    sheets = (
        Sheet(
            (
                Column(COMMUNITY, "The community’s name", example="Hartwell Valley"),
                Column(PERIOD, "The period’s name", example="2026-27"),
                Column(ALLOCATED, "In pounds, in all", example="182500.00"),
                Column(CONTINGENCY, "In pounds; empty for what it has, or the period’s percentage", required=False),
            )
        ),
    )

    def may(self, person: User) -> Verdict:
        return permissions.may_set_up(person)

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        known, found = Known.now(), Gathered()
        for row in table:
            record = _record(row, known)
            if record and not row.faults:
                found.add(record, column=COMMUNITY)
        return found

    def plan(self, records: list[Record]) -> Iterable[Change]:
        known = Known.now()
        there = {}
        for record in records:
            budget = known.budgets.get(_ids(record.key))
            if budget is None:
                continue
            there[(record.table, record.key)] = {"grant": str(budget.grant), "contingency": str(budget.contingency)}
            spent = budget.committed + budget.paid
            if Decimal(record.values["grant"]) - Decimal(record.values["contingency"]) < spent:
                record.row.fault(ALLOCATED, f"{exact_pounds(spent)} of it is committed or paid already.")
        return compare([record for record in records if not record.row.faults], there)

    def apply(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        _give(changes, lambda change: {**(change.before or {}), **(change.after or {})}, by=by, now=now)

    def undo(self, changes: Sequence[Change], *, by: User, now: datetime) -> None:
        try:
            _give(changes, lambda change: change.before or {"grant": "0.00", "contingency": "0.00"}, by=by, now=now)
        except budgets.RowsRefused as problem:
            raise CannotUndo(next(iter(problem.sentences.values()))) from problem


def _record(row: Row, known: Known) -> Record | None:
    community, period = known.community(row, COMMUNITY), known.period(row, PERIOD)
    grant, contingency = row.pounds(ALLOCATED, required=True, most=MOST), row.pounds(CONTINGENCY, most=MOST)
    if community is None or period is None or grant is None or row.faults:
        return None
    if contingency is None:
        budget = known.budget(community, period)
        contingency = budget.contingency if budget else budgets.default_contingency(period, grant)
    if contingency > grant:
        row.fault(CONTINGENCY, f"Contingency ({exact_pounds(contingency)}) is more than what is allocated.")
    values = {"grant": str(grant), "contingency": str(contingency)}
    return Record("budget", f"{community.pk}:{period.pk}", f"{community.name}, {period.name}", row, values)


def _ids(key: str) -> tuple[int, int]:
    community, _, period = key.partition(":")
    return int(community), int(period)


def _give(changes: Sequence[Change], wanted: Callable[[Change], Values], *, by: User, now: datetime) -> None:
    known = Known.now()
    rows: dict[int, list[budgets.Wanted]] = defaultdict(list)
    for change in changes:
        community, period = _ids(change.key)
        values, budget = wanted(change), known.budgets.get((community, period))
        grant = Decimal(values.get("grant", budget.grant if budget else NOTHING))
        contingency = Decimal(values.get("contingency", budget.contingency if budget else NOTHING))
        rows[period].append(budgets.Wanted(community_id=community, grant=grant, contingency=contingency))
    for period, found in sorted(rows.items()):
        budgets.give(period_id=period, rows=found, by=by, now=now)
