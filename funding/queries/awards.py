"""Awards a person may see, and what is left of one."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Case, Count, Q, QuerySet, Sum, Value, When

from accounts.models import User
from funding.models import Award, FundingPeriod, Instalment
from funding.models.amounts import NOTHING
from funding.queries import balances, scope


def listed(person: User, *, state: str = "") -> "QuerySet[Award]":
    """The newest first, with `paid` (pounds, None when nothing was) and `next_due` on each."""
    found = balances.awards_for(person).annotate(
        paid=Sum("instalments__amount", filter=Q(instalments__state=Instalment.State.PAID)),
        parts=Count("instalments"),
    )
    return (found.filter(state=state) if state else found).order_by("-granted_at", "-pk")


def newest_with(person: User, reference: str) -> "QuerySet[Award]":
    """The award with a reference: one that stands before one that was taken back."""
    taken_back = Case(When(state=Award.State.WITHDRAWN, then=Value(1)), default=Value(0))
    found = (
        balances.awards_for(person)
        .filter(reference=reference)
        .select_related("community__area", "granted_by", "released_by")
    )
    return found.filter(pk=found.order_by(taken_back, "-pk").values("pk")[:1])


def reaches_request(person: User, award: Award) -> bool:
    """Whether the person can read the request the award came from."""
    return scope.requests_for(person).filter(reference=award.reference).exists()


def inherited_in(period: FundingPeriod) -> "QuerySet[Award]":
    """Inherited commitments entered in a period, by community and school."""
    found = Award.objects.filter(origin=Award.Origin.INHERITED, budget__period=period)
    return found.select_related("community", "school").order_by("community__name", "school__name", "pk")


def left(parts: Iterable[Instalment]) -> Decimal:
    """Pounds neither paid nor sent for payment."""
    return sum((part.amount for part in parts if part.state == Instalment.State.PLANNED), NOTHING)
