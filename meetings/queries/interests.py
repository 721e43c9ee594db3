"""Interests in one item, as the page of that item lists them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from communities.models import Area, Community
from core import together
from core.prepared import prepared
from meetings.models import AgendaItem, Attendance, Interest, Invitation, Meeting
from meetings.queries import recusals
from meetings.queries.people import who_runs


@dataclass(frozen=True, slots=True)
class Line:
    """One reason why one person stays out."""

    person: User
    kind: str
    reason: str
    note: str = ""


def of_item(item: AgendaItem) -> list[Line]:
    """Everybody with a place or present who has an interest, whether found or declared, by name."""
    held = recusals.interests(item)
    declared = _declared(item)
    here = _expected(item, item.meeting, item.meeting.community, item.meeting.area, item.meeting.on)
    together.fetch(declared, here)
    notes = {(row.person_id, row.kind): row.note for row in declared}
    people = {person.pk: person for person in here}
    lines = [
        Line(people[pk], kind, recusals.REASONS[Interest.Kind(kind)], notes.get((pk, kind), ""))
        for pk, kind in held
        if pk in people
    ]
    return sorted(lines, key=lambda line: (line.person.name, line.kind))


@prepared
def _declared(item: AgendaItem) -> "QuerySet[Interest]":
    return Interest.objects.filter(item=item, dismissed_at=None)


@prepared
def _expected(
    item: AgendaItem, meeting: Meeting, community: Community | None, area: Area | None, on: date
) -> "QuerySet[User]":
    """Who has a place, came, runs the meeting or declared an interest."""
    places = Invitation.objects.filter(meeting=meeting)
    body = community or area
    runs = who_runs(body, on=on) if body else User.objects.none()
    return User.objects.filter(
        pk__in=places.filter(withdrawn_at=None)
        .values("person")
        .union(
            places.exclude(substitute=None).values("substitute"),
            Attendance.objects.filter(meeting=meeting).exclude(person=None).values("person"),
            Interest.objects.filter(item=item, dismissed_at=None).values("person"),
            runs.values("pk"),
        )
    )


def set_aside(item: AgendaItem) -> "QuerySet[Interest]":
    """Interests a second person has set aside, with who and why."""
    rows = item.interests.exclude(dismissed_at=None).select_related("person", "dismissed_by")
    return rows.order_by("dismissed_at")


def one(item: AgendaItem, person_id: int, kind: str) -> Interest | None:
    """The interest of one person of one kind; not saved yet where it has only been found."""
    row = item.interests.select_related("person").filter(person_id=person_id, kind=kind, dismissed_at=None).first()
    if row is None and (person_id, kind) in recusals.interests(item):
        row = Interest(item=item, person=User.objects.get(pk=person_id), kind=kind, found_by_product=True)
    if row:
        row.item = item
    return row


def item_at(slug: str, on: date, pk: int) -> AgendaItem | None:
    """An item by its address, whoever asks: for people of the county, who judge interests and read nothing else."""
    at = Q(meeting__community__slug=slug) | Q(meeting__area__slug=slug)
    rows = AgendaItem.objects.filter(at, meeting__on=on, pk=pk).exclude(position=None)
    return rows.select_related("meeting__community", "meeting__area").first()
