"""The product's addresses and one more: a signed-in page with nothing on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from communities import powers
from config.urls import handler400, handler403, handler404, handler429, handler500
from config.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


@require_safe
def empty(request: UserRequest) -> HttpResponse:
    """Session, person, posts and powers are read; the frame of every page is drawn round nothing."""
    powers.grants(request.user)
    return render(request, "base.html")


urlpatterns = [path("bench/empty/", empty), *product]
