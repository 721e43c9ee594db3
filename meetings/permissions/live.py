"""Who may do what while a meeting runs, and with its minutes afterwards. What both halves ask stands in the package itself."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import County
from core.formats import long_date
from core.verdicts import YES, Verdict, no
from meetings.models import AgendaItem, Interest, Meeting
from meetings.permissions import may_escalate, may_read_agenda, may_read_item, may_run
from meetings.queries import minute_takers, recusals, seats

State = Meeting.State
TAKEN_OFF = "This item was taken off the agenda."
NOT_LIVE = {
    State.DRAFT: "This agenda has not been published yet.",
    State.PUBLISHED: "This meeting has not started yet.",
    State.RUNNING: "This meeting is running already.",
    State.SUSPENDED: "This meeting is suspended. Resume it first.",
    State.CLOSED: "This meeting is closed.",
    State.CANCELLED: "This meeting was cancelled.",
}


def may_start(person: User, meeting: Meeting, *, now: datetime) -> Verdict:
    """The chair, on the day or later."""
    if not (verdict := may_run(person, meeting)):
        return verdict
    if meeting.state != State.PUBLISHED:
        return no(NOT_LIVE[State(meeting.state)])
    if timezone.localdate(now) < meeting.on:
        return no(f"You can start this meeting on its day, {long_date(meeting.on)}.")
    return YES


def may_suspend(person: User, meeting: Meeting) -> Verdict:
    """The chair, while it runs."""
    verdict = may_run(person, meeting)
    return no(NOT_LIVE[State(meeting.state)]) if verdict and meeting.state != State.RUNNING else verdict


def may_resume(person: User, meeting: Meeting) -> Verdict:
    """The chair, while it is suspended."""
    verdict = may_run(person, meeting)
    return no("This meeting is not suspended.") if verdict and meeting.state != State.SUSPENDED else verdict


def may_close(person: User, meeting: Meeting) -> Verdict:
    """End the meeting: the chair, while it is live."""
    return may_run(person, meeting) and _live(meeting)


def may_follow(person: User, meeting: Meeting) -> Verdict:
    """Whoever attends the whole meeting; a guest for one item is shown that item only."""
    verdict = may_read_agenda(person, meeting)
    if not verdict:
        return verdict
    return YES if meeting.started_at else no("This meeting has not started yet. Open this page again when it has.")


def may_take_minutes(person: User, meeting: Meeting) -> Verdict:
    """The chair, and whoever the chair asked to for this meeting."""
    if may_run(person, meeting) or minute_takers.takes_minutes(person, meeting):
        return YES
    return no("Only the chair and the minute taker can do this. The chair can ask you to take the minutes.")


def may_record_attendance(person: User, meeting: Meeting) -> Verdict:
    """Whoever takes the minutes, while the meeting is live."""
    return may_take_minutes(person, meeting) and _live(meeting)


def may_open(person: User, item: AgendaItem) -> Verdict:
    """Open and end an item: the chair, also of one they must leave the room for, so that the meeting can go on."""
    if not (verdict := may_suspend(person, item.meeting)):
        return verdict
    return no(TAKEN_OFF) if item.state == AgendaItem.State.REMOVED else YES


def may_write_item(person: User, item: AgendaItem) -> Verdict:
    """Type notes, an outcome or an action: whoever takes the minutes, live, and never on their own school's matter."""
    if not (verdict := may_take_minutes(person, item.meeting) and _live(item.meeting)):
        return verdict
    if item.state == AgendaItem.State.REMOVED:
        return no(TAKEN_OFF)
    found = recusals.fact(person, item)
    return no(found.sentence) if found else YES


def may_write_chair_note(person: User, item: AgendaItem) -> Verdict:
    """The chair's own words, until the meeting is closed."""
    if not (verdict := may_run(person, item.meeting)):
        return verdict
    if not item.meeting.is_open:
        return no("This meeting is over.")
    return may_read_item(person, item)


def may_tell_board(person: User, item: AgendaItem) -> Verdict:
    """The chair sends matters up, while the meeting is live."""
    return may_escalate(person, item.meeting) and may_write_item(person, item)


def may_show_screen(person: User, meeting: Meeting) -> Verdict:
    """Put the projected page on a wall and blank it: whoever takes the minutes."""
    return may_take_minutes(person, meeting)


def may_name_minute_taker(person: User, meeting: Meeting) -> Verdict:
    """The chair, until the meeting is over."""
    verdict = may_run(person, meeting)
    return no("This meeting is over.") if verdict and not meeting.is_open else verdict


def may_declare(person: User, item: AgendaItem) -> Verdict:
    """Whoever has a place, until the meeting is over: an interest found late is still an interest."""
    if not seats.belongs(person, item.meeting):
        return no("Only people who attend this meeting declare interests in it.")
    return YES if item.meeting.is_open else no("This meeting is over.")


def may_dismiss(person: User, interest: Interest) -> Verdict:
    """A second person with no interest in the item: a county administrator, or the chair when it does not concern them."""
    if interest.person_id == person.pk:
        return no("Somebody else must say that this interest is a mistake.")
    if interest.dismissed_at:
        return no("This interest has been set aside already.")
    return may_judge_interests(person, interest.item)


def may_see_interests(person: User, item: AgendaItem) -> Verdict:
    """Whoever reads the agenda sees who stays out of an item: that is said aloud in the meeting too."""
    return YES if may_judge_anywhere(person) else may_read_agenda(person, item.meeting)


def may_judge_anywhere(person: User) -> bool:
    """County administrators judge interests in every meeting, and read nothing else of it."""
    return powers.holds(person, "administer_county", County(pk=1))


def may_judge_interests(person: User, item: AgendaItem) -> Verdict:
    """Look through everybody's interests in an item, and set a wrong one aside."""
    if not may_judge_anywhere(person) and not may_run(person, item.meeting):
        return no("Only a county administrator, or a chair who is not concerned, can set an interest aside.")
    if recusals.is_recused(person, item):
        return no("You have an interest in this item yourself. A county administrator can set interests aside.")
    return YES if item.meeting.is_open else no("This meeting is over: its interests stay as they are.")


def _live(meeting: Meeting) -> Verdict:
    return YES if meeting.is_live else no(NOT_LIVE[State(meeting.state)])
