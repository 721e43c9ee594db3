"""What the service could not settle by itself, for the administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.queries import deliveries as queries
from accounts.services.deliveries import AlreadySettled
from communities import permissions
from communities.services import operations
from core import outbox
from core.pages import page_of
from core.verdicts import require

DONE = {
    "again": "It is sent again",
    "arrived": "Noted: it arrived",
    "leave": "Noted: it is not sent",
}


@require_safe
def deliveries(request: UserRequest) -> HttpResponse:
    """Emails that may or may not have gone out, and what is still waiting for the mail server."""
    require(permissions.may_administer(request.user))
    page = page_of(request, queries.needing_a_person())
    waiting = queries.still_waiting()
    context = {"page": page, "waiting": waiting[:20], "waiting_count": waiting.count(), "tally": queries.tally()}
    return render(request, "communities/deliveries.html", context)


@require_POST
def settle_delivery(request: UserRequest, pk: int, answer: str) -> HttpResponse:
    """A person decides what became of one email."""
    require(permissions.may_administer(request.user))
    if answer not in DONE:
        raise Http404
    delivery = get_object_or_404(queries.every_delivery(), pk=pk)
    try:
        operations.settle_delivery(delivery_id=delivery.pk, answer=answer, by=request.user, now=timezone.now())
    except AlreadySettled as error:
        messages.error(request, str(error))
    else:
        messages.success(request, DONE[answer])
    return redirect("communities:deliveries")


@require_safe
def given_up(request: UserRequest) -> HttpResponse:
    """Work that failed too often: why, and trying it again."""
    require(permissions.may_administer(request.user))
    page = page_of(request, outbox.parked())
    context = {"page": page, "open_count": outbox.open_messages(timezone.now()).count()}
    return render(request, "communities/given_up.html", context)


@require_POST
def try_again(request: UserRequest, pk: int) -> HttpResponse:
    """Have one piece of work tried again."""
    require(permissions.may_administer(request.user))
    message = get_object_or_404(outbox.parked(), pk=pk)
    try:
        operations.try_again(message_id=message.pk, by=request.user, now=timezone.now())
    except operations.NotGivenUp as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It is being tried again")
    return redirect("communities:given-up")


@require_POST
def try_all_again(request: UserRequest) -> HttpResponse:
    """Have everything tried again."""
    require(permissions.may_administer(request.user))
    count = operations.try_all_again(by=request.user, now=timezone.now())
    messages.success(request, f"{count} {'is' if count == 1 else 'are'} being tried again")
    return redirect("communities:given-up")
