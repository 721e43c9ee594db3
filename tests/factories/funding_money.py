"""Made-up periods, budgets, awards and schedules. Money goes through the ledger, as everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from funding.models import Award, Budget, FundingPeriod, Instalment, PaymentSchedule
from funding.services import ledger
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, SchoolFactory

NOW = datetime(2026, 9, 15, 10, 0, tzinfo=UTC)


class FundingPeriodFactory(factory.django.DjangoModelFactory):
    """Open, September 2026 to August 2027, unless said otherwise."""

    class Meta:
        model = FundingPeriod

    name = factory.Sequence(lambda n: "2026-27" if n == 0 else f"2026-27 ({n})")
    slug = factory.Sequence(lambda n: "2026-27" if n == 0 else f"2026-27-{n}")
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)
    state = FundingPeriod.State.OPEN


class EmptyBudgetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Budget

    community = factory.SubFactory(CommunityFactory)
    period = factory.SubFactory(FundingPeriodFactory)
    opened_at = NOW
    opened_by = factory.SubFactory(UserFactory)


def make_budget(*, grant: int | str = 10_000, contingency: int | str = 0, **where) -> Budget:
    """A budget with money in it, posted by the ledger. `where`: community, period, opened_by."""
    budget = EmptyBudgetFactory(**where)
    by = budget.opened_by
    if Decimal(grant):
        ledger.add_grant(budget_id=budget.pk, amount=Decimal(grant), by=by, now=NOW)
    if Decimal(contingency):
        ledger.set_contingency(budget_id=budget.pk, amount=Decimal(contingency), by=by, now=NOW)
    budget.refresh_from_db()
    return budget


class AwardFactory(factory.django.DjangoModelFactory):
    """The paper only: nothing is committed. Use `funding.services.awards.grant` for one that is."""

    class Meta:
        model = Award

    origin = Award.Origin.DECISION
    budget = factory.SubFactory(EmptyBudgetFactory)
    community = factory.SelfAttribute("budget.community")
    school = factory.SubFactory(SchoolFactory)
    reference = factory.Sequence(lambda n: f"CoS-{9000 + n}")
    title = "Two hours a day of one to one help"
    amount = Decimal("3000.00")
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 7, 20)
    granted_at = NOW
    granted_by = factory.SubFactory(UserFactory)


class InstalmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Instalment

    award = factory.SubFactory(AwardFactory)
    number = factory.Sequence(lambda n: n + 1)
    budget = factory.SelfAttribute("award.budget")
    amount = Decimal("1000.00")
    due_on = date(2026, 9, 1)


class PaymentScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaymentSchedule

    reference = factory.Sequence(lambda n: f"PS-{n + 1:04d}")
    due_by = date(2026, 9, 30)
    total = Decimal("1000.00")
    created_at = NOW
    created_by = factory.SubFactory(UserFactory)
