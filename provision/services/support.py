"""Record what was tried. Funding calls these for entries of a request, after asking whether the request is open."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from communities.models import School
from core import audit
from core.verdicts import require
from provision import permissions
from provision.models import SupportEntry

FIELDS = ["by_kind", "service", "by_whom", "what", "starts_on", "ends_on", "outcome", "note", "pupil_key"]


@transaction.atomic
def record(
    *,
    school_id: int,
    by_kind: str,
    what: str,
    starts_on: date,
    outcome: str,
    by: User,
    now: datetime,
    service_id: int | None = None,
    by_whom: str = "",
    ends_on: date | None = None,
    note: str = "",
    pupil_key: str = "",
    request_reference: str = "",
) -> SupportEntry:
    """Write down support that was given, or asked for in vain. Raises Refused."""
    school = School.objects.get(pk=school_id)
    require(permissions.may_record(by, school))
    entry = SupportEntry.objects.create(
        school=school,
        request_reference=request_reference,
        pupil_key=pupil_key,
        by_kind=by_kind,
        service_id=service_id,
        by_whom="" if service_id else by_whom,
        what=what,
        starts_on=starts_on,
        ends_on=ends_on,
        outcome=outcome,
        note=note,
        written_at=now,
        written_by=by,
    )
    audit.record(action="provision.support_recorded", target=entry, by=by, at=now, request=request_reference)
    return entry


@transaction.atomic
def change(
    *,
    entry_id: int,
    by_kind: str,
    what: str,
    starts_on: date,
    outcome: str,
    by: User,
    now: datetime,
    service_id: int | None = None,
    by_whom: str = "",
    ends_on: date | None = None,
    note: str = "",
    pupil_key: str = "",
    of_request: str = "",
) -> SupportEntry:
    """Put an entry right. `of_request` is the open request the caller changes it for. Raises Refused."""
    entry = _locked(entry_id, by, of_request)
    entry.by_kind, entry.service_id, entry.by_whom = by_kind, service_id, "" if service_id else by_whom
    entry.what, entry.starts_on, entry.ends_on = what, starts_on, ends_on
    entry.outcome, entry.note, entry.pupil_key = outcome, note, pupil_key
    entry.save(update_fields=FIELDS)
    audit.record(action="provision.support_changed", target=entry, by=by, at=now)
    return entry


@transaction.atomic
def remove(*, entry_id: int, by: User, now: datetime, of_request: str = "") -> None:
    """Take an entry away that was written by mistake. Raises Refused."""
    entry = _locked(entry_id, by, of_request)
    audit.record(action="provision.support_removed", target=entry, by=by, at=now, outcome=entry.outcome)
    entry.delete()


@transaction.atomic
def attach(*, entry_ids: list[int], reference: str, school_id: int, by: User, now: datetime) -> int:
    """Let entries of the school that belong to no request stand with this one. Returns how many. Raises Refused."""
    require(permissions.may_record(by, School.objects.get(pk=school_id)))
    entries = SupportEntry.objects.select_for_update().filter(
        pk__in=entry_ids, school_id=school_id, request_reference=""
    )
    for entry in entries:
        entry.request_reference = reference
        entry.save(update_fields=["request_reference"])
        audit.record(action="provision.support_attached", target=entry, by=by, at=now, request=reference)
    return len(entries)


@transaction.atomic
def copy_all(*, reference: str, to_reference: str, by: User, now: datetime) -> int:
    """Write the entries of one request again for another of the same school. Returns how many."""
    entries = list(SupportEntry.objects.filter(request_reference=reference))
    for entry in entries:
        entry.pk, entry.request_reference, entry.written_at, entry.written_by = None, to_reference, now, by
        entry.save(force_insert=True)
        audit.record(action="provision.support_recorded", target=entry, by=by, at=now, request=to_reference)
    return len(entries)


@transaction.atomic
def reword(*, entry_id: int, words: dict[str, str], by: User, now: datetime) -> None:
    """Replace words in an entry of an open request (a name by its key). `words` are what, note and by_whom."""
    entry = SupportEntry.objects.select_for_update().get(pk=entry_id)
    require(permissions.may_record(by, entry.school))
    for field in ("what", "note", "by_whom"):
        setattr(entry, field, words.get(field, getattr(entry, field)))
    entry.save(update_fields=["what", "note", "by_whom"])
    audit.record(action="provision.support_changed", target=entry, by=by, at=now)


def _locked(entry_id: int, by: User, of_request: str) -> SupportEntry:
    entry = SupportEntry.objects.select_for_update(of=("self",)).select_related("school").get(pk=entry_id)
    if of_request and entry.request_reference == of_request:
        require(permissions.may_record(by, entry.school))
    else:
        require(permissions.may_change(by, entry))
    return entry
