"""The five figures, from the budget's row or made anew from the ledger up to any posting."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db.models import Sum

from funding.models import Account, Budget, LedgerLeg
from funding.models.amounts import NOTHING

NAMES = {
    "grant": "Allocated",
    "contingency": "Contingency",
    "committed": "Committed",
    "paid": "Paid",
    "free": "Uncommitted",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Pounds. grant = contingency + committed + paid + free."""

    grant: Decimal = NOTHING
    contingency: Decimal = NOTHING
    committed: Decimal = NOTHING
    paid: Decimal = NOTHING
    free: Decimal = NOTHING

    def __sub__(self, earlier: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) - getattr(earlier, name) for name in NAMES})

    def named(self) -> list[tuple[str, Decimal]]:
        """(name on the screen, pounds), in the order they are always given."""
        return [(words, getattr(self, name)) for name, words in NAMES.items()]

    def parts(self) -> list[tuple[str, Decimal]]:
        """The parts of the whole, for the bar: where the allocated money stands."""
        return [(NAMES[name], getattr(self, name)) for name in ("paid", "committed", "contingency", "free")]

    def as_text(self) -> dict[str, str]:
        """JSON-ready, exact."""
        return {name: str(pounds) for name, pounds in asdict(self).items()}


def of(budget: Budget) -> Figures:
    """As they stand on the row."""
    return Figures(**{name: getattr(budget, name) for name in NAMES})


def upto(budget_id: int, transaction_id: int | None = None) -> Figures:
    """Made anew from the ledger, up to and with a transaction; all of it when None."""
    legs = LedgerLeg.objects.filter(transaction__budget_id=budget_id)
    if transaction_id is not None:
        legs = legs.filter(transaction_id__lte=transaction_id)
    sums = dict(legs.values_list("account").annotate(pounds=Sum("amount")))
    found = {account: sums.get(account, NOTHING) for account in Account.values}
    found["grant"] = NOTHING - found["grant"]
    return Figures(**found)
