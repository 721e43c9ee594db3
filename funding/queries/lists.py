"""The list of requests, for whoever looks at it: the same queries at one row and at a hundred."""

from dataclasses import dataclass

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from communities import powers
from communities.models import School
from communities.powers import prepared_for_powers
from communities.queries import held
from core.once import once_a_page
from core.pages import ROWS, Rows
from core.verdicts import YES, Verdict, no
from core.wording import words
from funding.models import CostLine, FundingRequest
from funding.queries import scope, stages
from meetings.models import AgendaItem

State = FundingRequest.State
SHOWN: dict[str, tuple[str, list[State]]] = {
    "open": (
        "Open",
        [
            State.DRAFT,
            State.RETURNED,
            State.WITH_HEAD,
            State.SUBMITTED,
            State.ASKED,
            State.DEFERRED,
            State.DISCUSSED,
            State.DECIDED,
        ],
    ),
    "writing": ("Being written", [State.DRAFT, State.RETURNED, State.WITH_HEAD]),
    "waiting": ("Waiting for a meeting", [State.SUBMITTED, State.ASKED, State.DEFERRED]),
    "meeting": ("In a meeting", [State.DISCUSSED, State.DECIDED]),
    "done": ("Decided", [State.RELEASED]),
    "withdrawn": ("Withdrawn", [State.WITHDRAWN]),
    "all": ("All", list(State)),
}
AMOUNT = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the request (with `asked`, pounds), where it stands, and whether its title may be shown here."""

    request: FundingRequest
    stage: stages.Stage
    own: bool


@prepared_for_powers
def schools_that_write(person: User) -> "QuerySet[School]":
    """Schools for which the person may start a request."""
    return School.objects.filter(pk__in=held(person, "write_requests", "communities.school")).order_by("name")


def may_start_anywhere(person: User, schools: list[School]) -> Verdict:
    """Whether there is a school to start a request for."""
    if schools:
        return YES
    return no(f"Only the {words().senco_word} of a school can start a request.")


def filtered(person: User, *, shown: str = "open", school: str = "", kind: str = "") -> Rows[FundingRequest]:
    """The person's requests, filtered as the address says; an unknown filter filters nothing. Each with `asked`, in pounds."""
    chosen = {"shown": shown if shown in SHOWN else "open", "kind": kind if kind in FundingRequest.Kind.values else ""}
    everything = not school and not chosen["kind"]
    return Rows(
        lambda first: _cut(person, school or None, **chosen, first=first),
        lambda: counts(person)[chosen["shown"]] if everything else _filtered(person, school, **chosen).count(),
    )


@prepared_for_powers
def _cut(person: User, school: str | None, *, shown: str, kind: str, first: int) -> "QuerySet[FundingRequest]":
    lines = CostLine.objects.filter(request=OuterRef("pk")).order_by().values("request").annotate(all=Sum("amount"))
    rows = _filtered(person, school, shown=shown, kind=kind).annotate(
        asked=Coalesce(Subquery(lines.values("all"), output_field=AMOUNT), Value(0, output_field=AMOUNT))
    )
    return rows.order_by("-changed_at", "-pk")[first : first + ROWS]


def _filtered(person: User, school: str | None, *, shown: str, kind: str) -> "QuerySet[FundingRequest]":
    rows = scope.requests_for(person).filter(state__in=SHOWN[shown][1])
    if school:
        rows = rows.filter(school__slug=school)
    return rows.filter(kind=kind) if kind else rows


@prepared_for_powers
def schools_in(person: User) -> "QuerySet[School]":
    """Schools whose requests the person can reach, for the filter."""
    reachable = scope.requests_for(person).order_by().values("school_id")
    return School.objects.filter(pk__in=reachable).order_by("name")


def rows(person: User, requests: list[FundingRequest]) -> list[Row]:
    """Rows of one page of the list."""
    items = stages.items_of(requests)
    return [_row(person, request, items.get(request.pk)) for request in requests]


@once_a_page
def counts(person: User) -> dict[str, int]:
    """How many requests stand behind each filter."""
    states = dict(_numbers(person))
    return {name: sum(states.get(state, 0) for state in group) for name, (_title, group) in SHOWN.items()}


@prepared_for_powers
def _numbers(person: User) -> "QuerySet[FundingRequest, tuple[str, int]]":
    rows = scope.requests_for(person).order_by().values("state").annotate(number=Count("pk"))
    return rows.values_list("state", "number")


def _row(person: User, request: FundingRequest, item: AgendaItem | None) -> Row:
    own = scope.is_own(person, request)
    insider = not own and request.community is not None and powers.holds(person, "attend_meetings", request.community)
    return Row(request, stages.stage(request, item, insider=insider), own)


def waiting_for(person: User) -> "QuerySet[FundingRequest]":
    """What waits for this person's hand: to sign, to finish, to answer, to decide. For the home page."""
    signs = held(person, "sign_off_requests", "communities.school")
    writes = held(person, "write_requests", "communities.school")
    decides = held(person, "decide_funding", "communities.community")
    return (
        FundingRequest.objects.filter(
            Q(state=State.WITH_HEAD, school_id__in=signs) & ~Q(drafted_by=person) & ~Q(sent_by=person)
            | Q(state__in=[State.RETURNED, State.ASKED], school_id__in=writes)
            | Q(state=State.DISCUSSED, community_id__in=decides)
        )
        .select_related("school", "community")
        .order_by("changed_at")
    )
