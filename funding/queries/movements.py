"""The ledger as people read it: each posting with what it changed, and where a report adds it up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from funding.models import Account, Budget, LedgerLeg, LedgerTransaction, ReportLine
from funding.models.amounts import NOTHING
from funding.queries.figures import Figures

Section = ReportLine.Section
Kind = LedgerTransaction.Kind
SHOWN = (
    "kind", "note", "at", "award__reference", "award__origin", "award__school__name", "instalment__number", "reverses__kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Movement:
    """`change` by account in pounds; `section` and `amount` say where a report adds it up; `free_after` once it is known."""

    transaction: LedgerTransaction
    change: Figures
    section: Section
    amount: Decimal
    free_after: Decimal = NOTHING

    @property
    def reference(self) -> str:
        """Of the award, with the number of the instalment where it is about one; empty for the rest."""
        award, instalment = self.transaction.award, self.transaction.instalment
        if award is None:
            return ""
        return f"{award.reference}/{instalment.number}" if instalment else award.reference

    @property
    def school(self) -> str:
        """The school that is paid; empty when the movement is about none."""
        return self.transaction.award.school.name if self.transaction.award else ""

    @property
    def what(self) -> str:
        """In words: never the title of an award, which can tell about a child."""
        posted = self.transaction
        words = posted.get_kind_display()
        if posted.kind == Kind.REVERSAL and posted.reverses:
            words = f"Corrected: {posted.reverses.get_kind_display().lower()}"
        elif posted.kind == Kind.COMMIT and posted.award and posted.award.origin == "inherited":
            words = "Inherited commitment"
        elif posted.kind == Kind.COMMIT and self.change.contingency:
            words = "Committed, partly from contingency" if self.change.free else "Committed from contingency"
        return f"{words}. {posted.note}" if posted.note and not posted.award else words


def posted(budget: Budget | int, *, after_id: int = 0, upto_id: int | None = None) -> "QuerySet[LedgerTransaction]":
    """Postings of a budget in order, with all that a line needs."""
    pk = budget if isinstance(budget, int) else budget.pk
    found = LedgerTransaction.objects.filter(budget_id=pk, pk__gt=after_id)
    if upto_id is not None:
        found = found.filter(pk__lte=upto_id)
    return found.select_related("award__school", "instalment", "reverses", "by").prefetch_related("legs").order_by("pk")


def of_budget(budget: Budget) -> "QuerySet[LedgerTransaction]":
    """All postings of a budget, the newest first, with what its page shows of them and no more."""
    found = LedgerTransaction.objects.filter(budget=budget).select_related("award__school", "instalment", "reverses")
    return found.only(*SHOWN).prefetch_related("legs").order_by("-pk")


def read(transactions: Iterable[LedgerTransaction], *, free_before: Decimal = NOTHING) -> list[Movement]:
    """Movements in the order given, oldest first, with the running uncommitted balance."""
    found, free = [], free_before
    for transaction in transactions:
        change = _change(transaction)
        free += change.free
        section, amount = _section(change)
        found.append(Movement(transaction, change, section, amount, free))
    return found


def page(transactions: list[LedgerTransaction], *, budget_id: int) -> list[Movement]:
    """A page of postings, newest first, each with the uncommitted balance it left."""
    if not transactions:
        return []
    oldest_first = sorted(transactions, key=lambda row: row.pk)
    before = LedgerLeg.objects.filter(
        transaction__budget_id=budget_id, transaction_id__lt=oldest_first[0].pk, account=Account.FREE
    ).aggregate(pounds=Sum("amount"))["pounds"]
    return read(oldest_first, free_before=before or NOTHING)[::-1]


def _change(transaction: LedgerTransaction) -> Figures:
    legs = {leg.account: leg.amount for leg in transaction.legs.all()}
    if "grant" in legs:
        legs["grant"] = -legs["grant"]
    return Figures(**legs)


def _section(change: Figures) -> tuple[Section, Decimal]:
    """Payments move committed to paid; promises move committed without allocating; the rest is the council's doing."""
    if change.paid:
        return Section.PAID, change.paid
    if change.committed and not change.grant:
        return (Section.AGREED, change.committed) if change.committed > 0 else (Section.GIVEN_BACK, -change.committed)
    if change.grant:
        return Section.OTHER, change.grant
    return Section.SET_ASIDE, change.contingency
