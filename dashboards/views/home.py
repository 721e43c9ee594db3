"""The first page of everybody, and the county's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from accounts.queries import notices
from communities import permissions
from core.verdicts import require
from dashboards import homes
from dashboards.permissions import may_read_log
from dashboards.queries import setup


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """What needs me now, for the post I act as."""
    now = timezone.now()
    context = {
        "home": homes.home_for(request.user, request.acting, now),
        "unread": notices.unread_of(request.user).count(),
    }
    return render(request, "dashboards/home.html", context)


@require_safe
def county(request: UserRequest) -> HttpResponse:
    """The county's set-up list, and the way to everything that is kept there."""
    require(permissions.may_see_county(request.user))
    context = {
        "gaps": setup.gaps(on=timezone.localdate()),
        "may_read_log": may_read_log(request.user),
        "may_administer": permissions.may_administer(request.user),
    }
    return render(request, "dashboards/county.html", context)
