"""One table of powers: what each post may do, on its own scope and on the communities its school belongs to.

Posts of an area or the county hold their power on the area or county itself; questions about one community ask there.
"""

from dataclasses import dataclass

from communities.models.appointment import Role


@dataclass(frozen=True, slots=True)
class Powers:
    """`own`: on the scope of the post. `communities`: on communities the school is a live full or associate member of."""

    own: frozenset[str]
    communities: frozenset[str] = frozenset()


MEMBER = frozenset({"view_community", "attend_meetings", "view_balance"})

POWERS: dict[Role, Powers] = {
    Role.CHAIR: Powers(MEMBER | {"run_meetings", "decide_funding"}),
    Role.SENCO: Powers(
        frozenset({"view_school", "write_requests", "view_pupil_text", "view_awards"}),
        MEMBER,
    ),
    Role.HEADTEACHER: Powers(
        frozenset({"view_school", "sign_off_requests", "view_pupil_text", "view_awards"}),
        MEMBER,
    ),
    Role.BUSINESS_MANAGER: Powers(frozenset({"view_school", "view_awards"}), frozenset({"view_community"})),
    Role.PROFESSIONAL: Powers(frozenset({"view_service", "run_service"})),
    Role.BOARD_MEMBER: Powers(frozenset({"view_area", "moderate_area"})),
    Role.OFFICER: Powers(frozenset({"view_county", "accept_reports", "view_money"})),
    Role.ADMINISTRATOR: Powers(frozenset({"view_county", "administer_county"})),
    Role.DATA_PROTECTION: Powers(frozenset({"view_county", "protect_data"})),
}

# The post in which somebody with several acts before they ever chose one: the fewer others can do its duty, the sooner.
# A community waits for its one chair, a school for its one signature and then for what its SENCO writes, the log for its
# one reader; the county has several officers and administrators, a board its other members, a service its other
# professionals. Business managers only read.
DUTY_FIRST = (
    Role.CHAIR,
    Role.HEADTEACHER,
    Role.SENCO,
    Role.DATA_PROTECTION,
    Role.OFFICER,
    Role.ADMINISTRATOR,
    Role.BOARD_MEMBER,
    Role.PROFESSIONAL,
    Role.BUSINESS_MANAGER,
)

# Posts that see pupils or money: a second factor is required (demo sign-in excepted).
WANTS_SECOND_FACTOR = frozenset(Role)
