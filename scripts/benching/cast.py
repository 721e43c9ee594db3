"""Who opens the pages, and the addresses they open: all of the sample's first community, its area and its district."""

from dataclasses import dataclass
from datetime import date

from communities.models import Appointment, Community, District, Role
from funding.models import Budget, FundingRequest
from meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Cast:
    """A post of each role by its name, and the addresses of one meeting, request, budget, board and district."""

    posts: dict[str, Appointment]
    meeting: str
    request: str
    ledger: str
    board: str
    district: str


def assemble(*, on: date) -> Cast:
    """The same people and places in the small county and in the large one, which holds them too."""
    meeting = Meeting.objects.filter(state=Meeting.State.RUNNING, community__isnull=False).order_by("pk")[0]
    community = Community.objects.get(meetings=meeting)
    budget = Budget.objects.select_related("period").get(community=community, period__state="open")
    district = District.objects.filter(schools__memberships__community=community).order_by("pk")[0]
    return Cast(
        posts={role.value: _post(role, community, on) for role in Role},
        meeting=meeting.get_absolute_url(),
        request=_discussed(community).get_absolute_url(),
        ledger=f"/money/{community.slug}/{budget.period.slug}/",
        board=f"/board/{community.area.slug}/",
        district=f"/figures/district/{district.code}/",
    )


def _post(role: Role, community: Community, on: date) -> Appointment:
    """The first live post of the role; of the community, its area or one of its schools where the role has one."""
    posts = Appointment.objects.live_on(on).filter(role=role).order_by("pk")
    own = posts.filter(community=community) | posts.filter(area=community.area)
    own |= posts.filter(school__memberships__in=community.memberships.live_on(on))
    return own.distinct().first() or posts[0]


def _discussed(community: Community) -> FundingRequest:
    return FundingRequest.objects.filter(community=community, state=FundingRequest.State.DISCUSSED).order_by("pk")[0]
