"""On which days an award's instalments fall due. The days belong to the funding periods; the council sets them."""

from datetime import date

from funding.models import FundingPeriod


def between(starts_on: date, ends_on: date, *, over_terms: bool) -> list[date]:
    """The payment days from start to end, over as many periods as that takes; the first day alone when there are none
    or when it is paid in one sum.
    """
    if not over_terms:
        return [starts_on]
    periods = FundingPeriod.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    days = {day for days in periods.values_list("payment_days", flat=True) for day in days}
    return sorted(day for day in days if starts_on <= day <= ends_on) or [starts_on]
