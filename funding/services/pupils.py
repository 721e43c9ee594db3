"""Pupils of a request: a key of two words, a year group, needs. And the agreement to share."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from core.lists import entries
from funding import pupil_words
from funding.models import Agreement, FundingRequest, PupilKey, RequestPupil
from funding.queries import scope
from funding.services import life, sections


class NotOurKey(Exception):
    """The words are no key of this school and none the product made."""


class OnceOnly(Exception):
    """The pupil is in the request already, or the request takes no more pupils."""


class Agreed(TypedDict):
    """What was agreed for one pupil."""

    given_by: str
    agreed_on: date
    asked_by: str
    how: str


@transaction.atomic
def add(
    *,
    request_id: int,
    words: str,
    year_group: str,
    primary_need: str,
    sen_status: str,
    secondary_need: str = "",
    attends_id: int | None = None,
    by: User,
    now: datetime,
) -> RequestPupil:
    """Add a pupil under a key of the school's, or under new words the product proposed. Raises Refused, NotOurKey, OnceOnly."""
    request = life.locked(request_id)
    sections.opened(request, "pupils", seen=None, by=by, now=now)
    if request.kind == FundingRequest.Kind.INDIVIDUAL and request.pupils.exists():
        raise OnceOnly("This request is for one pupil. Change it to a group request to add another.")
    try:
        with transaction.atomic():
            return RequestPupil.objects.create(
                request=request,
                key=_key(request, words, by=by, now=now),
                attends_id=_attended(request, attends_id),
                year_group=year_group,
                primary_need=_known("need_area", primary_need, now),
                secondary_need=_known("need_area", secondary_need, now) if secondary_need else "",
                sen_status=_known("sen_status", sen_status, now),
            )
    except IntegrityError as error:
        raise OnceOnly(f"“{words}” is in this request already.") from error


@transaction.atomic
def change(
    *,
    pupil_id: int,
    request_id: int,
    year_group: str,
    primary_need: str,
    sen_status: str,
    secondary_need: str = "",
    attends_id: int | None = None,
    by: User,
    now: datetime,
) -> RequestPupil:
    """Put a pupil's facts right; the key stays. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "pupils", seen=None, by=by, now=now)
    pupil = RequestPupil.objects.get(pk=pupil_id, request=request)
    pupil.year_group, pupil.attends_id = year_group, _attended(request, attends_id)
    pupil.primary_need = _known("need_area", primary_need, now)
    pupil.secondary_need = _known("need_area", secondary_need, now) if secondary_need else ""
    pupil.sen_status = _known("sen_status", sen_status, now)
    pupil.save()
    return pupil


@transaction.atomic
def remove(*, pupil_id: int, request_id: int, by: User, now: datetime) -> None:
    """Take a pupil out of the request, with the agreement recorded for them. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "pupils", seen=None, by=by, now=now)
    RequestPupil.objects.get(pk=pupil_id, request=request).delete()


@transaction.atomic
def save_agreements(
    *, request_id: int, agreed: dict[int, Agreed], by: User, now: datetime, seen: sections.Seen | None = None
) -> int:
    """Record who agreed to share, for pupils by their pk in this request; those left out have no agreement (any more).

    Returns the page's new version. Raises Refused or Stale.
    """
    request = life.locked(request_id)
    section = sections.opened(request, "agreement", seen=seen, by=by, now=now)
    Agreement.objects.filter(pupil__request=request).delete()
    pupils = RequestPupil.objects.filter(request=request, pk__in=agreed)
    Agreement.objects.bulk_create(
        Agreement(pupil=pupil, recorded_at=now, recorded_by=by, **agreed[pupil.pk]) for pupil in pupils
    )
    return section.version


def _key(request: FundingRequest, words: str, *, by: User, now: datetime) -> PupilKey:
    tidy = " ".join(words.lower().split())
    found = PupilKey.objects.filter(school=request.school, words=tidy).first()
    if found:
        return found
    if not pupil_words.is_made_by_us(tidy):
        raise NotOurKey("Choose one of the keys on this page, so that no name can become a key.")
    return PupilKey.objects.create(school=request.school, words=tidy, made_at=now, made_by=by)


def _attended(request: FundingRequest, attends_id: int | None) -> int:
    return attends_id if attends_id in scope.school_ids(request) else request.school_id


def _known(list_name: str, code: str, now: datetime) -> str:
    codes: Iterable[str] = entries(list_name, on=localdate(now)).values_list("code", flat=True)
    if code not in set(codes):
        raise ValueError(f"{code} is not in the list {list_name}")
    return code
