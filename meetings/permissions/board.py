"""Who writes, withdraws and acknowledges bulletins, and who sends matters up and answers them."""

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from core.verdicts import YES, Verdict, no
from meetings.models import Bulletin, Escalation, Meeting
from meetings.permissions.meetings import may_run
from meetings.queries import recusals


def may_write_bulletins(person: User, area: Area) -> Verdict:
    """The board of the area writes to its communities."""
    return (
        YES if powers.holds(person, "moderate_area", area) else no("Only members of this area's board write bulletins.")
    )


def may_write_bulletin(person: User, bulletin: Bulletin) -> Verdict:
    """The board that wrote it; a county-wide bulletin is the administrator's."""
    if bulletin.area is None:
        found = powers.holds_anywhere(person, "administer_county")
        return YES if found else no("Only the county administrator writes to every community.")
    return may_write_bulletins(person, bulletin.area)


def may_edit_bulletin(person: User, bulletin: Bulletin) -> Verdict:
    """A published bulletin stays as it was read: withdraw it and write another."""
    if not (verdict := may_write_bulletin(person, bulletin)):
        return verdict
    return (
        no("A published bulletin cannot be changed. Withdraw it and write another.") if bulletin.published_at else YES
    )


def may_withdraw_bulletin(person: User, bulletin: Bulletin) -> Verdict:
    """Only what is out can be withdrawn."""
    if not (verdict := may_write_bulletin(person, bulletin)):
        return verdict
    return YES if bulletin.is_out else no("This bulletin is not out.")


def may_acknowledge(person: User, bulletin: Bulletin, community: Community) -> Verdict:
    """The chair takes note for the community."""
    if not powers.holds(person, "run_meetings", community):
        return no("Only the chair acknowledges a bulletin for the community.")
    return YES if bulletin.is_out else no("This bulletin was withdrawn.")


def may_escalate(person: User, meeting: Meeting) -> Verdict:
    """The chair sends matters of a community's meeting up; a board has nobody above it."""
    if meeting.community is None:
        return no("A board has no board above it.")
    return may_run(person, meeting)


def may_answer_escalation(person: User, escalation: Escalation) -> Verdict:
    """The board of the area, once."""
    if not powers.holds(person, "moderate_area", escalation.area):
        return no("Only members of this area's board can answer.")
    if escalation.item and (found := recusals.fact(person, escalation.item)):
        return no(f"{found.sentence} Another member of the board answers.")
    return YES if escalation.state == Escalation.State.OPEN else no("This has been answered.")


def may_withdraw_escalation(person: User, escalation: Escalation) -> Verdict:
    """The community's chair, until it is answered."""
    if not powers.holds(person, "run_meetings", escalation.community):
        return no("Only the chair of the community can withdraw this.")
    if escalation.item and (found := recusals.fact(person, escalation.item)):
        return no(f"{found.sentence} A stand-in chair can withdraw it.")
    return YES if escalation.state == Escalation.State.OPEN else no("This has been answered.")


def may_see_desk(person: User) -> Verdict:
    """The board's desk: its members, and the county administrator who writes to every community."""
    if powers.holds_anywhere(person, "moderate_area") or powers.holds_anywhere(person, "administer_county"):
        return YES
    return no("Only members of a board work here. Bulletins for your community are under Meetings.")
