"""Payment schedules as the officer reads them."""

import calendar
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from funding.models import FundingPeriod, Instalment, PaymentSchedule, ScheduleLine
from funding.models.amounts import NOTHING

State = Instalment.State


def schedules() -> "QuerySet[PaymentSchedule]":
    """The newest first, with how many lines each has and how many of them are paid."""
    return (
        PaymentSchedule.objects.select_related("created_by", "withdrawn_by")
        .annotate(
            line_count=Count("lines", distinct=True),
            paid_count=Count("instalments", filter=Q(instalments__state=State.PAID), distinct=True),
        )
        .order_by("-created_at", "-pk")
    )


def lines(schedule: PaymentSchedule) -> "QuerySet[ScheduleLine]":
    """As it was sent."""
    return schedule.lines.select_related("instalment__award").order_by("community", "reference", "pk")


def sums(schedule: PaymentSchedule) -> dict[str, Decimal]:
    """Pounds sent, paid, and still to come."""
    paid = schedule.instalments.filter(state=State.PAID).aggregate(pounds=Sum("amount"))["pounds"] or NOTHING
    open_ = schedule.instalments.filter(state=State.EXPORTED).aggregate(pounds=Sum("amount"))["pounds"] or NOTHING
    return {"total": schedule.total, "paid": paid, "open": open_}


def waiting(*, today: date) -> dict[str, Any]:
    """Planned instalments: how many and how much is due by today, and the next day after it (None when there is none)."""
    planned = Instalment.objects.filter(state=State.PLANNED, budget__period__state=FundingPeriod.State.OPEN)
    now = planned.filter(due_on__lte=today).aggregate(count=Count("pk"), pounds=Sum("amount"))
    following = planned.filter(due_on__gt=today).order_by("due_on").values_list("due_on", flat=True).first()
    return {"count": now["count"], "pounds": now["pounds"] or NOTHING, "next": following}


def end_of_month(today: date) -> date:
    """What an officer usually asks for."""
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])
