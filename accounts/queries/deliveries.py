"""Emails and what became of them, for the people who look after the service."""

from django.db.models import Count, QuerySet

from accounts.models import Delivery


def needing_a_person() -> "QuerySet[Delivery]":
    """Emails that may or may not have gone out, and those that were refused; oldest first."""
    return (
        Delivery.objects.filter(state__in=[Delivery.State.UNCERTAIN, Delivery.State.FAILED])
        .select_related("notice__person", "invitation__person")
        .order_by("claimed_at", "pk")
    )


def still_waiting() -> "QuerySet[Delivery]":
    """Emails that the mail server has not taken yet though it was tried."""
    return (
        Delivery.objects.filter(state=Delivery.State.WAITING, attempts__gt=0)
        .select_related("notice__person", "invitation__person")
        .order_by("claimed_at", "pk")
    )


def tally() -> dict[str, int]:
    """How many emails are in each state; every state is named."""
    counted = dict(Delivery.objects.values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in Delivery.State}


def every_delivery() -> "QuerySet[Delivery]":
    """Every email about a notice or an invitation."""
    return Delivery.objects.all()
