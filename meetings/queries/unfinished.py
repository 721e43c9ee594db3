"""What a meeting would close over."""

from collections.abc import Iterator

from django.urls import reverse

from meetings import closing
from meetings.closing import Open
from meetings.models import AgendaItem, Meeting, NoteDraft
from meetings.queries.agenda import items_of


def of(meeting: Meeting) -> list[Open]:
    """Everything still open, ours first, then what the apps above name."""
    return [*_ours(meeting), *closing.still_open(meeting)]


def _ours(meeting: Meeting) -> Iterator[Open]:
    live = reverse("meetings:who-is-here", args=[meeting.body.slug, meeting.on])
    if not meeting.attendances.exists():
        yield Open("Nobody is recorded as having been here.", live)
    for item in items_of(meeting):
        item.meeting = meeting
        if item.outcome_kind:
            continue
        if item.state == AgendaItem.State.WAITING:
            yield Open(f"Item {item.position} has not been discussed. It will be minuted as not reached.", _link(item))
        else:
            yield Open(f"Item {item.position} has no outcome yet.", _link(item))
    drafts = NoteDraft.objects.filter(item__meeting=meeting).select_related("item", "person").order_by("item__position")
    for draft in drafts:
        draft.item.meeting = meeting
        yield Open(
            f"{draft.person.name} has words on item {draft.item.position} that are not saved.", _link(draft.item)
        )


def _link(item: AgendaItem) -> str:
    return reverse("meetings:live-item", args=[item.meeting.body.slug, item.meeting.on, item.pk])
