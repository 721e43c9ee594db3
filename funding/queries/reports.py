"""What a report covers, what it holds, and which reports wait for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.template.defaultfilters import pluralize
from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from core.formats import short_date
from core.pages import ROWS, Rows
from core.prepared import prepared
from core.sheets import Cell
from funding.models import (
    Budget,
    ExpenditureReport,
    FundingPeriod,
    LedgerTransaction,
    LineQuery,
    ReportLine,
    ReportVersion,
)
from funding.models.amounts import NOTHING
from funding.models.report import STAGES
from funding.queries import balances, figures, movements
from funding.queries.figures import Figures
from funding.queries.movements import Movement
from meetings.models import Meeting

Covers = ExpenditureReport.Covers
State = ExpenditureReport.State
NOT_SENT = [State.DRAFT, State.DISCARDED]


@dataclass(frozen=True, slots=True)
class Contents:
    """A report as the ledger has it now: the movements after `after_id` up to `upto_id`, and the figures around them."""

    movements: list[Movement]
    before: Figures
    after: Figures
    upto_id: int


def reports_for(person: User) -> "QuerySet[ExpenditureReport]":
    """The officer sees what was sent; the chair sees their community's, drafts too."""
    found = ExpenditureReport.objects.select_related("budget__community__area", "budget__period", "meeting")
    sent = ~Q(state__in=NOT_SENT)
    if powers.holds_anywhere(person, "accept_reports"):
        return found.filter(sent | Q(budget__community__in=balances.chaired_by(person)))
    return found.filter(budget__community__in=balances.chaired_by(person))


class Waiting(TypedDict):
    """A line of the officer's queue. `stage` and `tone` are as the report has them; `ago` says how long it waits, and
    nothing once it is accepted; `agreed` and `uncommitted` are pounds, as the version last sent has them.
    """

    key: str
    community: str
    covers: str
    stage: str
    tone: str
    sent_on: date
    ago: str
    agreed: Decimal
    uncommitted: Decimal


def waiting(*, on: date, state: str = "", area: str = "", period: str = "") -> Rows[Waiting]:
    """The officer's queue, the oldest first; empty filters let everything through that was sent."""
    chosen = (state or None, area or None, period or None)
    return Rows(
        lambda first: [_line(on, *row) for row in _cut(*chosen, first=first)],
        lambda: _queue(*chosen).count(),
    )


def _queue(state: str | None, area: str | None, period: str | None) -> "QuerySet[ExpenditureReport]":
    asked = {"state": state, "budget__community__area__slug": area, "budget__period__slug": period}
    found = ExpenditureReport.objects.exclude(state__in=NOT_SENT)
    return found.filter(**{name: value for name, value in asked.items() if value})


@prepared
def _cut(state: str | None, area: str | None, period: str | None, *, first: int) -> "QuerySet[ExpenditureReport, Any]":
    later = ReportVersion.objects.filter(report=OuterRef("pk"), number__gt=OuterRef("versions__number"))
    rows = _queue(state, area, period).filter(~Exists(later)).order_by("submitted_at", "pk")[first : first + ROWS]
    return rows.values_list(
        "pk", "budget__community__name", "meeting__on", "covers", "budget__period__name", "state", "submitted_at",
        "versions__agreed", "versions__uncommitted",
    )  # fmt: skip


def _line(
    on: date, pk: int, community: str, met_on: date | None, covers: str, period: str, state: str, sent_at: datetime,
    agreed: Decimal, uncommitted: Decimal,
) -> Waiting:  # fmt: skip
    about = f"Meeting of {short_date(met_on)}" if met_on else Covers(covers).label
    sent_on = timezone.localdate(sent_at)
    ago = "" if state == State.ACCEPTED else _ago((on - sent_on).days)
    stage, tone = STAGES[state]
    return Waiting(
        key=str(pk), community=community, covers=f"{about}, {period}", stage=stage, tone=tone, sent_on=sent_on, ago=ago,
        agreed=agreed, uncommitted=uncommitted,
    )  # fmt: skip


def _ago(days: int) -> str:
    return f"{days} day{pluralize(days)} ago" if days else "today"


def count_sent(person: User) -> int:
    """Reports that wait for an officer; 0 for everybody else."""
    if not powers.holds_anywhere(person, "accept_reports"):
        return 0
    return ExpenditureReport.objects.filter(state=State.SUBMITTED).count()


def questioned(person: User) -> list[ExpenditureReport]:
    """Reports of the communities the person chairs about which an officer asked."""
    found = ExpenditureReport.objects.filter(state=State.QUERIED, budget__community__in=balances.chaired_by(person))
    return list(found.order_by("submitted_at"))


@prepared
def newest_of_budget(budget: Budget) -> "QuerySet[ExpenditureReport]":
    """The last six of a budget, its draft among them, the newest first."""
    found = ExpenditureReport.objects.filter(budget=budget).exclude(state=State.DISCARDED)
    return found.select_related("meeting").order_by("-drafted_at")[:6]


