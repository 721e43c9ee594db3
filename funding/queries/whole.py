"""Everything one request holds, read once: a page of it costs the same however many pupils and lines it has."""

from dataclasses import dataclass, field
from decimal import Decimal

from core import together
from funding.first_codes import EHC_PLAN
from funding.models import (
    Attachment,
    ChairDecision,
    CostLine,
    FundingRequest,
    IntendedOutcome,
    Recommendation,
    RequestEvent,
    RequestPupil,
    RequestSection,
)
from funding.models.amounts import NOTHING
from funding.queries import decisions, parts
from provision.models import SupportEntry

LISTS = ("need_area", "sen_status")


@dataclass
class Whole:
    """A request with its parts. `sections` are unfinished pages by name; `events` the newest first; `recommendation` is
    the newest, `decision` the one that stands.
    """

    request: FundingRequest
    pupils: list[RequestPupil]
    costs: list[CostLine]
    outcomes: list[IntendedOutcome]
    tried: list[SupportEntry]
    attachments: list[Attachment]
    partners: list[str]
    sections: dict[str, RequestSection]
    events: list[RequestEvent]
    recommendation: Recommendation | None
    decision: ChairDecision | None
    needs: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """What is asked for, in pounds."""
        return sum((line.amount for line in self.costs), NOTHING)

    @property
    def has_plans(self) -> bool:
        """Whether a pupil in it has an EHC plan."""
        return any(pupil.sen_status == EHC_PLAN for pupil in self.pupils)

    @property
    def unfinished(self) -> list[str]:
        """Names of pages on which somebody typed and did not finish."""
        return [name for name, section in self.sections.items() if section.typed]

    @property
    def not_available(self) -> int:
        """How often help was asked for in vain."""
        return sum(not entry.was_available for entry in self.tried)


def read(request: FundingRequest) -> Whole:
    """Load the parts, all in one query."""
    pupils, costs, outcomes = parts.pupils(request), parts.costs(request), parts.outcomes(request)
    tried, attachments, partners = parts.tried(request.reference), parts.attachments(request), parts.partners(request)
    sections, events = parts.sections(request), parts.events(request)
    recommended, decided = decisions.newest_recommendation(request), decisions.newest_decision(request)
    lists = parts.labels(names=LISTS)
    together.fetch(pupils, costs, outcomes, tried, attachments, partners, sections, events, recommended, decided, lists)
    needs, statuses = ({code: label for name, code, label in lists if name == wanted} for wanted in LISTS)
    for pupil in pupils:
        pupil.need_label = needs.get(pupil.primary_need, pupil.primary_need)  # type: ignore[attr-defined]
        pupil.second_label = needs.get(pupil.secondary_need, pupil.secondary_need)  # type: ignore[attr-defined]
        pupil.status_label = statuses.get(pupil.sen_status, pupil.sen_status)  # type: ignore[attr-defined]
    return Whole(
        request=request,
        pupils=list(pupils),
        costs=list(costs),
        outcomes=list(outcomes),
        tried=list(tried),
        attachments=list(attachments),
        partners=list(partners),
        sections={section.name: section for section in sections},
        events=list(events),
        recommendation=next(iter(recommended), None),
        decision=decisions.still_standing(decided),
        needs=needs,
        statuses=statuses,
    )
