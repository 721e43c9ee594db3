"""What the council paid: a schedule on each payment day, and one that is on its way."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from dashboards.sample.people import officer
from dashboards.sample.stage import morning
from funding.models import FundingPeriod, PaymentSchedule
from funding.services import payments

PAID_AFTER = 5  # days between a schedule and the finance office's answer


def run(after: date, until: date) -> None:
    """Export and mark as paid what fell due on the payment days after one day, until another one."""
    days = {day for days in FundingPeriod.objects.values_list("payment_days", flat=True) for day in days}
    for day in sorted(day for day in days if after < day <= until):
        if payments.due(by_day=day).exists():
            _mark(_export(day, morning(day)), day + timedelta(days=PAID_AFTER))


def send_next(today: date, now: datetime) -> None:
    """What falls due soon, sent twice: the first schedule was called back."""
    soon = today + timedelta(days=10)
    wrong = _export(soon, now - timedelta(days=4))
    payments.withdraw(
        schedule_id=wrong.pk, why="The bank details of one school were out of date.", by=officer(),
        now=now - timedelta(days=3),
    )  # fmt: skip
    _export(soon, now - timedelta(days=2))


def _export(due_by: date, now: datetime) -> PaymentSchedule:
    return payments.export(key=uuid4(), due_by=due_by, by=officer(), now=now)


def _mark(schedule: PaymentSchedule, paid_on: date) -> None:
    marks = [payments.Mark(line.reference, line.amount, paid_on) for line in schedule.lines.order_by("pk")]
    payments.mark_paid(marks=marks, by=officer(), now=morning(paid_on))
