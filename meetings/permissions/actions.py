"""Who may see and change an action."""

from accounts.models import User
from communities import powers
from core.verdicts import YES, Verdict, no
from meetings.models import Action
from meetings.queries import minute_takers, recusals


def may_manage_action(person: User, action: Action) -> Verdict:
    """Creates, edits, reassigns, confirms, drops: whoever runs the meetings of the body, unless its item is closed to them."""
    if not _runs(person, action):
        return no("Only the chair can change this action.")
    return _not_recused(person, action)


def may_create_action(person: User, action: Action) -> Verdict:
    """Whoever runs the meetings; whoever takes the minutes of the meeting that agrees it, while it is live."""
    if action.meeting and action.meeting.is_live and minute_takers.takes_minutes(person, action.meeting):
        return _not_recused(person, action)
    return may_manage_action(person, action)


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


def _runs(person: User, action: Action) -> bool:
    if action.community and powers.holds(person, "run_meetings", action.community):
        return True
    return bool(action.area and powers.holds(person, "moderate_area", action.area))


def _not_recused(person: User, action: Action) -> Verdict:
    """What was agreed at an item closed to somebody is closed to them as well. Asked once per object: a page asks five."""
    kept: dict[int, Verdict] = action.__dict__.setdefault("_not_recused", {})
    if person.pk not in kept:
        found = recusals.fact(person, action.item) if action.item else None
        kept[person.pk] = (
            no(f"{found.sentence} Somebody else who runs these meetings looks after it.") if found else YES
        )
    return kept[person.pk]
