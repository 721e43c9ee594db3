"""Homes of the county: officer, administrator, data protection officer."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Sum
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, User
from accounts.queries import deliveries
from communities.models import Appointment
from core import outbox
from core.days import begins
from core.models import AuditEntry
from dashboards.homes.parts import Home, Need, Stat, own_actions
from dashboards.queries import setup
from dashboards.queries.counts import counts, up_to_most
from dashboards.queries.log import READ
from funding.models import Budget, ExpenditureReport, Instalment


def officer_home(person: User, post: Appointment, now: datetime) -> Home:
    """Reports to look at, payments to send."""
    today = timezone.localdate(now)
    due = Instalment.objects.filter(state="planned", due_on__lte=today).aggregate(
        total=Sum("amount"), count=Count("pk")
    )
    sums = Budget.objects.filter(period__state="open").aggregate(free=Sum("free"), committed=Sum("committed"))
    money, payments = reverse("funding:money"), reverse("funding:schedules")
    stats = [
        Stat(sums["free"] or Decimal(0), "Uncommitted in all communities", href=money, money=True),
        Stat(sums["committed"] or Decimal(0), "Committed and not yet paid", href=money, money=True),
        Stat(due["total"] or Decimal(0), "Due for payment today", href=payments, money=True),
    ]
    return Home(needs=[*_reports(), *_payments(due["count"]), *own_actions(person, today)], stats=stats)


def _reports() -> list[Need]:
    sent = ExpenditureReport.objects.filter(state="submitted", submitted_at__isnull=False).order_by("submitted_at")
    return [
        Need(
            f"Review the report of {report.budget.community.name}, {report.budget.period.name}",
            reverse("funding:report", args=[report.pk]),
            f"The chair sent it on {timezone.localtime(report.submitted_at):%-d %B}",
        )
        for report in sent.select_related("budget__community", "budget__period")[:10]
    ]


def _payments(count: int) -> list[Need]:
    if not count:
        return []
    text = f"Send {count} instalment{pluralize(count)} for payment"
    return [Need(text, reverse("funding:schedules"), f"{pluralize(count, 'It is,They are')} due")]


def administrator_home(person: User, post: Appointment, now: datetime) -> Home:
    """What is missing in the set-up of the county, and what the service could not settle by itself."""
    today = timezone.localdate(now)
    needs = [Need(gap.text, gap.href, gap.why) for gap in setup.gaps(on=today)]
    found = setup.registers(today) | _counted(now)
    return Home(needs=[*needs, *_unsettled(found), *own_actions(person, today)], stats=_registers(found, today))


def _counted(now: datetime) -> dict[str, int]:
    invited = Invitation.objects.filter(ended_at=None)
    return counts(
        invited=invited,
        run_out=invited.filter(expires_at__lte=now),
        emails=deliveries.needing_a_person(),
        work=outbox.parked(),
    )


def _unsettled(found: dict[str, int]) -> list[Need]:
    """Emails, work and invitations that wait for a person."""
    emails, work, run_out = found["emails"], found["work"], found["run_out"]
    asks = [
        (
            emails,
            f"Settle {emails} email{pluralize(emails)} nobody can be sure of",
            "deliveries",
            "We do not send twice",
        ),
        (work, f"See to {work} piece{pluralize(work)} of work that failed", "given-up", "It was tried eight times"),
        (
            run_out,
            f"Send {run_out} invitation{pluralize(run_out)} again",
            "invitations",
            "Nobody used the link in time",
        ),
    ]
    return [Need(text, reverse(f"communities:{door}"), why) for count, text, door, why in asks if count]


def _registers(found: dict[str, int], today: date) -> list[Stat]:
    return [
        Stat(up_to_most(setup.placed(today)), "Schools in a community", href=reverse("communities:county-schools")),
        Stat(
            found["communities"],
            "Communities",
            f"{found['chaired']} with a chair",
            reverse("communities:county-communities"),
        ),
        Stat(found["invited"], "Open invitations", "Not signed in yet", reverse("communities:invitations")),
    ]


def data_protection_home(person: User, post: Appointment, now: datetime) -> Home:
    """How much was read and written today."""
    today = AuditEntry.objects.filter(at__gte=begins(timezone.localdate(now)))
    stats = [
        Stat(
            up_to_most(today.filter(action__startswith=READ)),
            "Readings today",
            "Papers, minutes, reports and pupils’ texts that somebody opened",
            reverse("dashboards:log"),
        ),
        Stat(
            up_to_most(today),
            "Entries in the log today",
            "Everything that was read or changed",
            f"{reverse('dashboards:log')}?changes=on",
        ),
        Stat(User.objects.filter(is_active=True).count(), "People who can sign in"),
    ]
    return Home(stats=stats)
