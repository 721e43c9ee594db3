"""Who had a hand in a request. No one may hold two of: submit, recommend for their own school, decide, accept the report."""

from accounts.models import User
from funding.models import ChairDecision, FundingRequest


def wrote(person: User, request: FundingRequest) -> bool:
    """Drafted it or sent it to the headteacher."""
    return person.pk in (request.drafted_by_id, request.sent_by_id)


def submitted(person: User, request: FundingRequest) -> bool:
    """Drafted, sent or signed it: one duty, held together by the school."""
    return wrote(person, request) or person.pk == request.submitted_by_id


def decided(person: User, request: FundingRequest) -> bool:
    """Decided it, also if the decision was taken back."""
    return ChairDecision.objects.filter(request=request, decided_by=person).exists()
