"""Choose which of one's posts one acts in; every later act says so in the audit."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from communities.models import Appointment
from core import audit


@transaction.atomic
def switch(*, post: Appointment, by: User, now: datetime) -> None:
    """From now on the person acts in this post, at their next sign-in too. The post is one of theirs."""
    post.chosen_at = now
    post.save(update_fields=["chosen_at"])
    audit.record(action="account.acting_as", target=post, by=by, at=now, title=post.title)
