"""Homes of the county: officer, administrator, data protection officer."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.models import User
from communities.models import Appointment, School
from core.models import AuditEntry
from dashboards.homes.parts import Home, Need, Stat, own_actions
from dashboards.queries import setup
from funding.models import Budget, ExpenditureReport, Instalment


def officer_home(person: User, post: Appointment, now: datetime) -> Home:
    """Reports to look at, payments to send."""
    today = timezone.localdate(now)
    reports = (
        ExpenditureReport.objects.filter(state="submitted").select_related("budget__community").order_by("submitted_at")
    )
    needs = [
        Need(
            f"Review the report of {report.budget.community.name}",
            "/money/reports/",
            f"Sent {report.submitted_at:%-d %B}",
        )
        for report in reports[:10]
        if report.submitted_at
    ]
    due = Instalment.objects.filter(state="planned", due_on__lte=today).aggregate(
        total=Sum("amount"), count=Count("pk")
    )
    if due["count"]:
        needs.append(Need(f"Send {due['count']} due instalments for payment", "/money/schedules/", "They are due"))
    sums = Budget.objects.filter(period__state="open").aggregate(free=Sum("free"), committed=Sum("committed"))
    stats = [
        Stat(sums["free"] or Decimal(0), "Uncommitted in all communities", href="/money/", money=True),
        Stat(sums["committed"] or Decimal(0), "Committed and not yet paid", href="/money/", money=True),
        Stat(due["total"] or Decimal(0), "Due for payment today", href="/money/schedules/", money=True),
    ]
    return Home(needs=[*needs, *own_actions(person, today)], stats=stats)


def administrator_home(person: User, post: Appointment, now: datetime) -> Home:
    """What is missing in the set-up of the county."""
    today = timezone.localdate(now)
    needs = [Need(gap.text, gap.href, gap.why) for gap in setup.gaps(on=today)]
    schools = School.objects.exclude(status="closed").aggregate(
        all=Count("pk", distinct=True),
        placed=Count("pk", filter=Q(memberships__kind="full", memberships__ends_on=None), distinct=True),
    )
    stats = [
        Stat(schools["all"], "Schools", f"{schools['placed']} in a community", "/county/schools/"),
    ]
    return Home(needs=[*needs, *own_actions(person, today)], stats=stats)


def data_protection_home(person: User, post: Appointment, now: datetime) -> Home:
    """How much was read and written today."""
    today = timezone.localdate(now)
    counts = AuditEntry.objects.filter(at__date=today).aggregate(
        read=Count("pk", filter=Q(action__startswith="read.")), all=Count("pk")
    )
    stats = [
        Stat(counts["read"], "Readings of papers and pupils’ texts today"),
        Stat(counts["all"], "Entries in the audit today"),
    ]
    return Home(stats=stats)
