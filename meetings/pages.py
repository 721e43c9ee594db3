"""Where somebody works on an item or a meeting: the pages of other floors send their readers back there."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from meetings.models import AgendaItem, Meeting
from meetings.permissions import live as permissions

BACK = "Back to the meeting"


@dataclass(frozen=True, slots=True)
class Page:
    """An address of ours, and what the link to it says."""

    address: str
    text: str


def closing(person: User, meeting: Meeting, came_from: str) -> Page | None:
    """The page that closes the meeting, for a chair who came from it (`came_from` is what the address says)."""
    if came_from != "close" or not permissions.may_close(person, meeting):
        return None
    return Page(reverse("meetings:close", args=[meeting.body.slug, meeting.on]), "Back to closing the meeting")


def live_item(person: User, item: AgendaItem | None) -> Page | None:
    """The item on the live page, for whoever runs the meeting or takes its minutes while it is live; None otherwise."""
    if item is None or live_meeting(person, item.meeting) is None:
        return None
    return Page(reverse("meetings:live-item", args=[item.meeting.body.slug, item.meeting.on, item.pk]), BACK)


def live_meeting(person: User, meeting: Meeting | None) -> Page | None:
    """The live page of a meeting this person runs or takes the minutes of; None when there is none."""
    if meeting is None or not meeting.is_live or not permissions.may_take_minutes(person, meeting):
        return None
    return Page(reverse("meetings:live", args=[meeting.body.slug, meeting.on]), BACK)


def of_item(person: User, item: AgendaItem, came_from: str = "") -> Page:
    """The page that closes the meeting for who came from it, the live page while there is one, the item's own otherwise."""
    return (
        closing(person, item.meeting, came_from)
        or live_item(person, item)
        or Page(item.get_absolute_url(), "The agenda item")
    )
