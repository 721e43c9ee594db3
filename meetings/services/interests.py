"""Interests in an item: found from facts, declared by people, set aside by a second person."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.verdicts import require
from meetings import sources
from meetings.models import AgendaItem, Attendance, Interest, Invitation, ItemSchool, Meeting, Recusal
from meetings.permissions import live as permissions
from meetings.queries import agenda, recusals
from meetings.services.pulse import beat_item

Kind = Interest.Kind


def record_found(item: AgendaItem, *, now: datetime) -> None:
    """Keep which schools the item is about and which of the people expected or present are tied to them.

    Call with the meeting locked, when a meeting starts, an item is placed or opened, or the matter behind it changes.
    """
    about = sources.schools_about(item)
    item.subjects.exclude(school_id__in=about).delete()
    ItemSchool.objects.bulk_create((ItemSchool(item=item, school_id=pk) for pk in about), ignore_conflicts=True)
    concerned = _expected_or_here(item.meeting_id)
    known = set(item.interests.filter(dismissed_at=None).values_list("person_id", "kind"))
    Interest.objects.bulk_create(
        Interest(item=item, person_id=person, kind=kind, found_by_product=True, declared_at=now)
        for person, kind in recusals.interests(item) - known
        if person in concerned
    )
    _carry_declared(item, now)


def record_all(meeting: Meeting, *, now: datetime) -> None:
    """The same for every item about schools. Call with the meeting locked."""
    for item in meeting.items.filter(kind__in=list(sources.SCHOOLS_OF)).exclude(position=None):
        item.meeting = meeting
        record_found(item, now=now)


@transaction.atomic
def declare(*, item_id: int, note: str, by: User, now: datetime, person_id: int | None = None) -> Interest:
    """A person says that they have an interest; whoever takes the minutes may write it for somebody who says it aloud.

    They leave the room at once when the item is open. Declaring twice is declaring once. Raises Refused.
    """
    item = beat_item(item_id)
    person_id = person_id or by.pk
    if person_id == by.pk:
        require(permissions.may_declare(by, item))
    else:
        require(permissions.may_take_minutes(by, item.meeting))
        require(permissions.may_declare(User.objects.get(pk=person_id), item))
    interest, made = Interest.objects.get_or_create(
        item=item,
        person_id=person_id,
        kind=Kind.DECLARED,
        dismissed_at=None,
        defaults={"note": note, "declared_at": now},
    )
    if made:
        _leave_now(item, person_id, now)
        audit.record(action="interest.declared", target=item, by=by, at=now, person=person_id)
    return interest


@transaction.atomic
def dismiss(*, item_id: int, person_id: int, kind: str, because: str, by: User, now: datetime) -> Interest:
    """A second person says why this is no interest; the person is told and may read the item again. Raises Refused."""
    item = beat_item(item_id)
    interest = _row(item, person_id, kind, now)
    require(permissions.may_dismiss(by, interest))
    interest.dismissed_at, interest.dismissed_by, interest.dismissed_because = now, by, because
    interest.save()
    if not recusals.is_recused(interest.person, item):
        item.recusals.filter(person_id=person_id, until_at=None).update(until_at=now)
    audit.record(action="interest.dismissed", target=item, by=by, at=now, person=person_id, kind=kind)
    notify(
        [interest.person],
        subject=f"You may take part in an item of {item.meeting.body.name} again",
        text=f"{by.name} set aside your interest in item {item.position}: {because}",
        link=item.get_absolute_url(),
        key=f"meetings.interest.dismissed:{interest.pk}",
        now=now,
    )
    return interest


def _carry_declared(item: AgendaItem, now: datetime) -> None:
    """What somebody declared at an earlier item of the same matter goes with it, unless it was judged here already."""
    judged = item.interests.filter(kind=Kind.DECLARED).values("person")
    rows = Interest.objects.filter(item__in=agenda.earlier_of(item), kind=Kind.DECLARED, dismissed_at=None)
    notes = dict(rows.exclude(person__in=judged).order_by("declared_at").values_list("person_id", "note"))
    Interest.objects.bulk_create(
        Interest(item=item, person_id=person, kind=Kind.DECLARED, note=note, declared_at=now)
        for person, note in notes.items()
    )


def _row(item: AgendaItem, person_id: int, kind: str, now: datetime) -> Interest:
    """The live row, written now when the interest has only been found so far."""
    live = item.interests.select_related("person").filter(person_id=person_id, kind=kind, dismissed_at=None).first()
    if live is None:
        if (person_id, kind) not in recusals.interests(item):
            raise Interest.DoesNotExist
        live = Interest.objects.create(
            item=item, person_id=person_id, kind=kind, found_by_product=True, declared_at=now
        )
    live.item = item
    return live


def _leave_now(item: AgendaItem, person_id: int, now: datetime) -> None:
    here = Attendance.objects.filter(meeting=item.meeting, person_id=person_id, left_at=None).exists()
    out = item.recusals.filter(person_id=person_id, until_at=None).exists()
    if here and not out and item.state == AgendaItem.State.CURRENT:
        Recusal.objects.create(item=item, person_id=person_id, from_at=now)


def _expected_or_here(meeting_id: int) -> set[int]:
    places = Invitation.objects.filter(meeting_id=meeting_id, withdrawn_at=None)
    here = Attendance.objects.filter(meeting_id=meeting_id, person__isnull=False)
    people = User.objects.filter(
        Q(pk__in=places.values("person")) | Q(pk__in=places.values("substitute")) | Q(pk__in=here.values("person"))
    )
    return set(people.values_list("pk", flat=True))
