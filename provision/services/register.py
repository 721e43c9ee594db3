"""Keep the register of services. A service is closed, never deleted: support it gave stays on record."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from communities.models import Service
from core import audit
from core.verdicts import require
from provision import permissions


class NameTaken(Exception):
    """There is a service of that name."""


@transaction.atomic
def add(*, name: str, what_it_does: str, by: User, now: datetime) -> Service:
    """Add a service. Its address is made from its first name and stays. Raises Refused or NameTaken."""
    require(permissions.may_keep_services(by))
    try:
        with transaction.atomic():
            service = Service.objects.create(name=name, slug=slugify(name), what_it_does=what_it_does)
    except IntegrityError as error:
        raise NameTaken(f"There is a service called {name} already.") from error
    audit.record(action="provision.service_added", target=service, by=by, at=now, name=name)
    return service


@transaction.atomic
def change(*, service_id: int, name: str, what_it_does: str, by: User, now: datetime) -> Service:
    """Rename a service or say better what it does. Raises Refused or NameTaken."""
    require(permissions.may_keep_services(by))
    service = Service.objects.select_for_update().get(pk=service_id)
    before = service.name
    service.name, service.what_it_does = name, what_it_does
    try:
        with transaction.atomic():
            service.save(update_fields=["name", "what_it_does"])
    except IntegrityError as error:
        raise NameTaken(f"There is a service called {name} already.") from error
    audit.record(action="provision.service_changed", target=service, by=by, at=now, before=before, name=name)
    return service


@transaction.atomic
def set_open(*, service_id: int, is_open: bool, by: User, now: datetime) -> Service:
    """Close a service to new entries, or open it again. Raises Refused."""
    require(permissions.may_keep_services(by))
    service = Service.objects.select_for_update().get(pk=service_id)
    service.is_open = is_open
    service.save(update_fields=["is_open"])
    audit.record(
        action="provision.service_opened" if is_open else "provision.service_closed", target=service, by=by, at=now
    )
    return service
