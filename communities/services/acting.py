"""Choose which of one's posts one acts in; every later act says so in the audit."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from communities.models import Appointment
from core import audit


@transaction.atomic
def switch(*, post: Appointment, by: User, now: datetime) -> None:
    """Write down that from now on the person acts in this post (the session keeps which). The post is one of theirs."""
    audit.record(action="account.acting_as", target=post, by=by, at=now, title=post.title)
