"""Draft and publish versions of the Community Principles."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from accounts.models import User
from communities import permissions
from communities.models import Principle, PrinciplesVersion
from core import audit
from core.verdicts import require


class Empty(Exception):
    """A version without principles cannot be published."""


@transaction.atomic
def draft(*, by: User, now: datetime) -> PrinciplesVersion:
    """Begin the next version from the words of the newest one; an unpublished draft is given back as it is."""
    require(permissions.may_administer(by))
    waiting = PrinciplesVersion.objects.filter(published_at=None).first()
    if waiting:
        return waiting
    last = PrinciplesVersion.objects.order_by("-number").first()
    number = (PrinciplesVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = PrinciplesVersion.objects.create(
        number=number, title=last.title if last else "Community Principles", starts_on=localdate(now)
    )
    if last:
        Principle.objects.bulk_create(
            Principle(version=version, number=old.number, text=old.text) for old in last.principles.all()
        )
    audit.record(action="communities.principles_drafted", target=version, by=by, at=now)
    return version


@transaction.atomic
def save(
    *, version_id: int, title: str, source: str, starts_on: date, texts: list[str], by: User, now: datetime
) -> PrinciplesVersion:
    """Keep the draft's words; `texts` in order, blank ones dropped. Raises Refused once published."""
    require(permissions.may_administer(by))
    version = PrinciplesVersion.objects.select_for_update().get(pk=version_id)
    require(permissions.may_change_version(version))
    version.title, version.source, version.starts_on = title, source, starts_on
    version.save(update_fields=["title", "source", "starts_on"])
    version.principles.all().delete()
    words = [text.strip() for text in texts if text.strip()]
    Principle.objects.bulk_create(
        Principle(version=version, number=number, text=text) for number, text in enumerate(words, start=1)
    )
    audit.record(action="communities.principles_saved", target=version, by=by, at=now, principles=len(words))
    return version


@transaction.atomic
def publish(*, version_id: int, by: User, now: datetime) -> PrinciplesVersion:
    """Put the version in force from its first day. Raises Refused or Empty."""
    require(permissions.may_administer(by))
    version = PrinciplesVersion.objects.select_for_update().get(pk=version_id)
    require(permissions.may_change_version(version))
    if not version.principles.exists():
        raise Empty("Write at least one principle before you publish.")
    version.published_at = now
    version.save(update_fields=["published_at"])
    audit.record(action="communities.principles_published", target=version, by=by, at=now, number=version.number)
    return version


@transaction.atomic
def discard(*, version_id: int, by: User, now: datetime) -> None:
    """Throw a draft away. Raises Refused once published."""
    require(permissions.may_administer(by))
    version = PrinciplesVersion.objects.select_for_update().get(pk=version_id)
    require(permissions.may_change_version(version))
    audit.record(action="communities.principles_discarded", target=version, by=by, at=now, number=version.number)
    version.delete()
