"""What a person was told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.queries import notices as queries
from accounts.services import notices as services
from core.pages import page_of


@require_safe
def notices(request: UserRequest) -> HttpResponse:
    """All notices, unread first."""
    page = page_of(request, queries.notices_of(request.user))
    context = {"page": page, "unread": queries.unread_of(request.user).count()}
    return render(request, "accounts/notices.html", context)


@require_POST
def open_notice(request: UserRequest, pk: int) -> HttpResponse:
    """Note it as read and go to what it is about."""
    notice = get_object_or_404(queries.notices_of(request.user), pk=pk)
    services.mark_read(notice_id=notice.pk, by=request.user, now=timezone.now())
    return redirect(notice.link)


@require_POST
def mark_read(request: UserRequest, pk: int) -> HttpResponse:
    """Note it as read and stay."""
    notice = get_object_or_404(queries.notices_of(request.user), pk=pk)
    services.mark_read(notice_id=notice.pk, by=request.user, now=timezone.now())
    return redirect("accounts:notices")


@require_POST
def mark_all_read(request: UserRequest) -> HttpResponse:
    """Note all as read."""
    count = services.mark_all_read(by=request.user, now=timezone.now())
    messages.success(request, f"{count} notice{'' if count == 1 else 's'} marked as read")
    return redirect("accounts:notices")
