"""The register of a meeting: each school represented, sending apologies or absent, and each person's times."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from communities.models import School
from core import together
from core.prepared import prepared
from core.wording import words
from meetings.models import Attendance, Invitation, Meeting, Recusal


@dataclass
class PersonRow:
    """Somebody expected, or somebody who came. `times` are their attendances, oldest first; `place` None for a guest."""

    name: str
    role: str
    place: Invitation | None = None
    substitute: str = ""
    times: list[Attendance] = field(default_factory=list)

    @property
    def here(self) -> Attendance | None:
        return next((row for row in self.times if row.left_at is None), None)

    @property
    def is_out(self) -> bool:
        """In the building, but outside the room for the open item."""
        return bool(self.here and getattr(self.here, "out", False))

    @property
    def apologies(self) -> bool:
        return self.place is not None and self.place.answer == Invitation.Answer.NO

    @property
    def word(self) -> str:
        if self.here:
            return "Left the room for this item" if self.is_out else "Here"
        if self.times:
            return "Left"
        if self.apologies:
            return "Sends a substitute" if self.substitute else "Apologies"
        return "Not here yet"

    @property
    def tone(self) -> str:
        return {"Here": "done", "Left the room for this item": "alert", "Not here yet": "todo"}.get(self.word, "note")


@dataclass
class Group:
    """A school and its people; `school` None for the chair, the board and guests from nowhere in particular."""

    school: School | None
    people: list[PersonRow] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.school.name if self.school else "Chair, board and guests"

    @property
    def here(self) -> list[PersonRow]:
        return [person for person in self.people if person.here]

    @property
    def in_the_room(self) -> list[PersonRow]:
        return [person for person in self.here if not person.is_out]

    @property
    def came(self) -> bool:
        return any(person.times for person in self.people)

    @property
    def word(self) -> str:
        """Represented, Apologies or Absent: how a school stands in the minutes."""
        if self.came:
            return "Represented"
        expected = [person for person in self.people if person.place]
        return "Apologies" if expected and all(person.apologies for person in expected) else "Absent"


@dataclass(frozen=True)
class Register:
    """Everybody, by school; `quorum` is the number of schools the council asks for, None where it asks for none."""

    groups: list[Group]
    quorum: int | None

    @property
    def schools(self) -> list[Group]:
        return [group for group in self.groups if group.school]

    @property
    def schools_in_the_room(self) -> int:
        """Schools represented for the open item, after recusals."""
        return sum(1 for group in self.schools if group.in_the_room)

    @property
    def quorum_met(self) -> bool:
        return self.quorum is None or self.schools_in_the_room >= self.quorum

    @property
    def people_here(self) -> int:
        return sum(len(group.here) for group in self.groups)

    @property
    def people_in_the_room(self) -> int:
        return sum(len(group.in_the_room) for group in self.groups)

    @property
    def out(self) -> list[PersonRow]:
        return [person for group in self.groups for person in group.here if person.is_out]


def register(meeting: Meeting, *also: "QuerySet[Any]") -> Register:
    """One query however many people, which fills the lists in `also` too; the council's words come from the cache."""
    places, attendances = _places(meeting), _attendances(meeting)
    together.fetch(places, attendances, *also)
    groups: dict[int | None, Group] = {}
    rows: dict[int, PersonRow] = {}
    for place in places:
        row = PersonRow(place.person.name, place.role, place, _substitute(place))
        _group(groups, place.school).people.append(row)
        rows[place.pk] = row
    for attendance in attendances:
        _row(groups, rows, attendance).times.append(attendance)
    ordered = sorted(groups.values(), key=lambda group: (group.school is not None, group.name))
    return Register(ordered, words().quorum_schools if meeting.community_id else None)


def attendance_of(meeting: Meeting, pk: int) -> "QuerySet[Attendance]":
    """One row of this meeting, with names."""
    return meeting.attendances.filter(pk=pk).select_related("person", "school", "meeting", "recorded_by")


@prepared
def _places(meeting: Meeting) -> "QuerySet[Invitation]":
    places = meeting.invitations.filter(withdrawn_at=None, item=None)
    return places.select_related("person", "school", "substitute").order_by("school__name", "person__name")


@prepared
def _attendances(meeting: Meeting) -> "QuerySet[Attendance]":
    out = Recusal.objects.filter(
        person=OuterRef("person"),
        item__meeting=OuterRef("meeting"),
        until_at=None,
        item=OuterRef("meeting__current_item"),
    )
    return (
        meeting.attendances.annotate(out=Exists(out)).select_related("person", "school", "item").order_by("arrived_at")
    )


def _substitute(place: Invitation) -> str:
    return place.substitute.name if place.substitute else place.substitute_name


def _group(groups: dict[int | None, Group], school: School | None) -> Group:
    return groups.setdefault(school.pk if school else None, Group(school))


def _row(groups: dict[int | None, Group], rows: dict[int, PersonRow], attendance: Attendance) -> PersonRow:
    """The row of the place they fill; a person who walked in without one gets a row of their own."""
    if attendance.invitation_id in rows:
        return rows[attendance.invitation_id]
    group = _group(groups, attendance.school)
    name = attendance.person.name if attendance.person else attendance.guest_name
    found = _named(group.people, attendance, name)
    if found is None:
        found = PersonRow(name, "guest")
        group.people.append(found)
    return found


def _named(people: Iterable[PersonRow], attendance: Attendance, name: str) -> PersonRow | None:
    for person in people:
        if person.place and attendance.person_id and person.place.person_id == attendance.person_id:
            return person
        if person.place is None and person.name == name:
            return person
    return None
