"""What files of money are checked against, read once: communities, open periods and their budgets."""

from dataclasses import dataclass

from communities.models import Community
from core.imports import Row
from funding.models import Budget, FundingPeriod


@dataclass(frozen=True, slots=True)
class Known:
    """By the words people use: a community's name or address, a period's name."""

    communities: dict[str, Community]
    periods: dict[str, FundingPeriod]
    budgets: dict[tuple[int, int], Budget]

    @classmethod
    def now(cls) -> "Known":
        """Three queries."""
        communities = {}
        for community in Community.objects.filter(closed_on=None):
            communities[community.name.casefold()] = communities[community.slug] = community
        periods = {period.name.casefold(): period for period in FundingPeriod.objects.all()}
        budgets = {
            (budget.community_id, budget.period_id): budget
            for budget in Budget.objects.select_related("community", "period")
        }
        return cls(communities, periods, budgets)

    def community(self, row: Row, column: str) -> Community | None:
        """The open community of a cell; a fault when there is none."""
        name = row.text(column, required=True)
        found = self.communities.get(name.casefold())
        if name and found is None:
            row.fault(column, f"There is no open community {name}.")
        return found

    def period(self, row: Row, column: str) -> FundingPeriod | None:
        """The open period of a cell; a fault when there is none."""
        name = row.text(column, required=True)
        found = self.periods.get(name.casefold())
        if name and found is None:
            row.fault(column, f"There is no period {name}.")
        elif found and not found.is_open:
            row.fault(column, f"The period {found.name} is {found.get_state_display().lower()}: no money moves in it.")
        return found

    def budget(self, community: Community, period: FundingPeriod) -> Budget | None:
        """None when the community has none in the period yet."""
        return self.budgets.get((community.pk, period.pk))
