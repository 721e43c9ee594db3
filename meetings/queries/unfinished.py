"""What a meeting would close over."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from meetings import closing
from meetings.closing import FROM_CLOSING, Open
from meetings.models import AgendaItem, Meeting, NoteDraft
from meetings.queries import recusals
from meetings.queries.agenda import items_of


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Matters with a page of their own, items nobody has said the end of, and items that were not discussed. `closed` are
    items this person must not read: somebody else says how they ended.
    """

    matters: list[Open]
    unended: list[AgendaItem]
    unreached: list[AgendaItem]
    closed: list[AgendaItem]

    def __bool__(self) -> bool:
        return bool(self.matters or self.unended or self.unreached or self.closed)


def of(meeting: Meeting, person: User) -> Unfinished:
    """Everything still open, ours first, then what the apps above name."""
    items = list(items_of(meeting).filter(outcome_kind=""))
    for item in items:
        item.meeting = meeting
    facts = recusals.facts(person, meeting)
    ended = [item for item in items if item.state != AgendaItem.State.WAITING]
    return Unfinished(
        matters=[*_ours(meeting), *closing.still_open(meeting)],
        unended=[item for item in ended if item.pk not in facts],
        unreached=[item for item in items if item.state == AgendaItem.State.WAITING],
        closed=[item for item in ended if item.pk in facts],
    )


def _ours(meeting: Meeting) -> Iterator[Open]:
    if not meeting.attendances.exists():
        register = reverse("meetings:who-is-here", args=[meeting.body.slug, meeting.on])
        yield Open("Nobody is recorded as having been here.", register + FROM_CLOSING)
    drafts = NoteDraft.objects.filter(item__meeting=meeting).select_related("item", "person").order_by("item__position")
    for draft in drafts:
        live = reverse("meetings:live-item", args=[meeting.body.slug, meeting.on, draft.item_id])
        sentence = f"{draft.person.name} has words on item {draft.item.position} that are not saved."
        yield Open(sentence, live + FROM_CLOSING)
