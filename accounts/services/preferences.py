"""What a person chooses for themselves."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import audit


@transaction.atomic
def choose_email_volume(*, volume: str, by: User, now: datetime) -> None:
    """How much the person wants by email; what needs them is sent in any case."""
    User.objects.filter(pk=by.pk).update(email_volume=User.EmailVolume(volume))
    audit.record(action="account.email_volume_chosen", target=by, by=by, at=now, volume=volume)
