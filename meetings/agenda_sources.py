"""What meetings itself puts on agendas: minutes to approve, actions due, bulletins, matters sent up, items carried over."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from core.formats import long_date, short_date
from meetings.models import ItemKind, ItemSchool, Meeting
from meetings.queries import actions, bulletins, carrying, escalations, minutes
from meetings.sources import Proposal, agenda_source, last_agenda_source, owners_of_matters, schools_of


@agenda_source
def minutes_to_approve(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """Minutes of earlier meetings that were sent to members and not approved yet."""
    for found in minutes.waiting_for_approval(meeting):
        earlier = found.meeting
        yield Proposal(
            key=f"meetings.minutes:{earlier.pk}",
            kind=ItemKind.MINUTES,
            title=f"Minutes of {short_date(earlier.on)}",
            link=f"{earlier.get_absolute_url()}minutes/",
            why=f"The minutes of {long_date(earlier.on)} wait for approval.",
            minutes=5,
        )


@agenda_source
def actions_due(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """One item for all actions that are due by the meeting, or done and to be confirmed."""
    due, late, done = actions.counts_before(meeting)
    if due or done:
        yield Proposal(
            key="meetings.actions",
            kind=ItemKind.ACTIONS,
            title="Actions",
            link=f"/actions/?whose={meeting.body.slug}",
            why=_actions_sentence(due, late, done),
        )


@agenda_source
def bulletins_to_tell(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """Bulletins of the board that the members have not heard of."""
    if meeting.community is None:
        return
    for bulletin in bulletins.to_tell(meeting.community):
        yield Proposal(
            key=bulletins.key_of(bulletin),
            kind=ItemKind.BULLETIN,
            title=bulletin.title,
            link=bulletin.get_absolute_url(),
            why=f"The board asks for it to be acknowledged by {short_date(bulletin.due_on)}.",
            minutes=5,
        )


@agenda_source
def sent_up(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """What communities sent up to the board that meets, still unanswered."""
    if meeting.area is None:
        return
    for matter in carrying.escalations_to(meeting.area):
        yield Proposal(
            key=f"{escalations.KEY}{matter.pk}",
            kind=ItemKind.ESCALATION,
            title=matter.title,
            link=matter.get_absolute_url(),
            why=f"{matter.community.name} sent it up on {short_date(matter.raised_at)}: {matter.get_kind_display().lower()}.",
        )


@schools_of(ItemKind.ESCALATION, key=escalations.KEY)
def schools_of_what_was_sent_up(escalation: int) -> "QuerySet[ItemSchool, int]":
    """A matter sent up is about the schools of the item from which it came."""
    return ItemSchool.objects.filter(item__escalations=escalation).values_list("school_id", flat=True)


@last_agenda_source
def carried_over(meeting: Meeting, _now: datetime) -> Iterable[Proposal]:
    """Items of earlier meetings that were deferred or not reached, unless the app that owns the matter brings it itself."""
    for item in carrying.left_open_before(meeting, owners_of_matters()):
        yield Proposal(
            key=item.source_key or f"carried:{item.pk}",
            kind=item.kind,
            title=item.title,
            link=item.link,
            why=f"Carried over from {short_date(item.meeting.on)}.",
            minutes=item.minutes_planned,
            carried_from=item.pk,
        )


def _actions_sentence(due: int, late: int, done: int) -> str:
    parts = []
    if due:
        parts.append(f"{_count(due, 'action')} {'is' if due == 1 else 'are'} due by this meeting")
    if late:
        parts.append("all late" if late == due and due > 1 else "late" if late == due else f"{late} of them late")
    if done:
        parts.append(f"{_count(done, 'action')} to be confirmed as done")
    return ", ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
