"""Papers of money: plain dicts made from the ledger, frozen when they are issued. Every amount is a string, exact."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.formats import exact_pounds, short_date
from funding.models import Budget, ExpenditureReport, ReportLine
from funding.models.amounts import NOTHING
from funding.queries.figures import Figures
from funding.queries.movements import Movement
from funding.queries.runway import Runway

Section = ReportLine.Section
CAPTIONS = {
    Section.AGREED: "Agreed expenditure",
    Section.GIVEN_BACK: "Given back by schools",
    Section.PAID: "Paid by the council",
    Section.OTHER: "Allocated by the council",
    Section.SET_ASIDE: "Set aside as contingency",
}

ADDING_UP = {
    "contingency": "Contingency",
    "committed": "Committed, not yet paid",
    "paid": "Paid",
    "free": "Uncommitted",
    "grant": "Allocated: the four together",
}


def line_words(movement: Movement) -> str:
    """What an officer reads beside the amount: what was agreed, or what happened."""
    award = movement.transaction.award
    if award and movement.section == Section.AGREED and movement.transaction.kind == "commit":
        return award.title
    return movement.what


def totals(movements: Sequence[Movement]) -> dict[Section, Decimal]:
    """Pounds by section."""
    sums = dict.fromkeys(Section, NOTHING)
    for movement in movements:
        sums[movement.section] += movement.amount
    return sums


def report(
    found: ExpenditureReport,
    movements: Sequence[Movement],
    *,
    before: Figures,
    after: Figures,
    version: int,
    reason: str,
    sender: str,
) -> dict[str, Any]:
    """The expenditure report, as sent or as it would be sent now."""
    budget, sums = found.budget, totals(movements)
    numbered = list(enumerate(movements, start=1))
    return {
        "community": budget.community.name,
        "period": budget.period.name,
        "covers": covers(found),
        "note": found.note,
        "version": version,
        "reason": reason,
        "sender": sender,
        "sections": [
            {
                "name": section.value,
                "caption": CAPTIONS[section],
                "total": exact_pounds(sums[section]),
                "lines": [_report_line(number, row) for number, row in numbered if row.section == section],
            }
            for section in Section
        ],
        "figures": _compared(before, after),
    }


def covers(found: ExpenditureReport) -> str:
    """In words."""
    if found.meeting:
        return f"Meeting of {short_date(found.meeting.on)}"
    return found.get_covers_display()


def _report_line(number: int, row: Movement) -> dict[str, Any]:
    return {
        "number": number,
        "on": short_date(row.transaction.at),
        "reference": row.reference,
        "school": row.school,
        "what": line_words(row),
        "amount": exact_pounds(row.amount),
    }


def _compared(before: Figures, after: Figures) -> list[dict[str, Any]]:
    """Four figures and what they add up to."""
    change = after - before
    return [
        {
            "name": words,
            "before": exact_pounds(getattr(before, name)),
            "change": exact_pounds(getattr(change, name)),
            "after": exact_pounds(getattr(after, name)),
            "total": name == "grant",
        }
        for name, words in ADDING_UP.items()
    ]


def statement(
    budget: Budget, movements: Sequence[Movement], *, before: Figures, after: Figures, runway: Runway, on: date
) -> dict[str, Any]:
    """The balance at the close of a meeting: how it stood before, what moved, how it stands."""
    return {
        "community": budget.community.name,
        "period": budget.period.name,
        "on": short_date(on),
        "figures": [{"name": name, "amount": exact_pounds(amount)} for name, amount in after.named()],
        "steps": [{"name": name, "amount": exact_pounds(amount)} for name, amount in steps(movements, before, after)],
        "lines": [_statement_line(row) for row in movements if row.section != Section.PAID],
        "opening": exact_pounds(before.free),
        "closing": exact_pounds(after.free),
        "paid": exact_pounds(totals(movements)[Section.PAID]),
        "runway": runway.sentence,
    }


def steps(movements: Sequence[Movement], before: Figures, after: Figures) -> list[tuple[str, Decimal]]:
    """From the uncommitted balance before to the one after, in pounds that add up."""
    sums: dict[str, Decimal] = {
        "Allocated or brought forward": NOTHING,
        "To or from contingency": NOTHING,
        "Committed": NOTHING,
        "Given back by schools": NOTHING,
        "Returned to the council or carried on": NOTHING,
    }
    for row in movements:
        sums[_step(row)] += row.change.free
    shown = [(name, amount) for name, amount in sums.items() if amount or name == "Committed"]
    return [("Uncommitted before", before.free), *shown, ("Uncommitted now", after.free)]


def _step(row: Movement) -> str:
    if row.section == Section.AGREED:
        return "Committed"
    if row.section == Section.GIVEN_BACK:
        return "Given back by schools"
    if not row.change.grant:
        return "To or from contingency"
    return "Allocated or brought forward" if row.change.grant > 0 else "Returned to the council or carried on"


def _statement_line(row: Movement) -> dict[str, str]:
    return {
        "on": short_date(row.transaction.at),
        "what": row.what,
        "reference": row.reference,
        "school": row.school,
        "change": exact_pounds(row.change.free),
        "after": exact_pounds(row.free_after),
    }
