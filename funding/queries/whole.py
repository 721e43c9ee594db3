"""Everything one request holds, read once: a page of it costs the same however many pupils and lines it has."""

from dataclasses import dataclass, field
from decimal import Decimal

from core.lists import labels
from funding.first_codes import EHC_PLAN
from funding.models import Attachment, CostLine, FundingRequest, IntendedOutcome, RequestPupil, RequestSection
from funding.models.amounts import NOTHING
from provision.models import SupportEntry
from provision.queries import support


@dataclass
class Whole:
    """A request with its parts. `sections` are unfinished pages by name."""

    request: FundingRequest
    pupils: list[RequestPupil]
    costs: list[CostLine]
    outcomes: list[IntendedOutcome]
    tried: list[SupportEntry]
    attachments: list[Attachment]
    partners: list[str]
    sections: dict[str, RequestSection]
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
    """Load the parts; nine queries."""
    pupils = list(request.pupils.select_related("key", "attends", "agreement").order_by("pk"))
    needs, statuses = labels("need_area"), labels("sen_status")
    for pupil in pupils:
        pupil.need_label = needs.get(pupil.primary_need, pupil.primary_need)  # type: ignore[attr-defined]
        pupil.second_label = needs.get(pupil.secondary_need, pupil.secondary_need)  # type: ignore[attr-defined]
        pupil.status_label = statuses.get(pupil.sen_status, pupil.sen_status)  # type: ignore[attr-defined]
    return Whole(
        request=request,
        pupils=pupils,
        costs=list(request.costs.all()),
        outcomes=list(request.outcomes.all()),
        tried=list(support.of_request(request.reference)),
        attachments=list(request.attachments.filter(removed_at=None)),
        partners=list(request.partners.order_by("name").values_list("name", flat=True)),
        sections={section.name: section for section in request.sections.select_related("saved_by")},
        needs=needs,
        statuses=statuses,
    )
