"""Finding a meeting and its items from the person who asks: what is foreign is not found."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from meetings.models import AgendaItem, Meeting
from meetings.queries import agenda, calendar


def meeting(person: User, slug: str, on: date) -> Meeting:
    """The meeting at this address, when the person may know of it. Raises Http404."""
    found = calendar.on_day(person, slug, on).first()
    if found is None:
        raise Http404
    return found


def item(of: Meeting, pk: int) -> AgendaItem:
    """An item on this meeting's agenda. Raises Http404 for one of another meeting, or one that was taken off."""
    found = get_object_or_404(agenda.items_of(of), pk=pk)
    found.meeting = of
    return found
