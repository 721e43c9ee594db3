"""Made-up requests, recommendations and decisions: the papers only. Use the services for ones with a history."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from funding.models import (
    Agreement,
    Answer,
    Attachment,
    ChairDecision,
    CostLine,
    DecisionPrinciple,
    DecisionRelease,
    DecisionReversal,
    FundingRequest,
    IntendedOutcome,
    PartnerSchool,
    PupilKey,
    Recommendation,
    RequestEvent,
    RequestPupil,
    RequestSection,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import PrincipleFactory, PrinciplesVersionFactory, SchoolFactory

NOW = datetime(2026, 11, 10, 16, 0, tzinfo=UTC)


class FundingRequestFactory(factory.django.DjangoModelFactory):
    """A draft of an individual request with its words."""

    class Meta:
        model = FundingRequest

    kind = FundingRequest.Kind.INDIVIDUAL
    school = factory.SubFactory(SchoolFactory)
    title = "Help to stay in lessons"
    need = "Loud rooms are too much, and most afternoons end outside the classroom."
    ask = "A trained adult in the afternoons while a quiet routine is learnt."
    starts_on = date(2027, 1, 5)
    ends_on = date(2027, 7, 20)
    drafted_at = NOW
    drafted_by = factory.SubFactory(UserFactory)
    changed_at = NOW


class PartnerSchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnerSchool

    request = factory.SubFactory(FundingRequestFactory)
    school = factory.SubFactory(SchoolFactory)


class RequestSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestSection

    request = factory.SubFactory(FundingRequestFactory)
    name = "need"
    saved_at = NOW
    saved_by = factory.SubFactory(UserFactory)


class RequestEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestEvent

    request = factory.SubFactory(FundingRequestFactory)
    step = "start"
    after = FundingRequest.State.DRAFT
    at = NOW
    by = factory.SubFactory(UserFactory)


class PupilKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PupilKey

    school = factory.SubFactory(SchoolFactory)
    words = factory.Sequence(lambda n: f"amber kestrel{'' if n == 0 else n}")
    made_at = NOW
    made_by = factory.SubFactory(UserFactory)


class RequestPupilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestPupil

    request = factory.SubFactory(FundingRequestFactory)
    key = factory.SubFactory(PupilKeyFactory, school=factory.SelfAttribute("..request.school"))
    attends = factory.SelfAttribute("request.school")
    year_group = "4"
    primary_need = "semh"
    sen_status = "sen-support"


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    pupil = factory.SubFactory(RequestPupilFactory)
    given_by = Agreement.GivenBy.PARENT
    agreed_on = date(2026, 11, 2)
    asked_by = "SENCO"
    how = Agreement.How.MEETING
    recorded_at = NOW
    recorded_by = factory.SubFactory(UserFactory)


class CostLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CostLine

    request = factory.SubFactory(FundingRequestFactory)
    position = factory.Sequence(lambda n: n + 1)
    what = "Teaching assistant in the afternoons"
    one_sum = Decimal("3200.00")


class IntendedOutcomeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IntendedOutcome

    request = factory.SubFactory(FundingRequestFactory)
    position = factory.Sequence(lambda n: n + 1)
    different = "Stays for the whole of four afternoons out of five"
    known_by = "Class teacher's weekly record"
    by_when = date(2027, 7, 1)


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    request = factory.SubFactory(FundingRequestFactory)
    file = factory.django.FileField(data=b"%PDF-1.4 made up", filename="paper")
    name = "Provision plan.pdf"
    type = Attachment.Type.PDF
    size = 16
    sha256 = "0" * 64
    added_at = NOW
    added_by = factory.SubFactory(UserFactory)


class RecommendationFactory(factory.django.DjangoModelFactory):
    """Give the `item`."""

    class Meta:
        model = Recommendation

    request = factory.SubFactory(FundingRequestFactory)
    version = 1
    how = Recommendation.How.CONSENSUS
    answer = Answer.APPROVE
    amount = Decimal("3200.00")
    recorded_at = NOW
    recorded_by = factory.SubFactory(UserFactory)


class ChairDecisionFactory(factory.django.DjangoModelFactory):
    """Declined as recommended, unless said otherwise. Give the `recommendation`."""

    class Meta:
        model = ChairDecision

    request = factory.SelfAttribute("recommendation.request")
    version = 1
    answer = Answer.DECLINE
    recommended_answer = Answer.DECLINE
    departs = False
    reason_code = "ordinarily-available"
    reason_label = "This is ordinarily available"
    reason = "The school's own offer covers it."
    alternative = "A visit by specialist teaching."
    principles = factory.SubFactory(PrinciplesVersionFactory)
    decided_at = NOW
    decided_by = factory.SubFactory(UserFactory)


class DecisionPrincipleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionPrinciple

    decision = factory.SubFactory(ChairDecisionFactory)
    principle = factory.SubFactory(PrincipleFactory)


class DecisionReversalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionReversal

    decision = factory.SubFactory(ChairDecisionFactory)
    reason = "The figure was read wrongly."
    reversed_at = NOW
    reversed_by = factory.SubFactory(UserFactory)


class DecisionReleaseFactory(factory.django.DjangoModelFactory):
    """Give the `meeting`."""

    class Meta:
        model = DecisionRelease

    decision = factory.SubFactory(ChairDecisionFactory)
    released_at = NOW
    released_by = factory.SubFactory(UserFactory)
