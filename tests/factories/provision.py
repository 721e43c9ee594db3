"""Made-up support."""

from datetime import UTC, date, datetime

import factory

from provision.models import SupportEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import SchoolFactory, ServiceFactory


class SupportEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportEntry

    school = factory.SubFactory(SchoolFactory)
    by_kind = SupportEntry.ByKind.SERVICE
    service = factory.SubFactory(ServiceFactory)
    what = "Three visits and a plan for the classroom"
    starts_on = date(2026, 9, 14)
    ends_on = date(2026, 10, 20)
    outcome = SupportEntry.Outcome.PARTLY
    written_at = datetime(2026, 10, 21, 16, 0, tzinfo=UTC)
    written_by = factory.SubFactory(UserFactory)
