"""Pure questions about meetings. The power comes from the table of powers; the function adds the reason of the matter."""

from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from core.verdicts import YES, Verdict, no
from meetings.models import (
    Action,
    AgendaItem,
    AgendaTemplate,
    Bulletin,
    Escalation,
    Invitation,
    ItemProposal,
    Meeting,
    MeetingDate,
)
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


def may_see_action(person: User, action: Action) -> Verdict:
    """Owner, members of the community, or the board whose action it is; the board also when it was reported to it."""
    if action.owner_id == person.pk or may_manage_action(person, action):
        return YES
    if action.community and powers.holds(person, "attend_meetings", action.community):
        return YES
    return no("Only members of this community can see this action.")


def may_manage_action(person: User, action: Action) -> Verdict:
    """Creates, edits, reassigns, confirms, drops: whoever runs the meetings of the body."""
    if action.community and powers.holds(person, "run_meetings", action.community):
        return YES
    if action.area and powers.holds(person, "moderate_area", action.area):
        return YES
    return no("Only the chair can change this action.")


def may_edit_action(person: User, action: Action) -> Verdict:
    """Words, owner, date and report: while it is open."""
    if not (verdict := may_manage_action(person, action)):
        return verdict
    return YES if action.state == Action.State.OPEN else no("Only open actions can be changed. Reopen it first.")


def may_finish_action(person: User, action: Action) -> Verdict:
    """The owner (or the chair for them) says it is done."""
    if action.state != Action.State.OPEN:
        return no("This action is not open.")
    if action.owner_id == person.pk or may_manage_action(person, action):
        return YES
    return no("Only the owner or the chair can say that it is done.")


def may_confirm_action(person: User, action: Action) -> Verdict:
    """Another pair of eyes: the chair confirms what the owner says is done, never their own action."""
    if action.state != Action.State.DONE:
        return no("The owner has not said yet that this is done.")
    if not may_manage_action(person, action):
        return no("Only the chair can confirm that it is done.")
    if action.done_by_id == person.pk:
        return no("You said yourself that this is done. Somebody else who runs these meetings confirms it.")
    return YES


def may_reopen_action(person: User, action: Action) -> Verdict:
    """The chair reopens whatever is no longer open; the owner takes back their own done before it is confirmed."""
    if action.state == Action.State.OPEN:
        return no("This action is open.")
    if action.state == Action.State.DONE and action.owner_id == person.pk:
        return YES
    return may_manage_action(person, action)


def may_drop_action(person: User, action: Action) -> Verdict:
    """With a reason, while it is open."""
    if not (verdict := may_manage_action(person, action)):
        return verdict
    return YES if action.state == Action.State.OPEN else no("Only open actions can be dropped.")


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
    return YES if escalation.state == Escalation.State.OPEN else no("This has been answered.")


def may_withdraw_escalation(person: User, escalation: Escalation) -> Verdict:
    """The community's chair, until it is answered."""
    if not powers.holds(person, "run_meetings", escalation.community):
        return no("Only the chair of the community can withdraw this.")
    return YES if escalation.state == Escalation.State.OPEN else no("This has been answered.")


def may_change_date(day: MeetingDate) -> Verdict:
    """A date of the past or a withdrawn one is history."""
    if day.withdrawn_at:
        return no("This date was withdrawn. Add a new one instead.")
    if day.on < timezone.localdate():
        return no("This date has passed.")
    return YES


def may_change_template(template: AgendaTemplate) -> Verdict:
    """Meetings were run to it: a published version never changes."""
    if template.state != AgendaTemplate.State.DRAFT:
        return no("A published version cannot be changed. Draft the next version instead.")
    return YES


def may_retire(template: AgendaTemplate) -> Verdict:
    """A version may be retired while another one is published."""
    if template.state != AgendaTemplate.State.PUBLISHED:
        return no("Only a published version can be retired.")
    others = AgendaTemplate.objects.filter(body=template.body, state=AgendaTemplate.State.PUBLISHED)
    if not others.exclude(pk=template.pk).exists():
        return no("Publish another version first: meetings need an agenda to be built from.")
    return YES


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
