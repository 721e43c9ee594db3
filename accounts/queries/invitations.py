"""Who was invited, and what became of it."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from accounts import tokens
from accounts.models import Delivery, Invitation


def invitations() -> "QuerySet[Invitation]":
    """Every invitation, the open ones first, newest first, each with the emails that were sent about it."""
    mails = Prefetch("deliveries", queryset=Delivery.objects.order_by("-round"), to_attr="mails")
    return (
        Invitation.objects.select_related("person", "invited_by", "ended_by")
        .prefetch_related(mails)
        .order_by("-ended_at", "-invited_at", "-pk")  # PostgreSQL puts what has not ended first
    )


def open_by_token(token: str, *, now: datetime) -> Invitation | None:
    """The invitation behind a link, as long as the link works."""
    found = tokens.read(token)
    if found is None:
        return None
    people = Invitation.objects.select_related("person", "invited_by")
    invitation = people.filter(pk=found[0], round=found[1]).first()
    return invitation if invitation is not None and invitation.is_open(now) else None
