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


def holders(request: FundingRequest) -> dict[str, set[int]]:
    """Primary keys of people by duty: submit, recommend (anybody who recorded), decide. For whoever accepts the report."""
    hands = (request.drafted_by_id, request.sent_by_id, request.submitted_by_id)
    submit = {pk for pk in hands if pk is not None}
    return {
        "submit": submit,
        "recommend": set(request.recommendations.values_list("recorded_by_id", flat=True)),
        "decide": set(request.decisions.values_list("decided_by_id", flat=True)),
    }
