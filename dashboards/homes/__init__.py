"""What needs me now, what is coming up, three figures: computed from state for the post a person acts as."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from communities.models import Appointment, Role
from dashboards.homes import board, chair, county, school, service
from dashboards.homes.parts import Home

Maker = Callable[[User, Appointment, datetime], Home]
MAKERS: dict[Role, Maker] = {
    Role.CHAIR: chair.home,
    Role.SENCO: school.home,
    Role.HEADTEACHER: school.home,
    Role.BUSINESS_MANAGER: school.business_home,
    Role.PROFESSIONAL: service.home,
    Role.BOARD_MEMBER: board.home,
    Role.OFFICER: county.officer_home,
    Role.ADMINISTRATOR: county.administrator_home,
    Role.DATA_PROTECTION: county.data_protection_home,
}


def home_for(person: User, acting: Appointment | None, now: datetime) -> Home:
    """The home page of the post the person acts as; an empty one for somebody without a post."""
    if acting is None:
        return Home()
    return MAKERS[Role(acting.role)](person, acting, now)
