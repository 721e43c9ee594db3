"""Who may see which figures, and who may put one on an agenda."""

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from core.verdicts import YES, Verdict, no


def may_see_schools(person: User, community: Community) -> Verdict:
    """Figures school by school: members of the community and its chair, the area's board and the county."""
    if powers.holds(person, "view_community", community) or powers.holds(person, "view_area", community.area):
        return YES
    if powers.holds_anywhere(person, "view_county"):
        return YES
    return no("Only members of this community see figures school by school.")


def may_discuss(person: User, community: Community) -> Verdict:
    """The chair keeps the agenda."""
    if powers.holds(person, "run_meetings", community):
        return YES
    return no(
        "Only the chair of this community puts figures on its agenda. You can propose an item on the meeting’s page."
    )


def sits_on_board(person: User, area: Area) -> Verdict:
    """Answering matters and writing bulletins is the board's own work."""
    if powers.holds(person, "moderate_area", area):
        return YES
    return no(f"Only members of the board of {area.name} answer matters and write bulletins.")


def may_read_board(person: User, area: Area) -> Verdict:
    """The board's own pages: its members and the county's administrators and officers."""
    if sits_on_board(person, area) or powers.holds_anywhere(person, "administer_county"):
        return YES
    if powers.holds_anywhere(person, "view_money"):
        return YES
    return no("Only members of this area’s board and the county read these pages.")


def may_read_log(person: User) -> Verdict:
    """The log says who read about which child: it is for the one whose work that is."""
    if powers.holds_anywhere(person, "protect_data"):
        return YES
    return no("Only the county’s data protection officer reads the log.")
