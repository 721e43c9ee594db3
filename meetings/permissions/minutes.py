"""Who reads, sends, corrects, approves and annotates minutes."""

from accounts.models import User
from communities import powers
from core.verdicts import YES, Verdict, no
from meetings.models import Meeting, MinuteCorrection, Minutes
from meetings.permissions import may_run
from meetings.permissions.live import may_take_minutes
from meetings.queries import editions, recusals, seats

State = Minutes.State
NOT_WRITTEN = "There are no minutes yet. They are written from the record when the chair closes the meeting."
STILL_READ_THROUGH = "The chair is still reading through these minutes. You will get a notice when they are sent."


def may_read_minutes(person: User, meeting: Meeting, minutes: Minutes | None) -> Verdict:
    """Drafts: whoever runs the meeting or typed it. Afterwards whoever has a place, and the board of the area."""
    if minutes is None:
        return no(NOT_WRITTEN)
    if may_take_minutes(person, meeting):
        return YES
    if minutes.state == State.DRAFT:
        return no(STILL_READ_THROUGH)
    if seats.attends(person, meeting) or _of_the_board(person, meeting):
        return YES
    return no("Only members of this community read its minutes.")


def why_not_yet(person: User, meeting: Meeting) -> str:
    """What a member reads while there are no minutes, or only the chair's draft; empty when they can be asked for."""
    newest = editions.newest(meeting)
    if newest is None:
        return NOT_WRITTEN
    waits = newest.state == State.DRAFT and seats.attends(person, meeting) and not may_take_minutes(person, meeting)
    return STILL_READ_THROUGH if waits else ""


def may_circulate(person: User, minutes: Minutes) -> Verdict:
    """The chair sends a draft to members."""
    verdict = may_run(person, minutes.meeting)
    return no("These minutes were sent to members already.") if verdict and minutes.state != State.DRAFT else verdict


def may_correct(person: User, minutes: Minutes) -> Verdict:
    """Whoever was there, or runs the meeting, proposes corrections until the minutes are approved."""
    if minutes.state == State.SEALED:
        return no("These minutes are sealed. An error found now is put right by a dated note beside them.")
    if may_run(person, minutes.meeting) or editions.was_there(person, minutes.meeting):
        return YES
    return no("Only people who were there propose corrections.")


def may_answer_correction(person: User, correction: MinuteCorrection, *, item: int | None) -> Verdict:
    """The chair, once, and never on an item from which they were recused."""
    meeting = correction.minutes.meeting
    if not (verdict := may_run(person, meeting)):
        return verdict
    if correction.state != MinuteCorrection.State.OPEN:
        return no("This correction has been answered.")
    if item is not None and item in recusals.closed_to(person, meeting):
        return no("You were recused from this item. Somebody who stands in as chair answers.")
    return YES


def may_approve(person: User, minutes: Minutes, *, live: Meeting | None, waiting: int) -> Verdict:
    """The chair, when a later meeting of the same body runs and every correction is answered."""
    if not (verdict := may_run(person, minutes.meeting)):
        return verdict
    if minutes.state == State.SEALED:
        return no("These minutes are approved and sealed.")
    if minutes.state == State.DRAFT:
        return no("Send these minutes to members first.")
    if live is None or live.pk == minutes.meeting_id:
        return no("Minutes are approved by the next meeting, while it runs.")
    if waiting:
        return no(f"Answer the {'correction' if waiting == 1 else f'{waiting} corrections'} that wait first.")
    return YES


def may_annotate(person: User, minutes: Minutes) -> Verdict:
    """The chair writes a dated note beside sealed minutes."""
    verdict = may_run(person, minutes.meeting)
    if verdict and minutes.state != State.SEALED:
        return no("These minutes are not sealed yet: correct the line itself.")
    return verdict


def _of_the_board(person: User, meeting: Meeting) -> bool:
    return bool(meeting.community and powers.holds(person, "moderate_area", meeting.community.area))