def of_community(community: Community) -> "QuerySet[ExpenditureReport]":
    """The chair's list, the newest first, with the newest version's sums."""
    found = ExpenditureReport.objects.filter(budget__community=community).exclude(state=State.DISCARDED)
    newest = Prefetch("versions", ReportVersion.objects.order_by("-number"))
    return found.select_related("budget__period", "meeting").prefetch_related(newest).order_by("-drafted_at", "-pk")


def filters() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the queue can be narrowed by: (name, label, options of (value, words))."""
    states = [choice for choice in State.choices if choice[0] not in NOT_SENT]
    periods = FundingPeriod.objects.exclude(state=FundingPeriod.State.DRAFT).values_list("slug", "name")
    areas = Area.objects.values_list("slug", "name")
    return [
        ("state", "State", [("", "Any state"), *states]),
        ("area", "Area", [("", "Every area"), *areas]),
        ("period", "Period", [("", "Every period"), *periods]),
    ]


def line_choices(version: ReportVersion) -> list[tuple[str, str]]:
    """(number of the row, words) for asking about a line."""
    return [
        (
            str(line.pk),
            f"Line {line.number}: {line.reference or line.what}, {line.school or line.get_section_display()}",
        )
        for line in version.lines.all()
    ]


def questions_of(report: ExpenditureReport) -> "QuerySet[LineQuery]":
    """Everything asked about a report, each with the line it is about (None: the whole report)."""
    return report.queries.select_related("line")


def is_newest(version: ReportVersion) -> bool:
    """Whether nothing was sent after this version."""
    return not version.report.versions.filter(number__gt=version.number).exists()


def questions(report: ExpenditureReport) -> list[LineQuery]:
    """Questions and answers, the newest first, with `about` in words."""
    found = list(report.queries.select_related("line__version", "asked_by", "answered_by").order_by("-asked_at", "-pk"))
    for query in found:
        line = query.line
        about = f"line {line.number} of version {line.version.number}" if line else "the whole report"
        query.about = f"Question about {about}"  # type: ignore[attr-defined]  # for the page only
    return found


def sheet_rows(version: ReportVersion) -> list[list[Cell]]:
    """Lines with each amount in the column of its section, and a last row that adds them up."""
    sums = dict.fromkeys(ReportLine.Section, NOTHING)
    rows: list[list[Cell]] = []
    for line in version.lines.order_by("number"):
        section = ReportLine.Section(line.section)
        sums[section] += line.amount
        amounts = [line.amount if section == column else None for column in ReportLine.Section]
        about: list[Any] = [
            line.number,
            section.label,
            timezone.localdate(line.at),
            line.reference,
            line.school,
            line.what,
        ]
        rows.append([*about, *amounts])
    return [*rows, [None, "Total", None, "", "", "", *sums.values()]]


def newest(report: ExpenditureReport) -> ReportVersion:
    """The version last sent. Raises DoesNotExist for a draft."""
    return report.versions.select_related("document", "submitted_by").latest("number")


def contents(report: ExpenditureReport) -> Contents:
    """What the report holds now."""
    upto_id = _upto(report)
    before = figures.upto(report.budget_id, report.after_id)
    rows = movements.posted(report.budget_id, after_id=report.after_id, upto_id=upto_id)
    found = movements.read(rows, free_before=before.free)
    return Contents(found, before, figures.upto(report.budget_id, upto_id), upto_id)


def starts_after(report: ExpenditureReport) -> int:
    """The last posting before what a new report covers; 0 for the whole period."""
    if report.covers == Covers.PERIOD:
        return 0
    if report.covers == Covers.MEETING and report.meeting:
        return _last_before(report.budget_id, report.meeting)
    last = ReportVersion.objects.filter(report__budget_id=report.budget_id, report__covers=Covers.SINCE)
    return last.order_by("-upto_id").values_list("upto_id", flat=True).first() or 0


def _upto(report: ExpenditureReport) -> int:
    """The last posting it covers: a meeting's ends where the next meeting starts, a report "since the last one" where the
    next such report begins, so that corrections never count a posting twice.
    """
    ends = [_last(report.budget_id)]
    if report.covers == Covers.MEETING and report.meeting:
        after = Meeting.objects.filter(
            community=report.meeting.community, started_at__gt=report.meeting.started_at
        ).order_by("started_at")
        ends += [_last_before(report.budget_id, following) for following in after[:1]]
    if report.covers == Covers.SINCE:
        later = ExpenditureReport.objects.filter(
            budget_id=report.budget_id, covers=Covers.SINCE, drafted_at__gt=report.drafted_at
        ).exclude(state=State.DISCARDED)
        ends += list(later.order_by("after_id").values_list("after_id", flat=True)[:1])
    return min(ends)


def _last(budget_id: int) -> int:
    return (
        LedgerTransaction.objects.filter(budget_id=budget_id).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def _last_before(budget_id: int, meeting: Meeting) -> int:
    found = LedgerTransaction.objects.filter(budget_id=budget_id, at__lt=meeting.started_at or meeting.starts_at)
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0
