"""The running meeting and its minutes."""

from django.urls import URLPattern

from core import converters

__all__ = ["converters"]
urlpatterns: list[URLPattern] = []
