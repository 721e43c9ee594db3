"""Doors about the person: sign-in (allauth), account, notices."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
