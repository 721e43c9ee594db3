"""The first day of a new service: one county, and one person who may do the rest."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services import invitations
from communities import powers
from communities.models import Appointment, County, Role
from communities.services import lists
from core import audit


class AlreadyBegun(Exception):
    """There is a county administrator, who appoints everybody else."""


@transaction.atomic
def begin(*, county: str, la_code: str, email: str, name: str, now: datetime) -> Appointment:
    """Name the county, invite its first administrator and give them their post. Raises AlreadyBegun.

    Nobody may do this from a page: it is for whoever holds the server (`manage.py begin`), and stands in the audit as that.
    """
    council, _ = County.objects.select_for_update().get_or_create(pk=1, defaults={"name": county, "la_code": la_code})
    if Appointment.objects.filter(role=Role.ADMINISTRATOR).exists():
        raise AlreadyBegun("There is a county administrator already: they appoint others in the service.")
    lists.begin()
    person = User.objects.create_user(email, name)
    invitations.invite(email=email, name=name, by=person, now=now)
    appointment = Appointment.objects.create(
        person=person, role=Role.ADMINISTRATOR, county=council, starts_on=timezone.localdate(now), appointed_at=now
    )
    powers.forget([person.pk])
    audit.record(action="communities.begun", target=appointment, by=None, at=now, person=person.pk)
    return appointment
