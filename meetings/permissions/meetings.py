"""Who plans, publishes and reads a meeting, and who answers what."""

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from core.verdicts import YES, Verdict, no
from meetings.models import AgendaItem, Invitation, ItemProposal, Meeting
from meetings.queries import recusals, seats

PREPARING = "The chair is still preparing this agenda. You will get a notice when it is published."
RECUSED = "Its papers, discussion and minutes are closed to you."


def may_run(person: User, meeting: Meeting) -> Verdict:
    """Plans and runs the meeting: the community's chair, or a member of the board that meets."""
    if meeting.community and powers.holds(person, "run_meetings", meeting.community):
        return YES
    if meeting.area and powers.holds(person, "moderate_area", meeting.area):
        return YES
    return no("Only the chair of this meeting can do this.")


def may_plan_for(person: User, body: Community | Area) -> Verdict:
    """Takes a date for the community or the board."""
    power = "run_meetings" if isinstance(body, Community) else "moderate_area"
    return YES if powers.holds(person, power, body) else no("Only the chair can plan a meeting.")


def may_change_agenda(person: User, meeting: Meeting) -> Verdict:
    """Adds, orders, times and takes off items, until the meeting is closed."""
    if not (verdict := may_run(person, meeting)):
        return verdict
    if meeting.state == Meeting.State.CLOSED:
        return no("This meeting is closed. Its agenda stays as it was.")
    if meeting.state == Meeting.State.CANCELLED:
        return no("This meeting was cancelled.")
    return YES


def may_arrange(person: User, meeting: Meeting) -> Verdict:
    """Moves, cancels or re-bases the meeting on another version of the county's agenda: only before it starts."""
    if not (verdict := may_change_agenda(person, meeting)):
        return verdict
    if meeting.started_at:
        return no("This meeting has started.")
    return YES


def may_publish(person: User, meeting: Meeting) -> Verdict:
    """Sends the agenda to members, once; later changes are told as they are made."""
    if not (verdict := may_arrange(person, meeting)):
        return verdict
    if meeting.state != Meeting.State.DRAFT:
        return no("This agenda is published already.")
    if not (meeting.place or meeting.online_link):
        return no("Say where the meeting is, or give its online link, before you publish.")
    return YES


def may_remove(person: User, item: AgendaItem) -> Verdict:
    """Mandatory items stay: the county's agenda says so (domain.md §3.5). What was discussed stays too."""
    if not (verdict := may_change_agenda(person, item.meeting)):
        return verdict
    if item.mandatory:
        return no("The county asks every meeting to take this item. You can shorten it, not remove it.")
    if item.state == AgendaItem.State.REMOVED:
        return no("This item is off the agenda already.")
    if item.state != AgendaItem.State.WAITING:
        return no("This item has been discussed. Record its outcome instead.")
    return YES


def may_read_agenda(person: User, meeting: Meeting) -> Verdict:
    """The order of business: whoever runs it at any time, everybody with a place once it is published."""
    if may_run(person, meeting):
        return YES
    if meeting.published_at is None:
        return no(PREPARING)
    return YES if seats.belongs(person, meeting) else no("You have no place at this meeting.")


def may_read_item(person: User, item: AgendaItem) -> Verdict:
    """Papers, discussion and minutes of one item: not with an interest in it, and guests only those they come for."""
    if found := recusals.fact(person, item):
        return no(f"{found.sentence} {RECUSED}")
    if not (verdict := may_read_agenda(person, item.meeting)):
        return verdict
    only = seats.only_items(person, item.meeting)
    if only is not None and item.pk not in only:
        return no("You are invited to another item of this meeting.")
    return YES


def may_propose(person: User, meeting: Meeting) -> Verdict:
    """A member proposes an item until the papers close."""
    if meeting.started_at or not meeting.is_open:
        return no("Items can be proposed until the meeting starts.")
    if meeting.published_at is None and not may_run(person, meeting):
        return YES if seats.attends(person, meeting) else no("Only members can propose items.")
    return YES if seats.attends(person, meeting) else no("Only members can propose items.")


def may_answer_proposal(person: User, proposal: ItemProposal) -> Verdict:
    """The chair accepts or declines, once."""
    if not (verdict := may_change_agenda(person, proposal.meeting)):
        return verdict
    return YES if proposal.state == ItemProposal.State.OPEN else no("This proposal has been answered.")


def may_answer_invitation(person: User, invitation: Invitation) -> Verdict:
    """The person invited, or whoever runs the meeting for them (a telephone call), until the meeting is over."""
    meeting = invitation.meeting
    if invitation.withdrawn_at:
        return no("This invitation was withdrawn.")
    if not meeting.is_open:
        return no("This meeting is over." if meeting.closed_at else "This meeting was cancelled.")
    if invitation.person_id == person.pk or may_run(person, meeting):
        return YES
    return no("Only the person invited can answer.")


def may_withdraw_invitation(person: User, invitation: Invitation) -> Verdict:
    """A professional's invitation to one item; a member's place follows from their post."""
    if not (verdict := may_change_agenda(person, invitation.meeting)):
        return verdict
    if invitation.item_id is None:
        return no("A member's place comes with their post and cannot be taken away.")
    return no("This invitation was withdrawn already.") if invitation.withdrawn_at else YES


def may_withdraw_proposal(person: User, proposal: ItemProposal) -> Verdict:
    """Whoever proposed it, until it is answered."""
    if proposal.proposed_by_id != person.pk:
        return no("Only the person who proposed this can withdraw it.")
    return YES if proposal.state == ItemProposal.State.OPEN else no("This proposal has been answered.")


def may_see_people(person: User, meeting: Meeting, only: set[int] | None) -> Verdict:
    """Who comes is for those who attend the whole meeting; `only` are the items a guest is invited to, None for members."""
    if only is None or may_run(person, meeting):
        return YES
    return no("You are invited to one item. Who comes to the whole meeting is for its members.")
